"""What one user's own credentials last proved about one organization, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class Access(models.Model):
    class State(models.TextChoices):
        GRANTED = "granted", _("granted")
        DENIED = "denied", _("denied")
        MISSING = "missing", _("missing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    organization = models.ForeignKey(Organization, models.CASCADE)
    state = models.CharField(max_length=8, choices=State.choices)
    proved_at = models.DateTimeField()
    # When this user was last sent a customer, not a 400; emptied by a denial.
    customer_sent_at = models.DateTimeField(null=True, blank=True)
    # The arrival of the answer that this user last opened the organization's page with. Moved on
    # only when something has changed since, so that most views of a page write nothing here.
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = _("access")
        constraints = (
            models.UniqueConstraint(fields=("user", "organization"), name="access_once_a_pair"),
            models.CheckConstraint(
                condition=models.Q(state="granted") | models.Q(customer_sent_at=None),
                name="access_denied_was_sent_nothing",
            ),
        )
        indexes = (models.Index(fields=("user", "state", "proved_at"), name="access_of_user"),)

    def __str__(self) -> str:
        return f"access of {self.user}"
