"""Write answers, changes and payloads; for an unchanged answer, only its times."""

from collections.abc import Mapping
from operator import attrgetter

from customers.database.bulk_write import update, upsert
from customers.database.key_parameters import among
from customers.models import Change, Customer, Payload
from customers.services.history.change_kinds import kinds_of
from customers.services.history.differences import differences

_OF_SYNCS = {"claimed_by", "lease_until", "asked_all_at"}
_NOT_OF_THE_ANSWER = _OF_SYNCS | {"organization", "folded_name"}
# Written after every attempt, even if the answer has not changed.
_OF_ATTEMPTS = (
    "asked_at",
    "checked_at",
    "checked_with",
    "attempted_at",
    "last_error_code",
    "last_error_params",
    "failing_since",
)
_FIELDS = [
    field for field in Customer._meta.concrete_fields if field.name not in _NOT_OF_THE_ANSWER
]
_content = attrgetter(*(field.attname for field in _FIELDS if field.name not in _OF_ATTEMPTS))


def write_answers(stored: Mapping[int, Customer], rows: Mapping[int, Customer]) -> None:
    """By organization key; `stored` is what the database has."""
    same = {
        key for key, row in stored.items() if key in rows and _content(row) == _content(rows[key])
    }
    new = [row for key, row in rows.items() if key not in same]
    upsert(new, ["organization"], [field.name for field in _FIELDS])
    update([row for key, row in rows.items() if key in same], "organization", _OF_ATTEMPTS)


def change_between(before: Customer, after: Customer) -> list[Change]:
    """One, or none; `after` is interpreted from an answer."""
    if before.asked_at is None or after.changed_at is None:
        return []
    if after.changed_at == before.changed_at:
        return []
    found = differences(before, after)
    if not found:
        return []
    return [
        Change(
            organization_id=after.organization_id,
            after=before.asked_at,
            seen_at=after.changed_at,
            seen_with_id=after.checked_with_id,
            differences=found,
            **dict.fromkeys(kinds_of(found), True),
        )
    ]


def write_payloads(bodies: Mapping[int, bytes]) -> None:
    """By organization key; an empty body deletes the payload."""
    if emptied := [key for key, body in bodies.items() if not body]:
        Payload.objects.filter(pk__in=among(emptied)).delete()
    stored = Payload.objects.filter(pk__in=among(bodies))
    same = {row.customer_id for row in stored if row.body == bodies[row.customer_id]}
    rows = [
        Payload(customer_id=key, compressed=Payload.compress(body))
        for key, body in bodies.items()
        if body and key not in same
    ]
    upsert(rows, ["customer"], ["compressed"])
