"""What changed at all organizations whose past the caller may see, latest first."""

from collections.abc import Sequence
from datetime import datetime

from customers.api.answers.asked import Asked
from customers.api.answers.bounds import USUAL_ROWS, checked_limit
from customers.api.answers.changed import change_answer
from customers.api.answers.envelope import Answer, how_known, list_answer
from customers.api.answers.moments import NO_TIME, moment_in
from customers.api.problem import invalid
from customers.services.access.how_proved import kinds_of_proof
from customers.services.changes.change_counts import count_changes
from customers.services.changes.change_feed import ChangeLine, feed_behind
from customers.services.changes.change_filter import KIND_LABELS, ChangeFilter
from customers.services.changes.periods import day_begins, day_ends, first_day_of, iso_day
from customers.services.lists.keyset_paging import BadCursor
from customers.services.tokens.scopes import Scope


def changes(
    asked: Asked,
    since: str = "",
    until: str = "",
    kind: Sequence[str] = (),
    limit: int = USUAL_ROWS,
    cursor: str = "",
) -> Answer:
    """`since` and `until` are moments, or days, which are both meant whole. Raises Problem."""
    asked.require(Scope.READ)
    wanted = ChangeFilter(_kinds(kind), _begin(since), _end(until))
    try:
        found = feed_behind(asked.user, wanted, cursor, checked_limit(limit))
    except BadCursor as exc:
        raise invalid({"cursor": "is not one of these changes; begin again without it"}) from exc
    counts = count_changes(asked.user, wanted, set())
    asked.disclose(found.customers)
    by_key = {customer.pk: customer for customer in found.customers}
    proofs = kinds_of_proof(asked.user, found.customers)
    data = [
        _line(line, how_known(by_key[line.organization.pk], proofs[line.organization.pk]))
        for line in found.lines
    ]
    count = max(counts.all, len(data))
    is_capped = count > counts.cap
    return list_answer(data, found.next, min(count, counts.cap), is_capped=is_capped)


def _line(line: ChangeLine, known: Answer) -> Answer:
    organization = line.organization
    named = {"org_id": organization.org_id, "name": organization.name}
    return named | change_answer(line.change, line.events) | known


def _kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    if unknown := [kind for kind in kinds if kind not in KIND_LABELS]:
        known = ", ".join(KIND_LABELS)
        raise invalid({"kind": f"{unknown[0]!r} is none of: {known}"})
    return tuple(dict.fromkeys(kinds))


def _begin(text: str) -> datetime | None:
    if not text:
        return None
    day = first_day_of(text)
    return day_begins(day) if day else _moment_in("since", text)


def _end(text: str) -> datetime | None:
    if not text:
        return None
    day = iso_day(text)
    return day_ends(day) if day else _moment_in("until", text)


def _moment_in(name: str, text: str) -> datetime:
    if at := moment_in(text):
        return at
    raise invalid({name: NO_TIME})
