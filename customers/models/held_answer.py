"""An answer without a payment method that is not believed yet."""

from django.conf import settings
from django.db import models

from customers.models.customer import Customer
from customers.models.sync_run import SyncRun


class HeldAnswer(models.Model):
    customer = models.OneToOneField(
        Customer, models.CASCADE, primary_key=True, related_name="held_answer"
    )
    # The run that judges it; null if that has been pruned, or if a bulk check held it.
    run = models.ForeignKey(SyncRun, models.SET_NULL, null=True, related_name="+")
    # Whether it is part of a mass change. Until its run is over, nobody knows.
    is_held = models.BooleanField(default=False)
    # When the first such answer was asked for; the rest is of the latest.
    since = models.DateTimeField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField()
    asked_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # As in Payload; empty for a 400.
    compressed = models.BinaryField()

    class Meta:
        default_permissions = ()
        permissions = (("accept_mass_change", "Can accept held answers"),)
        indexes = (models.Index(fields=("is_held", "since"), name="held_answer_since"),)

    def __str__(self) -> str:
        return f"held answer about organization {self.customer_id}"
