"""The disclosure log. Append-only; each hash covers the entry before it.
Entries outlive users and organizations, so they hold names as they were, and keys without a
constraint. The `purpose` of a retention entry says how many entries it removed, and the last."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class Disclosure(models.Model):
    class Where(models.TextChoices):
        PAGE = "page", _("page")
        PAST = "past", _("past")
        LIST = "list", _("list")
        OVERVIEW = "overview", _("overview")
        CHANGES = "changes", _("changes")
        EXPORT = "export", _("export")
        DIGEST = "digest", _("digest")
        COMMAND = "command", _("command")
        PASTED = "pasted", _("pasted ids")
        REPORT = "report", _("report")
        API = "api", _("API")
        MCP = "mcp", _("MCP")
        PRUNED = "pruned", _("removed by retention")

    class Proof(models.TextChoices):
        OWN = "own", _("own credentials")
        LISTED = "listed", _("permission list")

    # Determines the hashed columns. Entries from before 0.4.0 have format 1, without token, proof
    # and shown_together.
    format = models.PositiveSmallIntegerField(_("format"), default=1)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("user"),
    )
    username = models.CharField(_("user name"), max_length=150, default="")
    organization = models.ForeignKey(
        Organization,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        verbose_name=_("organization"),
    )
    org_id = models.CharField(_("org id"), max_length=200, default="")
    seen_at = models.DateTimeField(_("seen at"))
    where = models.CharField(_("where"), max_length=16, choices=Where.choices)
    # Where the request came from, and its purpose if the user gave one.
    ip_address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    purpose = models.CharField(_("purpose or ticket"), max_length=200, blank=True, default="")
    # The answer that was shown, and whose credentials fetched it.
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
        verbose_name=_("checked with"),
    )
    checked_with_name = models.CharField(_("checked with"), max_length=150, default="")
    # The name of the API token, if a program asked.
    token_name = models.CharField(_("token"), max_length=100, blank=True, default="")
    proof = models.CharField(_("proof"), max_length=8, choices=Proof.choices, default="")
    # The same for everything on one page or in one response.
    shown_together = models.CharField(_("shown together"), max_length=32, default="")
    hash = models.BinaryField(max_length=32, default=b"")

    class Meta:
        verbose_name, verbose_name_plural = _("disclosure"), _("disclosure log")
        ordering = ("-seen_at", "-pk")
        indexes = (
            models.Index(fields=("organization", "-seen_at"), name="disclosure_of_organization"),
            models.Index(fields=("user", "organization", "-seen_at"), name="disclosure_of_user"),
            models.Index(fields=("-seen_at", "-id"), name="disclosure_latest"),
            models.Index(fields=("username", "-id"), name="disclosure_by_username"),
            models.Index(fields=("shown_together", "id"), name="disclosure_together"),
            # Lists are so frequent that they need no index to be found.
            models.Index(
                fields=("where", "-id"),
                condition=~models.Q(where="list"),
                name="disclosure_by_way",
            ),
        )

    def __str__(self) -> str:
        if self.where == self.Where.PRUNED:
            return f"retention removed {self.purpose}"
        return f"{self.username} saw {self.org_id} ({self.where})"
