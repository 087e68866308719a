"""Notice that the upstream is down, so that a run stops instead of hammering it."""

from customers.services.checking.outcome import Outcome, Result

_LEAST = 20


class CircuitBreaker:
    """Open once that many calls in a row found the upstream unavailable, each after its retries."""

    def __init__(self, concurrency: int) -> None:
        # More than are under way at once, or one short fault would count as many.
        self.limit = max(_LEAST, 2 * concurrency)
        self._in_a_row = 0
        self.is_open = False

    def note(self, outcome: Outcome) -> None:
        """Any answer, a refusal too, shows that the upstream is alive."""
        self._in_a_row = self._in_a_row + 1 if outcome.result is Result.UNAVAILABLE else 0
        self.is_open = self.is_open or self._in_a_row >= self.limit
