"""The columns that lists can show: some of their own, and one for each fact beyond these."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.services.facts.fact import Fact
from customers.services.facts.table import FACTS


@dataclass(frozen=True, slots=True)
class Column:
    name: str  # as stored in preferences; for a fact, the fact's name
    label: Promise  # for a fact, as within a sentence
    width: float  # rem
    sort: str = ""  # a key of SORTS: the order of the first click
    fact: Fact | None = None
    of_worklists: bool = False  # whether it is empty in the list of all organizations


_OWN = (
    Column("state", _("State"), 8.5),
    Column("card", _("Payment method"), 11, "expiry"),
    Column("renewal", _("Renewal"), 6.25, "renewal"),
    Column("balance", _("Balance"), 6.25, "-balance"),
    Column("since", _("Since"), 7.5, "since", of_worklists=True),
    Column("owner", _("Owner"), 5.5),
    Column("checked", _("Checked"), 4.75, "checked"),
)
_EMAIL = Column("email", _("E-mail"), 14.5)
# The facts that the columns above show.
_SHOWN_ABOVE = {
    *("state", "delinquent", "brand", "last4", "exp_month", "exp_year", "expires_on"),
    *("next_renewal", "balance", "currency", "email"),
}
COLUMNS = (
    *_OWN,
    *(
        Column(fact.name, fact.label, 7, fact=fact)
        for fact in FACTS
        if fact.is_column and fact.name not in _SHOWN_ABOVE
    ),
    _EMAIL,
)
DEFAULT = tuple(column.name for column in (*_OWN, _EMAIL))
# Widths of the columns that every list has, in rem.
_BOXES, _LEAST_NAME = 2.5, 7.75
_REASONS = 16  # why a search found it
_WIDEST = 180  # the widest that the style sheet distinguishes


def chosen(
    names: Iterable[str], *, on_worklist: bool, is_search: bool = False
) -> list[tuple[Column, int]]:
    """The named columns in order, each with the list width in rem that leaves room for it."""
    wanted, width = set(names), _BOXES + _LEAST_NAME + (_REASONS if is_search else 0)
    found = []
    for column in COLUMNS:
        if column.name in wanted and (on_worklist or not column.of_worklists):
            width += column.width
            found.append((column, min(ceil(width), _WIDEST)))
    return found
