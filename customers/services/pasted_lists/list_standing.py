"""How each id of a pasted list stands with the user who pasted it: by what they may see, and by
Catalyze's answers to their own credentials; never by whether the portal knows an id."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser

from customers.database.key_parameters import among
from customers.models import Credentials, PastedId, PastedList
from customers.models.folding import fold
from customers.services.access.visible import oldest_valid, plainly_visible

# Organizations read per kind of id; many may share an e-mail address.
MOST_FOUND = 5_000

_Kind, _Result = PastedId.Kind, PastedId.Result


@dataclass(frozen=True)
class Standing:
    """`found`: the keys of the organizations that each id matches, by the id's place."""

    pasted_list: PastedList
    ids: list[PastedId]
    found: dict[int, list[int]]
    counts_since: datetime | None  # earlier results no longer count; None if none do
    is_capped: bool  # whether ids may match more than MOST_FOUND

    @cached_property
    def first_lines(self) -> dict[int, int]:
        first = dict[int, int]()
        for number, places in enumerate(self.pasted_list.lines, start=1):
            for place in places or ():
                for key in self.found.get(place, ()):
                    first.setdefault(key, number)
        return first

    @cached_property
    def lines_of_ids(self) -> dict[int, int]:
        first = dict[int, int]()
        for number, places in enumerate(self.pasted_list.lines, start=1):
            for place in places or ():
                first.setdefault(place, number)
        return first

    def result_of(self, one: PastedId) -> str:
        """Catalyze's last result for an id that was not found, if it still counts."""
        counts = one.asked_at and self.counts_since and one.asked_at >= self.counts_since
        return one.result if counts else ""

    def of(self, result: str) -> list[PastedId]:
        """The org ids that were not found and have this result."""
        return [one for one in self._missing(_Kind.ORG_ID) if self.result_of(one) == result]

    @cached_property
    def refused(self) -> list[PastedId]:
        return self.of(_Result.DENIED)

    @cached_property
    def unknown(self) -> list[PastedId]:
        return self.of(_Result.MISSING)

    @cached_property
    def unasked(self) -> list[PastedId]:
        """Includes ids with an answer that may no longer be shown."""
        settled = (_Result.DENIED, _Result.MISSING)
        return [one for one in self._missing(_Kind.ORG_ID) if self.result_of(one) not in settled]

    @cached_property
    def unfitting(self) -> list[PastedId]:
        """Customer ids and e-mail addresses that match nothing the user may see."""
        return [*self._missing(_Kind.CUSTOMER_ID, _Kind.EMAIL)]

    @cached_property
    def asked(self) -> int:
        return sum(1 for one in self.ids if self.result_of(one)) - sum(
            1 for one in self.unasked if self.result_of(one)
        )

    @property
    def to_ask(self) -> int:
        return self.asked + len(self.unasked)

    @property
    def lines_without_id(self) -> list[int]:
        return [
            number
            for number, line in enumerate(self.pasted_list.lines, start=1)
            if line is not None and not line
        ]

    def _missing(self, *kinds: str) -> Iterator[PastedId]:
        return (one for one in self.ids if one.kind in kinds and not self.found.get(one.place))


def standing_of(user: AbstractBaseUser, pasted_list: PastedList) -> Standing:
    """Runs the same statements whatever it finds."""
    ids = list(PastedId.objects.filter(pasted_list=pasted_list).order_by("place"))
    found, is_capped = _found(user, ids)
    return Standing(pasted_list, ids, found, still_counts_since(user), is_capped)


def still_counts_since(user: AbstractBaseUser) -> datetime | None:
    """From when answers are recent and of the present credentials; None without credentials."""
    own = Credentials.objects.filter(user_id=user.pk)
    since = own.values_list("proves_since", flat=True).first()
    return max(since, oldest_valid()) if since else None


def _found(user: AbstractBaseUser, ids: list[PastedId]) -> tuple[dict[int, list[int]], bool]:
    """By place, the keys of matching organizations that `user` may see; and whether capped."""
    by_kind: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in ids:
        for text in _looked_for(one):
            by_kind[one.kind][text].append(one.place)
    visible = plainly_visible(user)
    found: defaultdict[int, list[int]] = defaultdict(list)
    is_capped = False
    for kind, column in _COLUMNS.items():
        rows = visible.filter(**{f"{column}__in": among(by_kind[kind], "text")})
        pairs = list(rows.order_by("folded_name", "pk").values_list(column, "pk")[:MOST_FOUND])
        is_capped |= len(pairs) == MOST_FOUND
        for text, key in pairs:
            for place in by_kind[kind][text]:
                found[place].append(key)
    return found, is_capped


_COLUMNS = {
    _Kind.ORG_ID: "organization__org_id",
    _Kind.CUSTOMER_ID: "customer_id",
    _Kind.EMAIL: "folded_email",
}


def _looked_for(one: PastedId) -> Iterable[str]:
    if one.kind == _Kind.EMAIL:
        return [fold(one.text)]
    return {one.text, one.text.lower()} if one.kind == _Kind.ORG_ID else [one.text]
