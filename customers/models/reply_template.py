from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReplyTemplate(models.Model):
    class State(models.TextChoices):
        """Most urgent first. Values appear in URLs."""

        EXPIRED_AND_FAILED = "expired-and-failed", _("Last charge failed, card expired")
        NONE_AND_FAILED = "none-and-failed", _("Last charge failed, no payment method")
        FAILED = "failed", _("Last charge failed")
        UNPAID = "unpaid", _("A subscription is not paid")
        EXPIRED = "expired", _("Card expired")
        EXPIRING = "expiring", _("Card expires soon")
        DOUBTED = "doubted", _("The bank couldn’t verify the card")
        NONE = "none", _("No payment method on file")
        INVOICE_OVERDUE = "invoice-overdue", _("Billed by invoice, one not paid")
        INVOICE = "invoice", _("Billed by invoice")
        DELETED = "deleted", _("Stripe customer deleted")
        CARD = "card", _("A card is on file")
        METHOD = "method", _("Another payment method is on file")
        UNNAMED = "unnamed", _("On file, details not known")
        UNKNOWN = "unknown", _("Not known whether one is on file")

    state = models.CharField(max_length=24, choices=State.choices)
    language = models.CharField(max_length=8)
    # With {placeholders}, which services/organizations/reply_texts.py defines and fills in.
    text = models.TextField(max_length=1000)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name, verbose_name_plural = _("reply"), _("replies")
        constraints = (
            models.UniqueConstraint(
                fields=("state", "language"), name="reply_once_a_state_and_language"
            ),
        )

    def __str__(self) -> str:
        return f"reply for {self.state} in {self.language}"
