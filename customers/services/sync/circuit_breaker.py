"""Detect that the upstream is down, so that a run stops."""

from customers.services.checking.outcome import Outcome, Result

_LEAST = 20


class CircuitBreaker:
    """Opens after `limit` unavailable results in a row, each after its retries."""

    def __init__(self, concurrency: int) -> None:
        # More than run concurrently, or one short fault would open it.
        self.limit = max(_LEAST, 2 * concurrency)
        self._in_a_row = 0
        self.is_open = False

    def note(self, outcome: Outcome) -> None:
        self._in_a_row = self._in_a_row + 1 if outcome.result is Result.UNAVAILABLE else 0
        self.is_open = self.is_open or self._in_a_row >= self.limit
