"""The rows of a list in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.dashboard.isolates import isolates
from customers.dashboard.lists.cell_parts import Cell
from customers.dashboard.lists.cells import cell_of
from customers.dashboard.lists.heads import css_of
from customers.dashboard.organizations.came_from import url_from_list
from customers.models import Customer
from customers.services.cases.case_rows import CaseOfRow, cases_of
from customers.services.lists.columns import Column
from customers.services.lists.shared_cards import Shared
from customers.services.lists.worklists import Worklist
from customers.services.search.match_reasons import Reasons
from customers.services.wording.expiry import today
from customers.services.wording.isolation import isolated

_PICK = (
    '<tr id="o{}"><td class="pick"><label><span class="visually-hidden">{}</span>'
    '<input type="checkbox" name="org" value="{}"'
)
_WHO = (
    '<th class="who" scope="row"><a class="name" href="{0}" title="{1}"><bdi>{1}</bdi></a>{2}</th>'
)
_SHARES = ' <a class="shares" href="{0}" title="{1}">{1}</a>'


@dataclass(slots=True)
class Row:
    org_id: str
    pick: SafeString  # the row's beginning, up to its check box, which may still be ticked
    who: SafeString  # the cell with the name
    why: list[SafeString]
    against: list[SafeString]
    cells: SafeString  # one for each column
    place: str = ""  # the line of a pasted list that it is on


def rows(
    user: User,
    customers: Sequence[Customer],
    match_reasons: Iterable[Reasons],
    shared: dict[int, Shared],
    worklist: Worklist | None,
    columns: Sequence[tuple[Column, int]],
    query: str,
) -> Iterator[Row]:
    day, now = today(), timezone.now()
    cases = _cases(customers, columns)
    sayings = [
        (_openings(column, room), cell_of(column, user, worklist, cases, day, now))
        for column, room in columns
    ]
    select_label = _("Select %(organization)s")
    lists = reverse("organizations")

    def shares(card: Shared, org_id: str) -> SafeString:
        address = f"{lists}?{urlencode({'card_of': org_id})}"
        return format_html(_SHARES, address, _pays(card))

    for customer, why in zip(customers, match_reasons, strict=True):
        organization = customer.organization
        name = str(organization)
        label = isolates(select_label % {"organization": isolated(name)})
        url = url_from_list(organization.get_absolute_url(), query)
        found = shared.get(customer.pk)
        yield Row(
            org_id=organization.org_id,
            pick=format_html(_PICK, customer.pk, label, organization.org_id),
            who=format_html(_WHO, url, name, shares(found, organization.org_id) if found else ""),
            why=[isolates(reason) for reason in why.fits],
            against=[isolates(reason) for reason in why.against],
            cells=mark_safe("".join(_cell(opening, say(customer)) for opening, say in sayings)),
        )


def _cases(
    customers: Sequence[Customer], columns: Sequence[tuple[Column, int]]
) -> dict[int, CaseOfRow]:
    is_shown = any(column.name == "owner" for column, _room in columns)
    return cases_of(customers) if is_shown else {}


def _openings(column: Column, room: int) -> tuple[str, str]:
    """How a column's cells begin: those that say something, and those that say nothing."""
    labels = {"renewal": _("renews"), "since": _("since")}
    label = labels.get(column.name, "")
    said = format_html(' data-label="{}"', label) if label else ""
    css = css_of(column, room)
    return (
        format_html('<td class="{}"{}', css, said),
        format_html('<td class="{} nothing"{}', css, said),
    )


def _cell(openings: tuple[str, str], cell: Cell) -> str:
    said, title = cell
    opening = openings[said == "–"]
    return f'{opening} title="{title}">{said}</td>' if title else f"{opening}>{said}</td>"


def _pays(shared: Shared) -> str:
    if shared.is_capped:
        return _("pays for %(count)s+ organizations") % {"count": shared.count}
    return ngettext(
        "pays for %(count)s organization", "pays for %(count)s organizations", shared.count
    ) % {"count": shared.count}
