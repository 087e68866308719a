"""Find organizations by the clues in a ticket."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import quote_plus

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from customers.database.key_parameters import among
from customers.models import Customer, Organization
from customers.models.folding import fold
from customers.services.access.visible import plainly_visible
from customers.services.search.clues import Clues, one_line, phrases, read_clues
from customers.services.search.contradictions import speaks_for_one
from customers.services.search.index_lookup import FEW_HITS, SHORTEST_PART, by_key_if_few, holds
from customers.services.search.similar_names import similar_names
from customers.upstream.stripe.payment_method import expires_on

LONGEST_QUERY_STRING = 5_000  # characters; percent-encoded clues of a pasted text in a URL
_SHORTEST_PREFIX = 4
_MOST_NAMES = 1_000
_NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Found:
    """`opens` is the org id to open; if it is "", `query` lists the hits."""

    opens: str = ""
    query: str = ""
    left_out: int = 0


def find(user: AbstractBaseUser, text: str) -> Found:
    """Open an organization, or list hits. A lone org id opens without a look-up, unless the text
    names another organization, so that the portal does not reveal whether it knows the id."""
    clues = read_clues(text)
    visible = plainly_visible(user)
    if len(clues.org_ids) == 1 and not visible.filter(_named(visible, clues)).exists():
        return Found(clues.org_ids[0])
    if clues.is_short and visible.filter(organization__org_id=clues.text).exists():
        return Found(clues.text)
    if clues.text:
        condition = _condition(visible, clues) or _NOTHING
        rows = visible.filter(condition).select_related("organization")
        hits = list(rows[:2])
        names = known_names(visible, clues)
        if len(hits) == 1 and speaks_for_one(hits[0], clues, names):
            return Found(hits[0].organization.org_id)
    return _listed(visible, clues)


def search(customers: QuerySet[Customer], text: str, *, guesses: bool = True) -> QuerySet[Customer]:
    """The best matches for clues in `text`, else (if it `guesses`) similar names; all if empty."""
    cleaned = one_line(text)
    if not cleaned:
        return customers
    clues = read_clues(cleaned)
    found = _condition(customers, clues)
    if not found and guesses:
        found = similar_names(customers, clues)
    return customers.filter(found or _NOTHING)


def matches(text: str) -> Q:
    return by_key_if_few(_whole(text))


def known_names(customers: QuerySet[Customer], clues: Clues) -> list[str]:
    """Organization names in the text, without those inside a longer one."""
    rows = customers.filter(folded_name__in=among(phrases(clues), "text"))
    found = rows.order_by().values_list("folded_name", "organization__name").distinct()
    left, names = fold(clues.rest), []
    for folded, name in sorted(found[:_MOST_NAMES], key=lambda found: (-len(found[0]), found)):
        if folded in left:
            names.append(name)
            left = left.replace(folded, "|")
    return names


def _listed(visible: QuerySet[Customer], clues: Clues) -> Found:
    """Typed text is kept as the query; pasted text is reduced to clues that fit in a URL."""
    if clues.fits_in_url:
        return Found(query=clues.text, left_out=clues.left_out)
    other_ids = set(clues.written) - set(clues.org_ids)
    written = visible.filter(organization__org_id__in=among(other_ids, "text"))
    ids = written.order_by("organization__org_id").values_list("organization__org_id", flat=True)
    names = [clues.rest] if clues.is_short and clues.rest else known_names(visible, clues)
    parts = [*ids, *clues.parts(names)]
    lengths = accumulate(len(quote_plus(part)) + 1 for part in parts)
    fitting = sum(length <= LONGEST_QUERY_STRING for length in lengths)
    left_out = clues.left_out + len(parts) - fitting
    return Found(query=" ".join(parts[:fitting]), left_out=left_out)


def _whole(text: str) -> Q:
    folded = fold(text)
    condition = Q(customer_id=text) | Q(pk__in=_by_org_id(text))
    for column in ("folded_name", "folded_email"):
        is_start = len(folded) < SHORTEST_PART
        if folded:
            condition |= (
                Q(**{f"{column}__startswith": folded}) if is_start else holds(column, folded)
            )
    return condition | _ends_in([text]) if re.fullmatch("[0-9]{4}", text) else condition


def _ends_in(last4s: Collection[str]) -> Q:
    return Q(last4__in=last4s) | Q(dynamic_last4__in=last4s)


def _by_org_id(text: str) -> list[int]:
    condition = Q(org_id__iexact=text)
    if len(text) >= _SHORTEST_PREFIX:
        condition |= Q(org_id__istartswith=text)
    rows = Organization.objects.filter(condition).order_by()
    return list(rows.values_list("pk", flat=True)[:FEW_HITS])


def _condition(customers: QuerySet[Customer], clues: Clues) -> Q | None:
    """Combine clues, surest first, while any match; find all that are named. None if none match."""
    whole = matches(clues.text) if clues.is_short else None
    if whole and customers.filter(whole).exists():
        return whole
    best: Q | None = None
    for clue, names_one in _surest_first(customers, clues):
        narrowed = clue if best is None else best & clue
        if customers.filter(narrowed).exists():
            best = narrowed
        elif best is not None and names_one and customers.filter(clue).exists():
            best |= clue
    return best


def _surest_first(customers: QuerySet[Customer], clues: Clues) -> Iterator[tuple[Q, bool]]:
    """A condition for each kind of clue, and whether it can name an organization by itself."""
    yield _identified(clues), True
    if names := known_names(customers, clues):
        yield Q(folded_name__in=list(map(fold, names))), True
    elif part := _part(clues):
        yield part, True
    if clues.last4s:
        has_id = clues.org_ids or clues.customer_ids or clues.emails
        yield _ends_in(clues.last4s), clues.is_short and not has_id
        yield _ends_in(clues.last4s) & _expiring(clues), False
    elif clues.is_short and clues.expiries:
        yield _expiring(clues), False


def _part(clues: Clues) -> Q | None:
    words = " ".join(word for word in clues.words if not word.isdigit())
    return matches(words) if clues.is_short and len(words) >= SHORTEST_PART else None


def _named(customers: QuerySet[Customer], clues: Clues) -> Q:
    names = known_names(customers, clues)
    named = _identified(clues) | Q(folded_name__in=list(map(fold, names)))
    part = _part(clues)
    return named | part if part else named


def _identified(clues: Clues) -> Q:
    org_ids = {*clues.org_ids, *map(str.lower, clues.org_ids), *clues.written}
    known = Organization.objects.filter(org_id__in=among(org_ids, "text"))
    return (
        Q(pk__in=list(known.values_list("pk", flat=True)))
        | Q(customer_id__in=clues.customer_ids)
        | Q(folded_email__in=list(map(fold, clues.emails)))
    )


def _expiring(clues: Clues) -> Q:
    days = [expires_on(month, year) for month, year in clues.expiries]
    return Q(expires_on__in=days)
