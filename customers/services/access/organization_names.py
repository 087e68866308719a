"""The one place that writes the names of organizations, and all that follows from a name."""

from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from customers.database.bulk_write import insert_from
from customers.database.key_parameters import among
from customers.models import Customer, Organization
from customers.models.folding import fold_to_store


def register_organizations(details: Iterable[tuple[str, str, str]]) -> None:
    """Add organizations, each with its org id, name and description; those that are there stay."""
    Organization.objects.bulk_create(
        [
            Organization(org_id=org_id, name=name, description=description)
            for org_id, name, description in details
        ],
        ignore_conflicts=True,
    )


def take_over(organization: Organization, name: str, description: str) -> bool:
    """Have the row say these, unless they are empty; whether that changed anything."""
    before = (organization.name, organization.description)
    organization.name = name or organization.name
    organization.description = description or organization.description
    return (organization.name, organization.description) != before


def save_all(organizations: Sequence[Organization]) -> None:
    """Write the names and descriptions of rows that are there."""
    for organization in organizations:
        organization.folded_name = fold_to_store(organization.name)
    Organization.objects.bulk_update(organizations, ["name", "folded_name", "description"])
    copy_names(organization.pk for organization in organizations)


def save_edited(organization: Organization) -> None:
    """Write a row that a form has filled in, new or not; Django folds its name."""
    organization.save()
    copy_names([organization.pk])


def copy_names(organization_ids: Iterable[int]) -> None:
    """Bring the customers' rows of these organizations in line with their names."""
    own = Organization.objects.filter(pk=OuterRef("pk"))
    if keys := list(organization_ids):
        Customer.objects.filter(pk__in=among(keys)).update(
            folded_name=Subquery(own.values("folded_name"))
        )


def make_customers(organizations: QuerySet[Organization]) -> None:
    """Give each the row that its answers are kept in; what is there already stays."""
    insert_from(organizations, Customer, organization="pk", folded_name="folded_name")
