"""What one user's own credentials last proved about one organization, and when."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


def _shows_since() -> models.Case:
    """A customer is shown by having been sent one; "not set up" by any grant."""
    sent = models.Q(state="granted", shows_set_up=True, customer_sent_at__isnull=False)
    return models.Case(
        models.When(sent, then=Least("customer_sent_at", "proved_at")),
        models.When(models.Q(state="granted", shows_set_up=False), then="proved_at"),
        default=None,
    )


class Access(models.Model):
    class State(models.TextChoices):
        GRANTED = "granted", _("granted")
        DENIED = "denied", _("denied")
        MISSING = "missing", _("missing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE)
    state = models.CharField(max_length=8, choices=State.choices)
    proved_at = models.DateTimeField()
    # When this user was last sent a customer, not a 400; emptied by a denial.
    customer_sent_at = models.DateTimeField(null=True, blank=True)
    # The arrival of the answer that this user last opened the organization's page with. Moved on
    # only when something has changed since, so that most views of a page write nothing here.
    looked_at = models.DateTimeField(null=True, blank=True)

    # What there is to show: facts of the Customer as it is stored now, so that lists are counted
    # from this table alone. Written by services/access/list_copies.py; empty without an answer.
    shows_set_up = models.BooleanField(null=True, editable=False)
    shows_state = models.CharField(max_length=16, blank=True, editable=False)
    shows_delinquent = models.BooleanField(null=True, editable=False)
    shows_expires_on = models.DateField(null=True, editable=False)
    shows_failing = models.BooleanField(default=False, editable=False)
    # From when on this proof shows the stored answer; null when it does not. Worked out by the
    # database, so that no writer can get it wrong; how old it may be is decided in services/access.
    shows_since = models.GeneratedField(
        expression=_shows_since(),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = _("access")
        constraints = (
            models.UniqueConstraint(fields=("user", "organization"), name="access_once_a_pair"),
            models.CheckConstraint(
                condition=models.Q(state="granted") | models.Q(customer_sent_at=None),
                name="access_denied_was_sent_nothing",
            ),
        )
        indexes = (
            models.Index(fields=("user", "shows_since"), name="access_shown"),
            models.Index(fields=("user", "organization", "shows_since"), name="access_of_one"),
            models.Index(fields=("user", "shows_state", "shows_since"), name="access_state"),
            models.Index(
                fields=("user", "shows_expires_on", "shows_since"),
                name="access_expiring",
                condition=models.Q(shows_expires_on__isnull=False),
            ),
            models.Index(
                fields=("user", "shows_since"),
                name="access_delinquent",
                condition=models.Q(shows_delinquent=True),
            ),
            models.Index(
                fields=("user", "shows_since"),
                name="access_failing",
                condition=models.Q(shows_failing=True),
            ),
            models.Index(
                fields=("user", "shows_since"),
                name="access_looked_at",
                condition=models.Q(looked_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"access of {self.user}"
