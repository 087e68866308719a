"""List clues without visible hits, whether or not the portal knows of any."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Customer
from customers.models.folding import fold, plain_line
from customers.services.access.visible import plainly_visible
from customers.services.search.clues import Clues, one_line, read_clues
from customers.services.search.similar_names import are_similar_alone
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id


@dataclass(frozen=True, slots=True)
class Unfound:
    org_ids: Sequence[str] = ()  # Catalyze can be asked about these
    others: Sequence[str] = ()  # customer ids, e-mail addresses and last digits
    left_out: int = 0  # number of clues beyond the limit
    is_guess: bool = False  # whether the hits only have similar names


def unfound_beside(user: AbstractBaseUser, text: str, hits: Sequence[Customer]) -> Unfound:
    """What was not found of a text that lists these. Similar names are no hits."""
    is_guess = are_similar_alone(hits, read_clues(one_line(text)))
    return replace(_unfound(user, text, [] if is_guess else hits), is_guess=is_guess)


def _unfound(user: AbstractBaseUser, text: str, hits: Sequence[Customer]) -> Unfound:
    cleaned = one_line(text)
    if not cleaned:
        return Unfound()
    clues = read_clues(cleaned)
    org_ids = org_ids_to_ask_for(user, text, has_hits=bool(hits))
    is_one = len(clues.parts()) == 1
    others = [] if is_one and not hits else _others(user, clues, hits)
    return Unfound(org_ids, others, clues.left_out)


def org_ids_to_ask_for(user: AbstractBaseUser, text: str, *, has_hits: bool) -> list[str]:
    """Org ids to offer for a check: UUIDs or, without hits, a single word."""
    clues = read_clues(one_line(text))
    org_ids = clues.org_ids
    if not org_ids and not has_hits and may_be_org_id(clues.text):
        org_ids = (clues.text,)
    if not org_ids:
        return []
    known = plainly_visible(user).filter(organization__org_id__in=[*org_ids, *_lower(org_ids)])
    seen = set(_lower(known.values_list("organization__org_id", flat=True)))
    return [org_id for org_id in org_ids if org_id.lower() not in seen]


def may_be_org_id(text: str) -> bool:
    written = plain_line(one_line(text))
    try:
        clean_org_id(written)
    except BadOrgId:
        return False
    return " " not in written and "@" not in written


def _lower(org_ids: Iterable[str]) -> list[str]:
    return [org_id.lower() for org_id in org_ids]


def _others(user: AbstractBaseUser, clues: Clues, hits: Sequence[Customer]) -> list[str]:
    """The database is asked only about what none of `hits` has."""
    visible = plainly_visible(user).order_by()
    kinds = (
        (("customer_id",), {text: text for text in clues.customer_ids}),
        (("folded_email",), {email: fold(email) for email in clues.emails}),
        (("last4", "dynamic_last4"), {f"•••• {digits}": digits for digits in clues.last4s}),
    )
    missing: list[str] = []
    for columns, values in kinds:
        seen = {getattr(hit, column) for hit in hits for column in columns}
        for column in columns:
            if left := set(values.values()) - seen:
                rows = visible.filter(**{f"{column}__in": left})
                seen.update(rows.values_list(column, flat=True).distinct())
        missing += [text for text, value in values.items() if value not in seen]
    return missing
