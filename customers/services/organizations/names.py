"""Write names of organizations, with all that follows from a name: what lists are put in order by
stands in the organization and, for the indexes of lists, in its customer."""

from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, Subquery

from customers.database.key_parameters import among
from customers.models import Customer, Organization
from customers.models.folding import fold_to_store


def save_names(organizations: Sequence[Organization], *others: str) -> None:
    """Write the names of these rows, and these other columns."""
    for organization in organizations:
        organization.folded_name = fold_to_store(organization.name)
    Organization.objects.bulk_update(organizations, ["name", "folded_name", *others])
    carry_over_names(organization.pk for organization in organizations)


def carry_over_names(organization_ids: Iterable[int]) -> None:
    """Bring the customers of these organizations in line with their names."""
    own = Organization.objects.filter(pk=OuterRef("pk"))
    if keys := list(organization_ids):
        Customer.objects.filter(pk__in=among(keys)).update(
            folded_name=Subquery(own.values("folded_name"))
        )
