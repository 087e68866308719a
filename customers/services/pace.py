"""Keep calls to an even pace, shared by all threads and processes that use one API key.

Catalyze counts requests over all callers of a key (API.md, "Rate limits"), so the pace is kept in
the database. A caller reserves a few starts at once, so that it does not write for every call.
When Catalyze asks to slow down, everybody's rate is halved; each second of calls without that
raises it by a tenth, until it is full again.
"""

import threading
import time
from collections import deque
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from customers.models import KeyPace

_SLOWEST = 0.5  # calls a second
_SECOND = timedelta(seconds=1)
_CLIMB = 1.1  # times the rate, each second
_LONGEST_PAUSE = 60.0  # seconds of a Retry-After that are honoured
_CLOCK_SET_BACK = timedelta(minutes=10)


class Pace:
    """At most `per_second` calls a second with one key; 0 is no bound of our own."""

    def __init__(self, key_hash: str, per_second: float, reserves: float = 0.0) -> None:
        """`reserves` is how many seconds of calls to reserve at a time: 0 is one call."""
        self._key_hash = key_hash
        self._per_second = per_second
        self._reserves = reserves
        self._starts: deque[datetime] = deque()
        self._lock = threading.Lock()
        self._looked_at = 0.0  # when an unbounded pace last looked whether it has been slowed
        self._is_slowed = False
        self._calls = 0
        self._measured = 0.0  # calls in the second before that

    def wait(self) -> None:
        """Return when the next call may start."""
        with self._lock:
            if not self._is_bounded():
                return
            if not self._starts:
                self._starts.extend(self._reserve())
            start = self._starts.popleft()
        pause = (start - timezone.now()).total_seconds()
        if pause > 0:
            time.sleep(pause)

    def slow_down(self, retry_after: float | None = None) -> None:
        """Catalyze asked for fewer calls: halve the rate, and pause as long as it said.

        Many threads hear of one limit at once; the rate is halved once a second at most.
        """
        now = timezone.now()
        with self._lock, transaction.atomic():
            self._starts.clear()
            row = self._locked(now)
            if row.rate_changed_at is None or now - row.rate_changed_at >= _SECOND:
                rate = row.slow_rate or self._per_second or max(self._measured, self._calls)
                row.full_rate = row.full_rate or rate
                row.slow_rate, row.rate_changed_at = max(_SLOWEST, rate / 2), now
            if retry_after:
                pause = timedelta(seconds=min(retry_after, _LONGEST_PAUSE))
                row.free_from = max(row.free_from, now + pause)
            row.save()
            self._is_slowed = True

    def _is_bounded(self) -> bool:
        """Whether there is anything to wait for; an unbounded pace looks once a second."""
        if self._per_second:
            return True
        self._calls += 1
        if time.monotonic() - self._looked_at >= 1:
            slowed = KeyPace.objects.filter(pk=self._key_hash, slow_rate__isnull=False)
            self._is_slowed = slowed.exists()
            self._looked_at = time.monotonic()
            self._measured, self._calls = float(self._calls), 0
        return self._is_slowed

    def _reserve(self) -> list[datetime]:
        now = timezone.now()
        with transaction.atomic():
            row = self._locked(now)
            rate = self._climb(row, now)
            if rate is None:
                row.save()
                return [now]
            count = max(1, int(rate * self._reserves))
            first = max(row.free_from, now)
            if first - now > _CLOCK_SET_BACK:
                first = now
            row.free_from = first + _SECOND / rate * count
            row.save()
        return [first + _SECOND / rate * number for number in range(count)]

    def _climb(self, row: KeyPace, now: datetime) -> float | None:
        """The rate that holds now, raised by what went well since it last changed."""
        if row.slow_rate is None or row.rate_changed_at is None:
            return self._per_second or None
        seconds = int((now - row.rate_changed_at).total_seconds())
        if seconds > 0:
            row.slow_rate *= _CLIMB ** min(seconds, 100)
            row.rate_changed_at = now
        if row.slow_rate >= (row.full_rate or 0):
            row.slow_rate = row.full_rate = row.rate_changed_at = None
            return self._per_second or None
        return min(row.slow_rate, self._per_second or row.slow_rate)

    def _locked(self, now: datetime) -> KeyPace:
        KeyPace.objects.get_or_create(key_hash=self._key_hash, defaults={"free_from": now})
        return KeyPace.objects.select_for_update().get(key_hash=self._key_hash)
