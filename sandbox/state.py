"""The state of a running sandbox, and its reset."""

from dataclasses import dataclass, field
from datetime import date

from sandbox.faults.switchboard import Fault, Faults
from sandbox.request_counts import RequestCounts
from sandbox.world.people import People
from sandbox.world.world import World, WorldOptions


@dataclass(frozen=True, slots=True)
class Start:
    world: WorldOptions = field(default_factory=lambda: WorldOptions(today=date.today()))
    faults: tuple[Fault, ...] = ()
    latency: float = 0.0


class SandboxState:
    def __init__(self, start: Start) -> None:
        self._start = start
        self.world = World(start.world)
        self.people = People(start.world.seed)
        self.counts = RequestCounts()
        self.faults = Faults(start.world.seed, list(start.faults))
        self.latency = start.latency
        self.clock_ahead = 0.0  # seconds

    def reset(self) -> None:
        self.world.forget_changes()
        self.people.expire()
        self.counts.start_again()
        self.faults.replace(list(self._start.faults))
        self.latency = self._start.latency
        self.clock_ahead = 0.0
