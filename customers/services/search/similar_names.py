"""Find names that differ from the typed text by a slip or two, when nothing else is found."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from django.db.models import Q, QuerySet

from customers.database.key_parameters import among
from customers.models import Customer
from customers.models.folding import fold
from customers.services.search.clues import Clues, phrases
from customers.services.search.slips import MOST_SLIPS, slips

SHORTEST_NAME = 5  # letters
# Names compared at most: first those with the same first letter, then any.
MOST_COMPARED = 100_000
MOST_SIMILAR = 25
_KEPT_PAIRS = 50_000
_SHORTEST_PIECE = 2  # letters
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def similar_names(customers: QuerySet[Customer], clues: Clues) -> Q | None:
    """The names of `customers` nearest to what was typed, as a condition. Compared in Python, up to
    MOST_COMPARED in index order: both databases find the same without an extension."""
    typed = typed_name(clues)
    if not typed:
        return None
    first = customers.filter(folded_name__startswith=typed[0])
    for names in (first, customers):
        rows = names.order_by("folded_name", "pk").values_list("pk", "folded_name")
        if keys := _nearest(typed, rows[:MOST_COMPARED].iterator(chunk_size=2_000)):
            return Q(pk__in=among(keys))
    return None


def are_similar_alone(customers: Sequence[Customer], clues: Clues) -> bool:
    typed, named = typed_name(clues), set(phrases(clues))
    names = [fold(customer.organization.name) for customer in customers]
    return bool(typed and names) and all(
        name not in named and typed not in _plain(name) and _is_near(typed, name) for name in names
    )


def is_similar(customer: Customer, typed: str) -> bool:
    return _is_near(typed, fold(customer.organization.name))


def _is_near(typed: str, folded: str) -> bool:
    return 0 < _fewest(typed, _plain(folded)) <= MOST_SLIPS


def typed_name(clues: Clues) -> str:
    """What may be a misspelled name: a short text of letters alone; else ""."""
    found = (clues.org_ids, clues.customer_ids, clues.emails, clues.last4s, clues.expiries)
    text = _plain(" ".join(clues.words))
    is_name = len(text) >= SHORTEST_NAME - MOST_SLIPS and not any(map(str.isdigit, clues.text))
    return text if clues.is_short and is_name and not any(found) else ""


def _plain(folded: str) -> str:
    is_plain = folded.replace(" ", "").isalnum()  # as nearly all names are
    return folded if is_plain else _BETWEEN_WORDS.sub(" ", folded).strip()


def _nearest(typed: str, names: Iterable[tuple[int, str]]) -> list[int]:
    letters, pieces = _letters(typed), _pieces(typed)
    found: dict[int, list[int]] = {number: [] for number in range(1, MOST_SLIPS + 1)}
    for key, folded in names:
        name = _plain(folded)
        if pieces and not any(piece in name for piece in pieces):
            continue
        if len(letters.difference(name)) > MOST_SLIPS:
            continue
        fewest = _fewest(typed, name)
        if fewest in found and len(found[fewest]) < MOST_SIMILAR:
            found[fewest].append(key)
    return next((keys for keys in found.values() if keys), [])


def _fewest(typed: str, name: str) -> int:
    """The fewest slips between the typed text and any run of words in the name."""
    letters = _letters(typed)
    near = (
        _slips(typed, part)
        for part in _parts(name, len(typed))
        if len(letters.difference(part)) <= MOST_SLIPS  # one slip explains one letter
    )
    return min(near, default=MOST_SLIPS + 1)


def _pieces(typed: str) -> set[str]:
    """Parts of which a name with two slips holds at least one; none if they would be too short.
    Cut in three, and again a letter or two further on: a swap across a cut spoils two parts."""
    size, pieces = len(typed) // (MOST_SLIPS + 1), set[str]()
    for further in range(MOST_SLIPS + 1):
        cuts = (0, size + further, 2 * size + further, len(typed))
        cut = [typed[start:end] for start, end in pairwise(cuts)]
        if min(map(len, cut)) >= _SHORTEST_PIECE:
            pieces.update(cut)
    return pieces


def _parts(name: str, length: int) -> Iterator[str]:
    """Runs of whole words of `name` that are about as long."""
    shortest = max(SHORTEST_NAME, length - MOST_SLIPS)
    words = name.split(" ")
    for first in range(len(words)):
        part = words[first]
        for following in (*words[first + 1 :], None):
            if shortest <= len(part) <= length + MOST_SLIPS:
                yield part
            if following is None or len(part) > length + MOST_SLIPS:
                break
            part = f"{part} {following}"


@lru_cache(maxsize=16)
def _letters(typed: str) -> frozenset[str]:
    return frozenset(typed) - {" "}


_slips = lru_cache(maxsize=_KEPT_PAIRS)(slips)
