"""Lists of organizations: the filters of the portal's own list, followed by cursor."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from customers.api.answers.asked import Asked
from customers.api.answers.bounds import USUAL_ROWS, checked_limit
from customers.api.answers.envelope import Answer, how_known, list_answer
from customers.api.problem import invalid
from customers.models import Customer
from customers.services.access.how_proved import kinds_of_proof
from customers.services.lists.export import export_row
from customers.services.lists.forward_paging import ListPart, part_of
from customers.services.lists.keyset_paging import BadCursor
from customers.services.lists.list_parameters import stored_list, wrong_parameters
from customers.services.lists.listing import Listed
from customers.services.tokens.scopes import Scope

# What a sync hardly ever changes, so that rows keep their places while a program follows the list.
_STEADY_SORT = "name"


def organizations(
    asked: Asked, parameters: Mapping[str, str], limit: int = USUAL_ROWS, cursor: str = ""
) -> Answer:
    """`parameters` are those of the list's URL. Raises Problem."""
    asked.require(Scope.READ)
    if wrong := wrong_parameters(parameters):
        raise invalid(wrong)
    has_sort = parameters.get("sort") or parameters.get("q")
    usual = parameters if has_sort else {**parameters, "sort": _STEADY_SORT}
    part = followed(asked, replace(stored_list(usual), after=cursor), limit)
    rows = row_answers(asked, part.rows)
    return list_answer(rows, part.next, part.count, is_capped=part.is_capped)


def followed(asked: Asked, wanted: Listed, limit: int) -> ListPart:
    try:
        part = part_of(asked.user, wanted, checked_limit(limit))
    except BadCursor as exc:
        raise invalid({"cursor": "is not one of this list; begin again without it"}) from exc
    asked.disclose(part.rows)
    return part


def row_answers(asked: Asked, customers: Sequence[Customer]) -> list[Answer]:
    proofs = kinds_of_proof(asked.user, customers)
    return [
        export_row(customer) | how_known(customer, proofs[customer.pk]) for customer in customers
    ]
