"""Find one organization for a program: what is stored, or what Catalyze says now."""

from dataclasses import dataclass

from customers.api.answers.asked import Asked
from customers.api.problem import Problem, invalid
from customers.models import Customer
from customers.services.access.visible import visible_answer
from customers.services.checking.lookup import Lookup, look_up
from customers.services.checking.outcome import Result
from customers.services.tokens.scopes import Scope
from customers.services.wording.messages import said
from customers.upstream.errors import BadOrgId
from customers.upstream.message import Message
from customers.upstream.org_id import clean_org_id

_NOT_PROVED = (
    "Catalyze has not recently proved your access to this organization, and the token lacks the "
    "scope check, so it was not asked."
)


@dataclass(frozen=True, slots=True)
class Shown:
    customer: Customer
    trouble: Message  # why there is nothing newer


def shown_to(asked: Asked, org_id: str, *, refresh: bool = False) -> Shown:
    """Raises Problem. Without the scope check, cost and answer hide whether the portal knows it."""
    try:
        org_id = clean_org_id(org_id)
    except BadOrgId as exc:
        raise invalid({"org_id": f"is not usable: {said(exc.message).removesuffix('.')}"}) from exc
    if refresh:
        asked.require(Scope.CHECK)
        return _answer(look_up(asked.user, org_id, refresh=True))
    if stored := visible_answer(asked.user, org_id):
        return Shown(stored, stored.last_error)
    if not asked.may(Scope.CHECK):
        raise Problem("not-proved", _NOT_PROVED)
    return _answer(look_up(asked.user, org_id, refresh=True))


def _answer(found: Lookup) -> Shown:
    if found.customer:
        return Shown(found.customer, found.trouble)
    why = said(found.trouble) or "There is no answer."
    if found.result is Result.DENIED:
        raise Problem("denied", why)
    if found.result is Result.MISSING:
        raise Problem("unknown-organization", why)
    if found.needs_sign_in:
        raise Problem("not-proved", f"{why} Catalyze cannot be asked until you have signed in.")
    raise Problem("no-answer", why)
