"""A difference between consecutive answers, and the interval in which it happened."""

from django.conf import settings
from django.db import models

from customers.models.organization import Organization

# Kinds of change, one column each; a change may have several.
KINDS = (
    "became_delinquent",
    "was_paid",
    "lost_method",
    "gained_method",
    "changed_method",
    "changed_expiry",
    "changed_balance",
    "changed_subscriptions",
    "deleted_customer",
    "changed_details",
)


class Change(models.Model):
    organization = models.ForeignKey(Organization, models.CASCADE, db_index=False)
    # It happened after the request for the first answer and before the second answer arrived.
    after = models.DateTimeField()
    seen_at = models.DateTimeField()
    seen_with = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # {"column of Customer": [before, now]}
    differences = models.JSONField()

    # Set by services/history/change_kinds.py, to filter the feed.
    became_delinquent = models.BooleanField(default=False)
    was_paid = models.BooleanField(default=False)
    lost_method = models.BooleanField(default=False)
    gained_method = models.BooleanField(default=False)
    changed_method = models.BooleanField(default=False)
    changed_expiry = models.BooleanField(default=False)
    changed_balance = models.BooleanField(default=False)
    changed_subscriptions = models.BooleanField(default=False)
    deleted_customer = models.BooleanField(default=False)
    changed_details = models.BooleanField(default=False)
    # Whether services/overview/trends.py counts it; computed by the database.
    is_counted = models.GeneratedField(
        expression=models.Case(
            models.When(
                models.Q(differences__has_key="delinquent")
                | models.Q(differences__has_key="state"),
                then=True,
            ),
            default=False,
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        ordering = ("-seen_at", "-pk")
        indexes = (
            models.Index(fields=("organization", "-seen_at"), name="change_of_organization"),
            models.Index(fields=("-seen_at", "-id"), name="change_latest"),
            *(
                models.Index(
                    fields=("-seen_at", "-id"),
                    name=f"change_{kind}",
                    condition=models.Q(**{kind: True}),
                )
                for kind in (*KINDS, "is_counted")
            ),
        )

    def __str__(self) -> str:
        return f"change of {self.organization}"
