from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """What a program of a user's signs in to the API with, without its text."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=100)
    # Says nothing about the token, so it may stand in a dump: see services/tokens/token_text.py.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # A form that is sent twice makes one token.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list)
    # Networks that it may be used from; none: anywhere.
    addresses = models.JSONField(_("addresses"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("API token"), _("API tokens")
        default_permissions = ("view",)
        permissions = (("revoke_apitoken", _("Can revoke API tokens of others")),)
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name
