"""How many requests, of which view, how they went and how long they took, for Prometheus.

Under gunicorn the figures of all its workers are added up, through files in the folder that
gunicorn.conf.py makes.
"""

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MutexValue, ValueClass

_METHODS = {"GET", "HEAD", "POST"}
_own = CollectorRegistry()
_seconds = Histogram(
    "portal_http_request_seconds",
    "How long requests took, by the name of their view, method and status.",
    ("view", "method", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30),
    registry=_own,
)


def note_request(view: str, method: str, status: int, seconds: float) -> None:
    known = method if method in _METHODS else "other"
    _seconds.labels(view, known, str(status)).observe(seconds)


def request_registry() -> CollectorRegistry:
    """The figures of this process, or of all of gunicorn's."""
    if ValueClass is MutexValue:
        return _own
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
