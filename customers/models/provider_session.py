from uuid import uuid4

from django.db import models


class ProviderSession(models.Model):
    """Renews and ends a portal session at the provider. Used only by services/single_sign_on/."""

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    identity = models.ForeignKey("customers.OidcIdentity", models.CASCADE, related_name="+")
    # Encrypted. Empty if the provider issued none.
    refresh_token = models.BinaryField(editable=False)
    id_token = models.BinaryField(editable=False)
    began_at = models.DateTimeField(db_index=True)
    renewed_at = models.DateTimeField()
    # When a request last began to renew it.
    tried_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"session of {self.identity}"
