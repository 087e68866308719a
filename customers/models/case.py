"""What the desk does about an organization: who owns it, and whether it is put to rest."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.customer import Customer


class Case(models.Model):
    """Created at the first step. Whether it is open is computed in services/cases/."""

    customer = models.OneToOneField(Customer, models.CASCADE, primary_key=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # At rest until that day begins, or for good; at most one is set.
    snoozed_until = models.DateField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # The facts on which it was put to rest: for each to-do list that it was on, when that list's
    # facts had last changed; null for a list that it was not on. See services/cases/to_do.py.
    knew_delinquent = models.DateTimeField(null=True)
    knew_expired = models.DateTimeField(null=True)
    knew_expires_before_renewal = models.DateTimeField(null=True)
    knew_no_payment_method = models.DateTimeField(null=True)
    knew_first_payment_outstanding = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ("change", "view")
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(snoozed_until=None) | models.Q(handled_at=None),
                name="case_rests_in_one_way",
            ),
        )
        indexes = (
            models.Index(
                fields=("snoozed_until",),
                name="case_snoozed",
                condition=models.Q(snoozed_until__isnull=False),
            ),
            models.Index(
                fields=("handled_at",),
                name="case_handled",
                condition=models.Q(handled_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"case of {self.customer.organization}"

    @property
    def present_owner(self) -> User | None:
        """The owner, while they may work on it: see HAS_OWNER of services/cases/standing.py."""
        owner = self.owner
        return owner if owner and owner.is_active and owner.is_staff else None
