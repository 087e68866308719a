"""Count calls, and requests that the portal should never send."""

from collections import Counter, deque

from sandbox.routes import Call

# Enough to see what went wrong; the count itself has no limit.
UNDOCUMENTED_KEPT = 100


class RequestCounts:
    def __init__(self) -> None:
        self.start_again()

    def start_again(self) -> None:
        self._calls: Counter[tuple[Call, int | str]] = Counter()
        self._faults: Counter[str] = Counter()
        self._undocumented = 0
        self._undocumented_calls: deque[str] = deque(maxlen=UNDOCUMENTED_KEPT)
        self._at_once = 0
        self._max_at_once = 0

    def arrives(self) -> None:
        self._at_once += 1
        self._max_at_once = max(self._max_at_once, self._at_once)

    def leaves(self) -> None:
        # A call may still be running when the counts are reset.
        self._at_once = max(0, self._at_once - 1)

    def add(self, call: Call, outcome: int | str) -> None:
        self._calls[call, outcome] += 1

    def add_fault(self, kind: str) -> None:
        self._faults[kind] += 1

    def add_undocumented(self, method: str, path: str) -> None:
        self._undocumented += 1
        self._undocumented_calls.append(f"{method} {path}")

    def report(self, org_id: str | None = None) -> dict[str, object]:
        calls: dict[str, Counter[str]] = {}
        for (call, outcome), number in self._calls.items():
            if org_id in (None, call.org_id):
                calls.setdefault(call.route, Counter())[str(outcome)] += number
        if org_id is not None:
            return {"org": org_id, "calls": calls}
        return {
            "calls": calls,
            "total": self._calls.total(),
            "faults": self._faults,
            "undocumented": self._undocumented,
            "undocumented_calls": list(self._undocumented_calls),
            "max_concurrent": self._max_at_once,
        }
