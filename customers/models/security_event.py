"""What happened to accounts and logs. docs/events.md describes each code."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SecurityEvent(models.Model):
    class Code(models.TextChoices):
        """Rows and logs contain the value, pages the label."""

        SIGNED_IN = "signin.succeeded", _("Signed in")
        CODE_ASKED = "signin.code_asked", _("Password accepted, code pending")
        SIGN_IN_FAILED = "signin.failed", _("Sign-in failed")
        SIGN_IN_PAUSED = "signin.paused", _("Sign-in paused after too many failures")
        SIGN_IN_REFUSED = "signin.refused", _("Sign-in by the sign-in provider refused")
        EMERGENCY = "signin.emergency", _("Signed in with the emergency password")
        SIGNED_OUT = "signout", _("Signed out")
        SESSION_ENDED = "session.ended", _("Session timed out")
        SESSION_NOT_RENEWED = "session.not_renewed", _("Session not renewed by the provider")
        SESSIONS_ENDED = "sessions.ended", _("All other sessions ended")
        DRAFT_KEPT = "draft.kept", _("Unsaved input kept after the session ended")
        INVITED = "account.invited", _("Invited to this portal")
        ACCOUNT_CREATED = "account.created", _("Account created at the first sign-in")
        IDENTITY_LINKED = "identity.linked", _("Account connected to the sign-in provider")
        IDENTITY_UNLINKED = (
            "identity.unlinked",
            _("Account no longer connected to the sign-in provider"),
        )
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
        EXPORTED = "disclosure.export", _("Data exported")
        ACCESS_DENIED = "access.denied", _("Catalyze denied access")
        MASS_CHANGE_ACCEPTED = "mass_change.accepted", _("Held answers accepted")
        PAUSES_ENDED = "pauses.ended", _("Sign-in pauses ended by an operator")
        CHAIN_VERIFIED = "chain.verified", _("Disclosure log verified")
        CHAIN_BROKEN = "chain.broken", _("Disclosure log failed verification")
        CHAIN_SIGNED = "chain.signed", _("End of the disclosure log signed again")
        LOGS_PRUNED = "logs.pruned", _("Old log entries removed by retention")
        KEYS_ROTATED = "keys.rotated", _("Credentials encrypted with the newest key")
        BACKED_UP = "backup.written", _("Backup of the whole database written")

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
        """The label; for a code of a later release, the code."""
        if self.code == self.Code.SIGNED_IN and self.detail.get("new_browser"):
            return gettext("Signed in from a new browser")
        return str(self.Code(self.code).label) if self.code in self.Code.values else self.code

    @property
    def severity(self) -> str:
        if self.code in _CRITICAL:
            return "critical"
        return "warning" if self.code in _WARNING else "info"


_Code = SecurityEvent.Code
# About data and logs; everything else is about an account.
OF_DATA = frozenset(
    {
        _Code.EXPORTED,
        _Code.ACCESS_DENIED,
        _Code.MASS_CHANGE_ACCEPTED,
        _Code.CHAIN_VERIFIED,
        _Code.CHAIN_BROKEN,
        _Code.CHAIN_SIGNED,
        _Code.LOGS_PRUNED,
        _Code.KEYS_ROTATED,
        _Code.BACKED_UP,
    }
)
_CRITICAL = frozenset({_Code.CHAIN_BROKEN})
_WARNING = frozenset(
    {
        _Code.SIGN_IN_FAILED,
        _Code.SIGN_IN_PAUSED,
        _Code.SIGN_IN_REFUSED,
        _Code.EMERGENCY,
        _Code.SESSION_NOT_RENEWED,
        _Code.IDENTITY_LINKED,
        _Code.IDENTITY_UNLINKED,
        _Code.PASSWORD_REFUSED,
        _Code.PASSWORD_PAUSED,
        _Code.FACTOR_REMOVED,
        _Code.FACTOR_FAILED,
        _Code.FACTOR_PAUSED,
        _Code.RECOVERY_USED,
        _Code.CREDENTIALS_REFUSED,
        _Code.CREDENTIALS_PAUSED,
        _Code.PERMISSIONS_CHANGED,
        _Code.ACCESS_DENIED,
        _Code.MASS_CHANGE_ACCEPTED,
        _Code.PAUSES_ENDED,
        _Code.CHAIN_SIGNED,
    }
)
