"""Silent renewals as a table: a row for each month, a column for each brand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from customers.dashboard.reports.report_words import of_words
from customers.services.reports.silent_renewals import SilentRenewals

_MOST_BRANDS = 5  # besides "other" and all together


@dataclass(frozen=True, slots=True)
class RenewalTable:
    brands: list[str]
    rows: list[tuple[date, list[str], str]]  # the month, its brands, and all of them together


def renewal_table(found: SilentRenewals) -> RenewalTable:
    """The latest month first; brands beyond the most frequent go together."""
    totals = Counter[str]()
    for row in found.rows:
        totals[row.brand] += row.count
    brands = [brand for brand, _count in totals.most_common(_MOST_BRANDS)]
    has_others = len(totals) > len(brands)
    counts, silent = Counter[tuple[date, str]](), Counter[tuple[date, str]]()
    for row in found.rows:
        key = row.month, row.brand if row.brand in brands else _OTHERS
        counts[key] += row.count
        silent[key] += row.silent
    columns = [*brands, _OTHERS] if has_others else brands
    rows = [
        (
            whole.month,
            [_cell(silent[whole.month, it], counts[whole.month, it]) for it in columns],
            of_words(whole.silent, whole.count),
        )
        for whole in reversed(found.by_month)
        if whole.count
    ]
    names = [brand or _("unknown") for brand in brands]
    return RenewalTable([*names, _("other")] if has_others else names, rows)


# No brand of an answer has this name: names lose their control characters.
_OTHERS = "\0"


def _cell(silent: int, count: int) -> str:
    return _("%(part)s of %(count)s") % {"part": silent, "count": count} if count else "–"
