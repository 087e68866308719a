"""Keep calls to an even pace, whatever the number of threads."""

import threading
import time

_BURST = 1.0  # seconds of unused pace that may be made up for at once


class Pace:
    """At most `per_second` calls a second on average; 0 is no bound."""

    def __init__(self, per_second: float) -> None:
        self._interval = 1 / per_second if per_second else 0.0
        self._next = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when the next call may start."""
        if not self._interval:
            return
        with self._lock:
            now = time.monotonic()
            self._next = max(self._next, now - _BURST) + self._interval
            pause = self._next - now
        if pause > 0:
            time.sleep(pause)
