"""One id of a pasted list, and what Catalyze answered the user about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.pasted_list import PastedList


class PastedId(models.Model):
    """Holds the result itself: rows of Access would reveal whether the portal knows the id."""

    class Kind(models.TextChoices):
        ORG_ID = "org_id", _("org id")
        CUSTOMER_ID = "customer_id", _("customer id")
        EMAIL = "email", _("e-mail address")

    class Result(models.TextChoices):
        ANSWERED = "answered", _("answered")
        DENIED = "denied", _("denied")
        MISSING = "missing", _("missing")

    pasted_list = models.ForeignKey(PastedList, models.CASCADE, db_index=False)
    place = models.PositiveSmallIntegerField()  # from 0, in the order pasted
    text = models.CharField(max_length=600)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    # When Catalyze was last asked from a pasted list, whatever the outcome.
    asked_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("pasted_list", "place"), name="pasted_id_has_a_place"),
        )

    def __str__(self) -> str:
        return self.text
