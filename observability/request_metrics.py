"""Prometheus metrics of requests, shared by gunicorn's workers through files."""

import logging
import os
import struct
import threading
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MutexValue, ValueClass

logger = logging.getLogger(__name__)
_METHODS = {"GET", "HEAD", "POST"}
# Errors of truncated files.
_UNREADABLE = (OSError, ValueError, RuntimeError, struct.error)


class _Requests:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_failing = False
        self._begin()

    def count(self, view: str, method: str, status: int, seconds: float) -> None:
        with self._lock:
            try:
                self._open_again_if_removed()
                self._seconds.labels(view, method, str(status)).observe(seconds)
            except OSError as exc:
                self._warn_once(exc)
            else:
                self._is_failing = False

    def figures(self) -> bytes:
        if ValueClass is MutexValue:
            return generate_latest(self.registry)
        added_up = CollectorRegistry()
        try:
            Path(settings.METRICS_FOLDER).mkdir(parents=True, exist_ok=True)
            MultiProcessCollector(added_up)
            return generate_latest(added_up)
        except _UNREADABLE as exc:
            with self._lock:
                self._warn_once(exc)
            return b""

    def _begin(self) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "portal_http_request_seconds",
            "How long requests took, by the name of their view, method and status.",
            ("view", "method", "status"),
            buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 30),
            registry=self.registry,
        )

    def _open_again_if_removed(self) -> None:
        """Temporary-file cleaners may remove it; a new worker has none yet."""
        if ValueClass is MutexValue:
            return
        folder = Path(settings.METRICS_FOLDER)
        if not (folder / f"histogram_{os.getpid()}.db").exists():
            folder.mkdir(parents=True, exist_ok=True)
            ValueClass.close_all_files()
            self._begin()

    def _warn_once(self, error: Exception) -> None:
        if not self._is_failing:
            logger.warning("Requests are not counted: %s", error)
        self._is_failing = True


_requests = _Requests()


def note_request(view: str, method: str, status: int, seconds: float) -> None:
    _requests.count(view, method if method in _METHODS else "other", status, seconds)


def request_figures() -> bytes:
    """Empty while they cannot be read."""
    return _requests.figures()
