"""Export changes, one row each: streamed, uncapped, with fixed columns."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Change, Organization
from customers.services.audit.exports import record_export
from customers.services.changes.change_feed import customers_of, described
from customers.services.changes.change_filter import KIND_LABELS, ChangeFilter, changes_of
from customers.services.disclosures.declared import require_declared
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin, current_origin
from customers.services.history.differences import Event
from customers.services.wording.csv_and_jsonl import file_lines
from customers.services.wording.isolation import plain

CHANGE_COLUMNS = ("seen_at", "changed_after", "org_id", "name", "kinds", "what", "seen_with")
_TEXTS = {"org_id", "name", "what", "seen_with"}
_CHUNK = 500


def export_changes(user: AbstractBaseUser, wanted: ChangeFilter, format_: str) -> Iterator[str]:
    """The lines of an export in `format_` csv, excel or jsonl. Each organization is recorded."""
    require_declared(["export"])  # now: the rows are read after the view has returned
    record_export("changes", format_, user)
    rows = _recorded(user, wanted, current_origin())
    written = rows if format_ == "jsonl" else map(_as_cells, rows)
    return file_lines(format_, CHANGE_COLUMNS, written, texts=_TEXTS)


def _recorded(
    user: AbstractBaseUser, wanted: ChangeFilter, origin: Origin
) -> Iterator[dict[str, Any]]:
    found = changes_of(user, wanted).iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        customers = customers_of(chunk)
        record(user, customers.values(), "export", origin)
        for change, events in described(user, chunk, customers, wanted.kinds):
            yield _row(change, customers[change.organization_id].organization, events)


def _row(change: Change, organization: Organization, events: list[Event]) -> dict[str, Any]:
    kinds = [kind for kind in KIND_LABELS if any(event.kind == kind for event in events)]
    return {
        "seen_at": change.seen_at.isoformat(),
        "changed_after": change.after.isoformat(),
        "org_id": organization.org_id,
        "name": organization.name,
        "kinds": kinds,
        "what": [plain(event.sentence) for event in events],
        "seen_with": change.seen_with.get_username() if change.seen_with else None,
    }


def _as_cells(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"kinds": " ".join(row["kinds"]), "what": "; ".join(row["what"])}
