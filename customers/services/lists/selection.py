"""The organizations that someone selected on a list, of those that they may see."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.access.visible import visible_customers
from customers.services.lists.listing import Listed, list_customers

# As many as the longest list that can be pasted.
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Selection:
    org_ids: tuple[str, ...] = ()
    listed: Listed | None = None


def selected_customers(user: AbstractBaseUser, selection: Selection) -> QuerySet[Customer]:
    """What of the selection `user` may see: a list in its order, else by name."""
    if selection.listed:
        return list_customers(user, selection.listed)
    org_ids = {text for text in selection.org_ids[:_MOST] if text.isprintable()}
    named = visible_customers(user).filter(organization__org_id__in=among(org_ids, "text"))
    return named.order_by("folded_name", "pk")
