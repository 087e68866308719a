"""What storing took, on either side of `benchmarks.storing`."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Taken(NamedTuple):
    rate: float  # customers a second
    cpu: float  # seconds of this process for a thousand customers, without the database server's


def take(customers: int, store: Callable[[], None]) -> Taken:
    started, cpu = time.perf_counter(), time.process_time()
    store()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return Taken(customers / seconds, cpu / customers * 1000)
