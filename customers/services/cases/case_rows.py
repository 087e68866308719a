"""How the cases of the rows of a list stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.cases.standing import HANDLED, NOTHING, OPEN, SNOOZED, standing
from customers.services.wording.expiry import today
from customers.services.wording.formats import day_words


@dataclass(frozen=True, slots=True)
class CaseOfRow:
    standing: str  # "open", "snoozed", "handled", or "" if there is nothing to do
    owner: str  # the user name; "" if nobody has it
    snoozed_until: date | None

    @property
    def words(self) -> str:
        if self.standing == SNOOZED and self.snoozed_until:
            return gettext("snoozed until %(day)s") % {"day": day_words(self.snoozed_until)}
        return {OPEN: gettext("open"), HANDLED: gettext("handled"), NOTHING: ""}[self.standing]


def cases_of(customers: Iterable[Customer]) -> dict[int, CaseOfRow]:
    """By the keys of `customers`, which customers_shown_to gave: the cases that somebody owns or
    that are at rest. Only for those at rest has the database to work out whether they still are."""
    cases = [case for row in customers if (case := getattr(row, "case", None))]
    resting = resting_cases([it.pk for it in cases if it.snoozed_until or it.handled_at])
    found = {}
    for case in cases:
        stands, until = resting.get(case.pk, (OPEN, None))
        owner = case.present_owner
        found[case.pk] = CaseOfRow(stands, owner.get_username() if owner else "", until)
    return {key: case for key, case in found.items() if case.owner or key in resting}


def resting_cases(keys: list[int]) -> dict[int, tuple[str, date | None]]:
    """How these cases stand now, and until when they are snoozed if they are: both at once, since
    colleagues act on cases while a page is made."""
    if not keys:
        return {}
    rows = Customer.objects.filter(pk__in=among(keys))
    read = rows.values_list("pk", standing(today()), "case__snoozed_until")
    return {key: (stands, until if stands == SNOOZED else None) for key, stands, until in read}
