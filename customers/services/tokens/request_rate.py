"""How many requests a token may make per minute, over all processes of one database."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, connection

from customers.models import TokenRequests
from customers.services.tokens.authenticate import TokenRefused

_MINUTE = 60  # seconds
_COUNTS_ON = "kept.minute BETWEEN excluded.minute AND excluded.minute + 1"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of this minute, which ends in `resets_in` seconds. A limit of 0 is no limit."""

    limit: int
    remaining: int
    resets_in: int


class TooManyRequests(Exception):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__(f"The limit is {allowance.limit} requests per minute.")
        self.allowance = allowance


def take_request(token_id: int) -> Allowance:
    """Count a request. Raises TooManyRequests, and TokenRefused for a token that is deleted."""
    limit = settings.API_MAX_RPM
    if not limit:
        return Allowance(0, 0, 0)
    minute, second = divmod(int(time.time()), _MINUTE)
    try:
        count = _counted(token_id, minute)
    except IntegrityError as exc:
        raise TokenRefused from exc
    allowance = Allowance(limit, max(limit - count, 0), _MINUTE - second)
    if count > limit:
        raise TooManyRequests(allowance)
    return allowance


def _counted(token_id: int, minute: int) -> int:
    """One row per token, counted again from 1 in each minute; one statement, which locks it. A
    process whose clock is up to a minute behind counts on in the latest minute; one that is later
    still is from a clock set back."""
    table = connection.ops.quote_name(TokenRequests._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS kept (token_id, minute, count) VALUES (%s, %s, 1) "
            "ON CONFLICT (token_id) DO UPDATE SET "
            f"count = CASE WHEN {_COUNTS_ON} THEN kept.count + 1 ELSE 1 END, "
            f"minute = CASE WHEN {_COUNTS_ON} THEN kept.minute ELSE excluded.minute END "
            "RETURNING count",
            [token_id, minute],
        )
        return int(cursor.fetchone()[0])
