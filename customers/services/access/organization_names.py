"""The only writer of organizations' names, and of the copies that follow from a name."""

from collections.abc import Iterable, Sequence

from django.db.models import OuterRef, QuerySet, Subquery

from customers.database.bulk_write import insert_from
from customers.database.key_parameters import among
from customers.models import Customer, Organization
from customers.models.folding import fold_to_store


def register_organizations(
    details: Iterable[tuple[str, str, str]], *, are_imported: bool = False
) -> None:
    """Add organizations, each as org id, name and description; existing rows stay as they are."""
    Organization.objects.bulk_create(
        [
            Organization(
                org_id=org_id,
                name=name,
                imported_name=name if are_imported else "",
                is_imported=are_imported,
                description=description,
            )
            for org_id, name, description in details
        ],
        ignore_conflicts=True,
    )


def take_over(organization: Organization, name: str, description: str) -> bool:
    """Apply what was imported unless it is empty; returns whether anything changed."""
    before = _taken_over(organization)
    organization.name = name or organization.name
    organization.imported_name = name or organization.imported_name
    organization.is_imported = True
    organization.description = description or organization.description
    return _taken_over(organization) != before


def _taken_over(organization: Organization) -> tuple[object, ...]:
    names = organization.name, organization.imported_name
    return (*names, organization.is_imported, organization.description)


def save_all(organizations: Sequence[Organization]) -> None:
    for organization in organizations:
        organization.folded_name = fold_to_store(organization.name)
    Organization.objects.bulk_update(
        organizations, ["name", "folded_name", "imported_name", "is_imported", "description"]
    )
    copy_names(organization.pk for organization in organizations)


def save_edited(organization: Organization) -> None:
    """Save a row from a form. New names are the operator's; edited ones may be Catalyze's."""
    if organization.pk is None:
        organization.imported_name, organization.is_imported = organization.name, True
    organization.save()
    copy_names([organization.pk])


def imported_name_of(org_id: str) -> str:
    """The name that operators imported, which any staff may see; "" if there is none."""
    named = Organization.objects.filter(org_id=org_id)
    return named.values_list("imported_name", flat=True).first() or ""


def copy_names(organization_ids: Iterable[int]) -> None:
    own = Organization.objects.filter(pk=OuterRef("pk"))
    if keys := list(organization_ids):
        Customer.objects.filter(pk__in=among(keys)).update(
            folded_name=Subquery(own.values("folded_name"))
        )


def make_customers(organizations: QuerySet[Organization]) -> None:
    insert_from(organizations, Customer, organization="pk", folded_name="folded_name")
