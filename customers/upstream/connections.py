"""Lend a connection to one call at a time, and keep only those that the next call can trust."""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

from customers.upstream.deadline import BoundedAdapter, Exchange, begin_exchange
from customers.upstream.errors import AccessDenied, OrganizationMissing, SessionExpired, SlowDown

# Refusals that say clearly what they mean; any other error ends the connection.
_CLEAR = (AccessDenied, OrganizationMissing, SessionExpired, SlowDown)


class Connections:
    """The connections to one upstream; `most` of them are kept between calls."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: deque[BoundedAdapter] = deque()
        _all.add(self)

    @contextmanager
    def lend(self, deadline: float) -> Iterator[tuple[BoundedAdapter, Exchange]]:
        """An adapter that holds one connection, for one exchange, until the answer is understood.

        The connection is kept if the block ends well or with a clear refusal, and nothing about the
        exchange was unusual. `deadline` is on the clock of time.monotonic().
        """
        adapter, exchange = self._take(), begin_exchange(deadline)
        is_understood = False
        try:
            yield adapter, exchange
            is_understood = True
        except _CLEAR:
            is_understood = True
            raise
        finally:
            if is_understood and exchange.is_usual and len(self._idle) < self._most:
                self._idle.append(adapter)
            else:
                adapter.close()

    def close(self) -> None:
        self._most = 0
        while self._idle:
            self._idle.pop().close()

    def forget(self) -> None:
        """Begin with none, and leave those there were to whoever else holds them."""
        self._idle = deque()

    def _take(self) -> BoundedAdapter:
        try:
            return self._idle.pop()
        except IndexError:
            return BoundedAdapter(pool_connections=1, pool_maxsize=1)


_all: WeakSet[Connections] = WeakSet()


def _forget_all() -> None:
    for connections in _all:
        connections.forget()


# A copy of this process would read from the same sockets, and take answers that are not its own.
if hasattr(os, "register_at_fork"):  # elsewhere none can be made
    os.register_at_fork(after_in_child=_forget_all)
