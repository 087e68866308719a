"""A rate limit shared by all threads and processes that use one API key, kept in the database:
Catalyze counts requests over all callers of a key (API.md, "Rate limits"). It is halved when
Catalyze asks to slow down, and each second without such an answer raises it by a tenth."""

import threading
import time
from collections import deque
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from customers.models import KeyRateLimit

_SLOWEST = 0.5  # calls per second
_SECOND = timedelta(seconds=1)
_RECOVERY = 1.1  # factor per second
_LONGEST_PAUSE = 60.0  # seconds; a longer Retry-After is cut to this
_PATIENCE = 2.0  # most seconds that a page waits while calls are slowed down
_CLOCK_SET_BACK = timedelta(minutes=10)


class RateLimit:
    """`per_second` of 0 means no limit of our own."""

    def __init__(self, key_hash: str, per_second: float) -> None:
        self._key_hash = key_hash
        self._per_second = per_second
        self._starts: deque[datetime] = deque()
        self._ready = threading.Condition()
        self._over = threading.Event()
        self._is_free = not per_second  # no limit applies
        self._is_slowed = False
        self._asked_to_slow: float | None = None  # seconds, since the last reserve()
        self._calls, self._counted_since = 0, time.monotonic()
        self._measured = 0.0  # calls per second, recently
        self._slowdown_checked_at = 0.0

    def acquire(self) -> None:
        """For a page: wait one interval at most (_PATIENCE if slowed), ahead of a sync's starts."""
        self.reserve()
        interval = 1 / self._per_second if self._per_second else 0.0
        self.wait(_PATIENCE if self._is_slowed else interval)

    def wait(self, longest: float = float("inf")) -> None:
        """Wait for the next start, but at most `longest` seconds. Thread-safe."""
        if self._is_free:
            self._calls += 1  # a lost update does not matter here
            return
        with self._ready:
            self._calls += 1
            while self._missed_its_start():
                self._starts.popleft()  # do not accumulate unused starts
            self._ready.wait_for(lambda: self._is_free or self._starts or self._over.is_set())
            start = self._starts.popleft() if self._starts else None
        if start and (pause := (start - timezone.now()).total_seconds()) > 0:
            self._over.wait(min(pause, longest))

    def slow_down(self, retry_after: float | None = None) -> None:
        """`retry_after` is in seconds. Thread-safe."""
        with self._ready:
            pause = min(retry_after or 0.0, _LONGEST_PAUSE)
            self._asked_to_slow = max(self._asked_to_slow or 0.0, pause)
            self._starts.clear()

    def close(self) -> None:
        """Release all waiting threads: the run is over."""
        self._over.set()
        with self._ready:
            self._ready.notify_all()

    def reserve(self, seconds: float = 0.0) -> None:
        """Reserve starts for `seconds`, at least one, and store slow-downs. Uses the database."""
        with self._ready:
            asked, self._asked_to_slow = self._asked_to_slow, None
            self._measure()
            has_enough = self._has_enough(_SECOND * seconds / 2)
        if asked is None and (has_enough or not self._is_bounded()):
            return
        starts = self._reserved(asked, seconds)
        with self._ready:
            self._starts.extend(starts)
            self._is_free = not starts
            self._ready.notify_all()

    def _has_enough(self, time_ahead: timedelta) -> bool:
        if not self._starts:
            return False
        now = timezone.now()
        is_behind = time_ahead and now - self._starts[0] > time_ahead
        return bool(is_behind) or self._starts[-1] - now > time_ahead

    def _missed_its_start(self) -> bool:
        return bool(self._starts) and timezone.now() - self._starts[0] > _SECOND

    def _measure(self) -> None:
        passed = time.monotonic() - self._counted_since
        if passed >= 1:
            self._measured = self._calls / passed
            self._calls, self._counted_since = 0, time.monotonic()

    def _is_bounded(self) -> bool:
        if self._per_second or not self._is_free:
            return True
        if time.monotonic() - self._slowdown_checked_at < 1:
            return False
        self._slowdown_checked_at = time.monotonic()
        return KeyRateLimit.objects.filter(pk=self._key_hash, slow_rate__isnull=False).exists()

    def _reserved(self, asked_to_slow: float | None, seconds: float) -> list[datetime]:
        now = timezone.now()
        with transaction.atomic():
            KeyRateLimit.objects.get_or_create(key_hash=self._key_hash, defaults={"free_from": now})
            row = KeyRateLimit.objects.select_for_update().get(key_hash=self._key_hash)
            if asked_to_slow is not None:
                self._slow(row, now, asked_to_slow)
            rate = self._recover(row, now)
            self._is_slowed = row.slow_rate is not None
            count = max(1, int(rate * seconds)) if rate else 0
            first = max(row.free_from, now)
            if first - now > _CLOCK_SET_BACK:
                first = now
            interval = _SECOND / rate if rate else timedelta(0)
            row.free_from = first + interval * count
            row.save()
        return [first + interval * number for number in range(count)]

    def _slow(self, row: KeyRateLimit, now: datetime, pause: float) -> None:
        """At most once per second: many threads get the same 429."""
        row.free_from = max(row.free_from, now + timedelta(seconds=pause))
        if row.rate_changed_at is None or now - row.rate_changed_at >= _SECOND:
            rate = row.slow_rate or self._per_second or max(self._measured, 2 * _SLOWEST)
            row.full_rate = row.full_rate or rate
            row.slow_rate, row.rate_changed_at = max(_SLOWEST, rate / 2), now

    def _recover(self, row: KeyRateLimit, now: datetime) -> float:
        if row.slow_rate is None or row.rate_changed_at is None:
            return self._per_second
        seconds = int((now - row.rate_changed_at).total_seconds())
        if seconds > 0:
            row.slow_rate *= _RECOVERY ** min(seconds, 100)
            row.rate_changed_at = now
        if row.slow_rate >= (row.full_rate or 0):
            row.slow_rate = row.full_rate = row.rate_changed_at = None
            return self._per_second
        return min(row.slow_rate, self._per_second or row.slow_rate)
