from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_SUBJECT = 255


class OidcIdentity(models.Model):
    """Who a user is at a sign-in provider. Only issuer and subject name them, never an e-mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    issuer = models.CharField(_("issuer"), max_length=255)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    linked_at = models.DateTimeField(_("connected"))
    last_signed_in_at = models.DateTimeField(_("last sign-in"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="oidc_identity_once"),
            models.UniqueConstraint(fields=("user", "issuer"), name="oidc_identity_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"
