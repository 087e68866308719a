"""For a sync in the foreground: show its progress, and stop it by a signal."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper
from tqdm import tqdm

from customers.services.sync.report import Report
from customers.services.sync.runner import Sync

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress(stdout: OutputWrapper, stderr: OutputWrapper) -> Iterator[Callable[[Report], None]]:
    """A progress bar on a terminal, occasional plain lines elsewhere."""
    if stderr.isatty():
        with tqdm(total=0, unit="org") as bar:
            yield lambda report: _advance(bar, report)
        return
    said_at = time.monotonic()

    def say(report: Report) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= _SECONDS_BETWEEN_LINES:
            said_at = time.monotonic()
            stdout.write(f"{report.checked} of {report.due} checked")
            stdout.flush()

    yield say


def _advance(bar: tqdm, report: Report) -> None:
    bar.total = report.due
    bar.update(report.checked - bar.n)


@contextmanager
def stopped_by_signals(sync: Sync) -> Iterator[None]:
    """After SIGTERM or Ctrl-C, finish the current batch and end with the counts so far."""
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: sync.stop()) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
