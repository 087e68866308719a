from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.folded_field import FoldedField
from customers.models.last_error import LastError
from customers.models.organization import Organization
from customers.upstream.message import Message

# The last answer says that there is no payment method, and is not believed yet: see HeldAnswer.
MASS_NOT_SET_UP = Message("mass_not_set_up")
# Columns that lists filter by, in any combination.
_NARROWING = ("state", "brand", "funding", "currency", "country", "livemode")


class Customer(LastError):
    class State(models.TextChoices):
        UNCHECKED = "unchecked", _("never checked")
        CARD = "card", _("card")
        BANK_ACCOUNT = "bank_account", _("bank account")
        OTHER = "other", _("other payment method")
        DETAILS_NOT_SENT = "details_not_sent", _("on file, details unavailable")
        UNLISTED = "unlisted", _("on file, no default")
        INVOICE = "invoice", _("billed by invoice")
        NONE = "none", _("no payment method")
        UNKNOWN = "unknown", _("unknown")
        DELETED = "deleted", _("customer deleted")

    organization = models.OneToOneField(Organization, models.CASCADE, primary_key=True)
    # A copy of the organization's, so that one index serves sorting, searching and filtering.
    folded_name = FoldedField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.UNCHECKED)
    # False for a 400 "not set up": the answer then proves nothing about a later customer.
    is_set_up = models.BooleanField(default=False)

    customer_id = models.CharField(max_length=255, blank=True)
    default_id = models.CharField(max_length=255, blank=True)
    method_type = models.CharField(max_length=255, blank=True)
    brand = models.CharField(max_length=255, blank=True)
    last4 = models.CharField(max_length=255, blank=True)
    # Stripe's name of the card's wallet: apple_pay, google_pay, link...
    wallet = models.CharField(max_length=255, blank=True)
    # Of the number that the wallet pays with instead of the card's.
    dynamic_last4 = models.CharField(max_length=255, blank=True)
    exp_month = models.SmallIntegerField(null=True, blank=True)
    exp_year = models.SmallIntegerField(null=True, blank=True)
    # The last day of the expiry month; a card is valid through it.
    expires_on = models.DateField(null=True, blank=True)
    funding = models.CharField(max_length=255, blank=True)
    country = models.CharField(max_length=255, blank=True)
    cvc_check = models.CharField(max_length=255, blank=True)
    address_line1_check = models.CharField(max_length=255, blank=True)
    address_zip_check = models.CharField(max_length=255, blank=True)
    fingerprint_hash = models.CharField(max_length=64, blank=True)

    # Null is "unknown", never "no". The latest charge for the latest invoice failed.
    delinquent = models.BooleanField(null=True, blank=True)
    # In the currency's smallest unit; negative is credit.
    balance = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=255, blank=True)
    livemode = models.BooleanField(null=True, blank=True)
    email = models.CharField(max_length=255, blank=True)
    folded_email = FoldedField(of="email")
    phone = models.CharField(max_length=255, blank=True)
    address_country = models.CharField(max_length=255, blank=True)
    # Stripe's value: none, exempt or reverse.
    tax_exempt = models.CharField(max_length=255, blank=True)
    # Separated by commas, most preferred first: de,en-GB.
    preferred_locales = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    subscription_count = models.IntegerField(null=True, blank=True)
    subscription_status = models.CharField(max_length=255, blank=True)
    next_renewal = models.DateTimeField(null=True, blank=True)
    # The renewal that is most likely to meet an expired card (services/facts/renewal_risk.py): the
    # last day of its card, and the day of the renewal, null if unknown.
    charged_expires_on = models.DateField(null=True, blank=True)
    charged_renews_on = models.DateField(null=True, blank=True)
    # Whether any subscription is `incomplete`, even if another has a worse status.
    first_payment_outstanding = models.BooleanField(default=False, db_default=False)

    # When the request for this answer started, and when the answer arrived.
    asked_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    first_checked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    # The present state and delinquency began between these times. Both are null if the first answer
    # had them; the first is null if the answer has been parsed again since then.
    state_after = models.DateTimeField(null=True, blank=True)
    state_seen_at = models.DateTimeField(null=True, blank=True)
    delinquent_after = models.DateTimeField(null=True, blank=True)
    delinquent_seen_at = models.DateTimeField(null=True, blank=True)

    # When the answer arrived that last changed `expires_on`, the two columns of the renewal, or
    # the first payment; null since the first answer. They reopen cases, so `reparse` leaves them.
    expiry_seen_at = models.DateTimeField(null=True, blank=True)
    charge_seen_at = models.DateTimeField(null=True, blank=True)
    first_payment_seen_at = models.DateTimeField(null=True, blank=True)

    # The last attempt, successful or not; an error does not touch the answer.
    attempted_at = models.DateTimeField(null=True, blank=True)
    # The first failed attempt since the last answer.
    failing_since = models.DateTimeField(null=True, blank=True)

    # The sync run that claimed it last, and the end of that claim.
    claimed_by = models.BigIntegerField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    # When a sync had last asked with every user that it had to, whoever has asked since.
    asked_all_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = (
            # Sort orders, each made unique by the key. The first also contains the columns of
            # worklists, so that they are index-only scans.
            models.Index(
                fields=(
                    *("folded_name", "organization", "state", "expires_on", "delinquent"),
                    *("charged_expires_on", "charged_renews_on", "first_payment_outstanding"),
                ),
                name="customer_by_name",
            ),
            models.Index(fields=("checked_at", "organization"), name="customer_by_check"),
            models.Index(fields=("changed_at", "organization"), name="customer_by_change"),
            models.Index(fields=("expires_on", "organization"), name="customer_by_expiry"),
            models.Index(fields=("balance", "organization"), name="customer_by_balance"),
            # The order of most worklists, with the columns that they filter by.
            models.Index(
                fields=("next_renewal", "organization", "state", "expires_on", "delinquent"),
                name="customer_by_renewal",
            ),
            # Counting compares two dates in every entry, so the index has to cover both.
            models.Index(
                fields=(
                    *("charged_expires_on", "charged_renews_on", "organization"),
                    *("state", "is_set_up"),
                ),
                name="customer_renewals",
            ),
            # What lists are narrowed by, in the order of names; each also tells the rest, so that
            # what is narrowed by two columns is counted without touching a row.
            *(
                models.Index(
                    fields=(
                        column,
                        "folded_name",
                        "organization",
                        *(other for other in _NARROWING if other != column),
                    ),
                    name=f"customer_{column}",
                )
                for column in _NARROWING
            ),
            models.Index(
                fields=("folded_name", "organization", *_NARROWING),
                name="customer_delinquent",
                condition=models.Q(delinquent=True),
            ),
            models.Index(
                fields=("folded_name", "organization", *_NARROWING),
                name="customer_unstarted",
                condition=models.Q(first_payment_outstanding=True),
            ),
            models.Index(
                fields=("folded_name", "organization", *_NARROWING),
                name="customer_failed",
                condition=~models.Q(last_error_code=""),
            ),
            # Rare filters, so without the other columns.
            models.Index(fields=("wallet", "folded_name", "organization"), name="customer_wallet"),
            models.Index(
                fields=("tax_exempt", "folded_name", "organization"), name="customer_tax_exempt"
            ),
            # Searches.
            models.Index(fields=("customer_id",), name="customer_found_by_id"),
            models.Index(fields=("last4",), name="customer_found_by_last4"),
            models.Index(fields=("dynamic_last4",), name="customer_found_by_dynamic"),
            models.Index(
                fields=("fingerprint_hash", "organization"), name="customer_found_by_card"
            ),
            models.Index(fields=("folded_email",), name="customer_found_by_email"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(exp_month=None) | models.Q(exp_month__range=(1, 12)),
                name="customer_month_is_a_month",
            ),
            models.CheckConstraint(
                condition=models.Q(state="unchecked") | models.Q(checked_at__isnull=False),
                name="customer_answer_has_a_time",
            ),
        )
        permissions = (("export_customer", "Can export what they may see"),)

    def __str__(self) -> str:
        return f"customer of {self.organization}"

    @property
    def is_held(self) -> bool:
        return self.last_error == MASS_NOT_SET_UP
