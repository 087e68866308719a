"""Write once more when the database was lost: locked for long, restarted, or its disk was full."""

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
    """What `write` returns, tried up to four times, each on a connection that works.

    It must be one transaction that may also be done twice, should the database have been lost
    after it had written all and before it could say so. Raises one of LOST in the end.
    """
    for pause in _PAUSES:
        try:
            return write()
        except LOST as exc:
            logger.warning("The database was lost (%s); trying again.", type(exc).__name__)
            connection.close()
            time.sleep(pause)
    return write()
