"""Results of one side of `benchmarks.storing`."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Taken(NamedTuple):
    rate: float  # customers per second
    cpu: float  # CPU seconds per thousand customers, without the database server


def take(customers: int, store: Callable[[], None]) -> Taken:
    started, cpu = time.perf_counter(), time.process_time()
    store()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return Taken(customers / seconds, cpu / customers * 1000)
