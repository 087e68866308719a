"""Write the rows of answers and their payloads: of what says the same as before, only the times.

Most answers say what the last one said. Then one index of the row changes instead of all, and
nothing of its payload.
"""

from collections.abc import Mapping
from operator import attrgetter

from customers.database.bulk_write import update, upsert
from customers.database.key_parameters import among
from customers.models import Customer, Payload

_NOT_OF_THE_ANSWER = {"organization", "folded_name", "claimed_by", "lease_until"}
# What every answer and every failure writes, whether or not it says something new.
_OF_ASKING = (
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
_said = attrgetter(*(field.attname for field in _FIELDS if field.name not in _OF_ASKING))


def write_answers(stored: Mapping[int, Customer], rows: Mapping[int, Customer]) -> None:
    """Write `rows`, by the keys of their organizations; `stored` is what is there of them."""
    same = {key for key, row in stored.items() if key in rows and _said(row) == _said(rows[key])}
    new = [row for key, row in rows.items() if key not in same]
    upsert(new, ["organization"], [field.name for field in _FIELDS])
    update([row for key, row in rows.items() if key in same], "organization", _OF_ASKING)


def write_payloads(bodies: Mapping[int, bytes]) -> None:
    """Keep these bodies, by the keys of their organizations; an empty one ends what is kept."""
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
