"""Return a pasted list to the spreadsheet it came from: one line for each pasted line."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer, PastedId
from customers.services.access.visible import customers_shown_to
from customers.services.audit.exports import record_export
from customers.services.disclosures.log import record
from customers.services.history.differences import method_of
from customers.services.lists.export import export_row
from customers.services.organizations.summary import badges
from customers.services.pasted_lists.list_standing import Standing
from customers.services.wording.csv_and_jsonl import tab_separated
from customers.services.wording.expiry import today
from customers.services.wording.isolation import plain


def spreadsheet_lines(user: AbstractBaseUser, standing: Standing, where: str) -> Iterator[str]:
    """Records the disclosures first. Several matches of one line are only counted."""
    texts = {one.place: one for one in standing.ids}
    alone = {keys[0] for line in _lines(standing) if len(keys := _keys(standing, line)) == 1}
    rows = {row.pk: row for row in customers_shown_to(user, sorted(alone))}
    record(user, rows.values(), where)
    record_export("organizations", "text", user)
    for line in standing.pasted_list.lines:
        if line is None:
            yield ""
            continue
        ids = [texts[place] for place in line]
        keys = _keys(standing, line)
        cells = _cells_of(rows[keys[0]]) if len(keys) == 1 and keys[0] in rows else None
        described = cells or ["", "", _instead(standing, ids, len(keys))]
        yield tab_separated([" ".join(one.text for one in ids), *described])


def _lines(standing: Standing) -> Iterator[Sequence[int]]:
    return (line for line in standing.pasted_list.lines if line)


def _keys(standing: Standing, line: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(key for place in line for key in standing.found.get(place, ())))


def _cells_of(customer: Customer) -> list[Any]:
    exported = export_row(customer)
    state = ", ".join(str(label) for _tone, label in badges(customer, today()))
    return [
        exported["name"],
        exported["org_id"],
        plain(state),
        plain(method_of(customer)),
        *(exported[name] for name in ("expires_on", "next_renewal", "balance_amount")),
        exported["currency"].upper() if exported["currency"] else "",
        f"{timezone.localtime(customer.checked_at):%Y-%m-%d %H:%M}" if customer.checked_at else "",
    ]


def _instead(standing: Standing, ids: Sequence[PastedId], count: int) -> str:
    if count:
        words = ngettext("%(count)s organization matches", "%(count)s organizations match", count)
        return words % {"count": count}
    if not ids:
        return _("No id in this line")
    return said_of(standing, ids[0])


def said_of(standing: Standing, one: PastedId) -> str:
    if one.kind != PastedId.Kind.ORG_ID:
        return _("No match")
    return {
        PastedId.Result.DENIED.value: _("No access (403)"),
        PastedId.Result.MISSING.value: _("Unknown to Catalyze (404)"),
    }.get(standing.result_of(one), _("Not asked yet"))
