"""What a user's own credentials last proved about an organization, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class Access(models.Model):
    class State(models.TextChoices):
        GRANTED = "granted", _("granted")
        DENIED = "denied", _("denied")
        MISSING = "missing", _("missing")

    pk = models.CompositePrimaryKey("user_id", "organization_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    organization = models.ForeignKey(Organization, models.CASCADE, db_index=False)
    state = models.CharField(max_length=8, choices=State.choices)
    proved_at = models.DateTimeField()
    # When this user was last sent a customer, not a 400; cleared by a denial.
    customer_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = _("access")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="granted") | models.Q(customer_sent_at=None),
                name="access_only_granted_was_sent",
            ),
        )
        # For deleting an organization.
        indexes = (models.Index(fields=("organization",), name="access_of_organization"),)

    def __str__(self) -> str:
        return f"access of {self.user}"
