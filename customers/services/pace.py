"""Keep calls to an even pace, shared by all threads and processes that use one API key.

Catalyze counts requests over all callers of a key (API.md, "Rate limits"), so the pace is kept in
the database. A caller reserves a few starts at once, so that it does not write for every call.
"""

import threading
import time
from collections import deque
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from customers.models import KeyPace


class Pace:
    """At most `per_second` calls a second with one key; 0 is no bound."""

    def __init__(self, key_hash: str, per_second: float, reserves: float = 0.0) -> None:
        """`reserves` is how many seconds of calls to reserve at a time: 0 is one call."""
        self._key_hash = key_hash
        self._interval = timedelta(seconds=1 / per_second) if per_second else timedelta(0)
        self._at_a_time = max(1, int(per_second * reserves))
        self._starts: deque[datetime] = deque()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when the next call may start."""
        if not self._interval:
            return
        with self._lock:
            if not self._starts:
                self._starts.extend(self._reserve())
            start = self._starts.popleft()
        pause = (start - timezone.now()).total_seconds()
        if pause > 0:
            time.sleep(pause)

    def _reserve(self) -> list[datetime]:
        now = timezone.now()
        with transaction.atomic():
            KeyPace.objects.get_or_create(key_hash=self._key_hash, defaults={"free_from": now})
            row = KeyPace.objects.select_for_update().get(key_hash=self._key_hash)
            first = max(row.free_from, now)
            if first - now > self._interval * 10_000:
                first = now  # the clock was set back
            row.free_from = first + self._interval * self._at_a_time
            row.save()
        return [first + self._interval * number for number in range(self._at_a_time)]
