"""Find organizations by what a ticket holds: ids, e-mail addresses, cards, names, or all of it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Lower

from customers.models import Customer, Organization
from customers.services.access import visible_customers
from customers.services.candidates import FEW, SHORTEST_PART, by_key_if_few, holds
from customers.services.ticket import Clues, one_line, phrases, read_clues
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id
from customers.upstream.stripe_customer import expires_on

LONGEST = 1000  # characters of a search that stand in a URL
_SHORTEST_PREFIX = 4
_MOST_NAMES = 10
_MOST_WORDS = 50

# Names and e-mail addresses are compared in small letters, for which there are indexes.
CharField.register_lookup(Lower)


@dataclass(frozen=True, slots=True)
class Found:
    """`opens` is the org id to open at once; otherwise the hits are to be listed by `query`, which
    is empty when a pasted text held no clue at all."""

    opens: str = ""
    query: str = ""


def clean_search(text: str) -> str:
    """`text` on one line, bounded, and without what no column can hold."""
    return one_line(text)[:LONGEST]


def find(user: AbstractBaseUser, text: str) -> Found:
    """What the search box does with `text`, among what `user` may see.

    An org id of the usual form is opened unless something else in the text names an organization:
    Catalyze is then asked with the user's own credentials, so that the outcome is the same whether
    or not the portal knows it.
    """
    clues = read_clues(text)
    visible = visible_customers(user)
    if len(clues.org_ids) == 1 and not visible.filter(_identified(clues)).exists():
        return Found(clues.org_ids[0])
    if clues.is_short and visible.filter(organization__org_id=clues.text).exists():
        return Found(clues.text)
    hits = visible.filter(_condition(visible, clues)).values_list("organization__org_id", flat=True)
    if clues.text and len(hits := hits[:2]) == 1:
        return Found(hits[0])
    return Found(query=clues.brief(_known_names(visible, clues))[:LONGEST])


def search(customers: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """`customers` that fit the clues in `text` best; all of them for an empty text."""
    clues = read_clues(clean_search(text))
    return customers.filter(_condition(customers, clues)) if clues.text else customers


def org_ids_to_ask_for(user: AbstractBaseUser, text: str, *, has_hits: bool) -> list[str]:
    """What in `text` may be the org id of something that `user` has not been shown yet: what has
    the usual form or, if there are no hits, a single word."""
    clues = read_clues(clean_search(text))
    org_ids = clues.org_ids
    if not org_ids and not has_hits and may_be_org_id(clues.text):
        org_ids = (clues.text,)
    if not org_ids:
        return []
    known = visible_customers(user).filter(organization__org_id__in=org_ids)
    seen = set(known.values_list("organization__org_id", flat=True))
    return [org_id for org_id in org_ids if org_id not in seen]


def may_be_org_id(text: str) -> bool:
    """Whether it makes sense to offer asking Catalyze about `text` as an org id."""
    try:
        clean_org_id(clean_search(text))
    except BadOrgId:
        return False
    return " " not in clean_search(text) and "@" not in text


def matches(text: str) -> Q:
    """The condition on Customer under which the text as a whole is found in it."""
    return by_key_if_few(_whole(text))


def _whole(text: str) -> Q:
    """All of one table, so that every part of it is looked up in an index."""
    condition = Q(customer_id=text) | Q(pk__in=_by_org_id(text))
    for column in ("organization_name", "email"):
        is_start = len(text) < SHORTEST_PART
        condition |= Q(**{f"{column}__istartswith": text}) if is_start else holds(column, text)
    return condition | _ends_in([text]) if re.fullmatch("[0-9]{4}", text) else condition


def _ends_in(last4s: Collection[str]) -> Q:
    """That the card ends in one of these, or the number that its wallet pays with."""
    return Q(last4__in=last4s) | Q(dynamic_last4__in=last4s)


def _by_org_id(text: str) -> list[int]:
    condition = Q(org_id__iexact=text)
    if len(text) >= _SHORTEST_PREFIX:
        condition |= Q(org_id__istartswith=text)
    return list(Organization.objects.filter(condition).values_list("pk", flat=True)[:FEW])


def _condition(customers: QuerySet[Customer], clues: Clues) -> Q:
    """The condition of the best fit: what is surest decides, and the rest narrows where it can."""
    whole = matches(clues.text) if clues.is_short else None
    if whole and customers.filter(whole).exists():
        return whole
    best: Q | None = None
    for clue in _surest_first(customers, clues):
        narrowed = clue if best is None else best & clue
        if customers.filter(narrowed).exists():
            best = narrowed
    return Q(pk__in=[]) if best is None else best


def _surest_first(customers: QuerySet[Customer], clues: Clues) -> Iterator[Q]:
    """Conditions on Customer, one for each kind of clue in the text."""
    yield _identified(clues)
    if clues.is_short and clues.rest and clues.rest != clues.text:
        yield matches(clues.rest)
    if names := _known_names(customers, clues):
        yield Q(organization__name__in=names)
    if clues.last4s:
        yield _ends_in(clues.last4s)
        yield _ends_in(clues.last4s) & _expiring(clues)
    elif clues.is_short and clues.expiries:
        yield _expiring(clues)


def _identified(clues: Clues) -> Q:
    """The condition of being named in the text by something that belongs to one customer alone."""
    written = [word for word in clues.rest.split() if re.search(r"[\d_-]", word)]
    org_ids = {*clues.org_ids, *map(str.lower, clues.org_ids), *written[:_MOST_WORDS]}
    known = Organization.objects.filter(org_id__in=org_ids).values_list("pk", flat=True)
    return (
        Q(pk__in=list(known))
        | Q(customer_id__in=clues.customer_ids)
        | Q(email__lower__in=clues.emails)
    )


def _expiring(clues: Clues) -> Q:
    days = [expires_on(month, year) for month, year in clues.expiries]
    return Q(expires_on__in=days)


def _known_names(customers: QuerySet[Customer], clues: Clues) -> list[str]:
    """The names in the rest of the text that are an organization's, without those that are only
    part of a longer one."""
    rows = customers.filter(organization__name__lower__in=phrases(clues))
    found = rows.order_by().values_list("organization__name", flat=True).distinct()
    names: list[str] = []
    for name in sorted(found[:_MOST_NAMES], key=lambda name: (-len(name), name)):
        if not any(name.lower() in longer.lower() for longer in names):
            names.append(name)
    return names
