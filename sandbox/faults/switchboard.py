"""Choose the fault for the next call."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sandbox.faults.broken_deliveries import BROKEN_DELIVERIES
from sandbox.faults.wrong_answers import WRONG_ANSWERS
from sandbox.parameters import FaultError, Parameters, filled_in, is_number, is_whole
from sandbox.routes import CUSTOMER, ROUTES, Call

FAULT_KINDS = (*WRONG_ANSWERS, *BROKEN_DELIVERIES)
COMMON = ("kind", "share", "org", "times", "route")


@dataclass(slots=True)
class Fault:
    """Hits `share` of the matching calls, or only the first `times` if that is set."""

    kind: str
    share: float
    org: str | None
    times: int | None
    route: str
    parameters: Parameters

    def matches(self, call: Call) -> bool:
        return self.route == call.route and self.times != 0 and self.org in (None, call.org_id)

    def described(self) -> dict[str, Any]:
        common = {name: getattr(self, name) for name in COMMON}
        return {name: value for name, value in common.items() if value is not None} | dict(
            self.parameters
        )


class Faults:
    def __init__(self, seed: int, at_start: list[Fault]) -> None:
        self._seed = seed
        self.replace(at_start)

    def replace(self, faults: list[Fault]) -> None:
        """Also resets the dice, so that runs repeat."""
        self._rng = Random(f"{self._seed} faults")
        self.faults = faults

    def next_for(self, call: Call) -> Fault | None:
        for fault in self.faults:
            if fault.matches(call) and self._rng.random() < fault.share:
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None


def read_faults(value: object) -> list[Fault]:
    """Raises FaultError about the first bad fault."""
    if not isinstance(value, list):
        raise FaultError('Send a JSON list of faults, such as [{"kind": "503", "share": 0.5}].')
    return [read_fault(item) for item in value]


def read_fault(item: object) -> Fault:
    if not isinstance(item, Mapping) or "kind" not in item:
        raise FaultError('Each fault is a JSON object with a "kind".')
    kind = item["kind"]
    if kind not in FAULT_KINDS:
        raise FaultError(f'There is no fault "{kind}". The kinds are: {", ".join(FAULT_KINDS)}.')
    known = (WRONG_ANSWERS | BROKEN_DELIVERIES)[kind].parameters
    own = {name: value for name, value in item.items() if name not in COMMON}
    return Fault(
        kind, _share(item), _org(item), _times(item), _route(item), filled_in(kind, known, own)
    )


def _share(item: Mapping[str, Any]) -> float:
    share = item.get("share", 1)
    if not is_number(share) or not 0 <= share <= 1:
        raise FaultError('The "share" of a fault is a number from 0 to 1.')
    return float(share)


def _org(item: Mapping[str, Any]) -> str | None:
    org = item.get("org")
    if org is not None and not isinstance(org, str):
        raise FaultError('The "org" of a fault is an org id.')
    return org


def _times(item: Mapping[str, Any]) -> int | None:
    times = item.get("times")
    if times is not None and (not is_whole(times) or times < 0):
        raise FaultError('The "times" of a fault is a whole number, 0 or more.')
    return times


def _route(item: Mapping[str, Any]) -> str:
    route = item.get("route", CUSTOMER)
    if route not in ROUTES:
        raise FaultError(f'The "route" of a fault is one of {", ".join(ROUTES)}.')
    return str(route)
