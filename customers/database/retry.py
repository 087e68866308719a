"""Retry writes after a lock timeout, a restart of the database, or a full disk."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)

Written = TypeVar("Written")

LOST = (OperationalError, InterfaceError)
_PAUSES = (0.5, 2.0, 8.0)  # seconds


def try_again(write: Callable[[], Written]) -> Written:
    """`write` is one transaction that may run twice. Raises the last error of LOST."""
    for pause in _PAUSES:
        try:
            return write()
        except LOST as exc:
            logger.warning("The database was lost (%s); trying again.", type(exc).__name__)
            connection.close()
            time.sleep(pause)
    return write()
