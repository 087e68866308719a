"""One thing that somebody did about a case; kept as long as the case."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.case import Case


class CaseStep(models.Model):
    class Kind(models.TextChoices):
        TAKEN = "taken", _("taken")
        ASSIGNED = "assigned", _("assigned")
        RELEASED = "released", _("released")
        SNOOZED = "snoozed", _("snoozed")
        HANDLED = "handled", _("handled")
        REOPENED = "reopened", _("reopened")

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    taken_at = models.DateTimeField()
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    until = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ("-taken_at", "-pk")
        indexes = (models.Index(fields=("case", "-taken_at"), name="case_step_of_case"),)

    def __str__(self) -> str:
        return f"{self.kind} at {self.taken_at}"
