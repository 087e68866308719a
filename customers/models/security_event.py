"""The record of account events: sign-ins, passwords, factors, credentials, permissions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SecurityEvent(models.Model):
    class Code(models.TextChoices):
        """Logs and rows contain the code, pages show its label."""

        SIGNED_IN = "signin.succeeded", _("Signed in")
        CODE_ASKED = "signin.code_asked", _("Password accepted, code still to come")
        SIGN_IN_FAILED = "signin.failed", _("Sign-in failed")
        SIGN_IN_PAUSED = "signin.paused", _("Sign-in paused after too many failures")
        SIGNED_OUT = "signout", _("Signed out")
        SESSION_ENDED = "session.ended", _("Session timed out")
        SESSIONS_ENDED = "sessions.ended", _("All other sessions ended")
        PASSWORD_CHANGED = "password.changed", _("Password changed")
        PASSWORD_REFUSED = "password.refused", _("Wrong password entered")
        PASSWORD_PAUSED = "password.paused", _("Password prompt paused after too many failures")
        FACTOR_ADDED = "factor.added", _("Second factor set up")
        FACTOR_REMOVED = "factor.removed", _("Second factor removed")
        FACTOR_FAILED = "factor.failed", _("Wrong second-factor code")
        FACTOR_PAUSED = "factor.paused", _("Second factor paused after too many failures")
        RECOVERY_CREATED = "recovery.created", _("Recovery codes created")
        RECOVERY_USED = "recovery.used", _("Recovery code used")
        TOKEN_CREATED = "token.created", _("API token created")
        TOKEN_REVOKED = "token.revoked", _("API token revoked")
        CREDENTIALS_STORED = "credentials.stored", _("Catalyze credentials stored")
        CREDENTIALS_REPLACED = "credentials.replaced", _("Catalyze credentials replaced")
        CREDENTIALS_DELETED = "credentials.deleted", _("Catalyze credentials deleted")
        CREDENTIALS_REFUSED = "credentials.refused", _("Catalyze refused a sign-in")
        CREDENTIALS_PAUSED = (
            "credentials.paused",
            _("Sign-in with Catalyze paused after too many failures"),
        )
        PERMISSIONS_CHANGED = "permissions.changed", _("Permissions changed")

    happened_at = models.DateTimeField(_("time"))
    code = models.CharField(_("code"), max_length=32)
    # Null if no user has the typed name. Rows outlive their user, so there is no constraint.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("user"),
    )
    username = models.CharField(_("user name"), max_length=150, blank=True)
    # Set if somebody else did it.
    by_name = models.CharField(_("by"), max_length=150, blank=True)
    # A keyed hash of a typed name that no user has.
    name_hash = models.CharField(_("hash of the typed name"), max_length=64, blank=True)
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    browser = models.CharField(_("browser"), max_length=64, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    # Parameters of the code; no secrets.
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("security event"), _("security events")
        ordering = ("-happened_at", "-pk")
        indexes = (
            models.Index(fields=("-happened_at", "-id"), name="security_event_latest"),
            models.Index(fields=("user", "-happened_at", "-id"), name="security_event_of_user"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.username or self.name_hash[:12]}".strip()

    @property
    def meaning(self) -> str:
        """The label, or an unknown code (of a later release) itself."""
        if self.code == self.Code.SIGNED_IN and self.detail.get("new_browser"):
            return gettext("Signed in with a new browser")
        return str(self.Code(self.code).label) if self.code in self.Code.values else self.code
