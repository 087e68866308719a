"""Keep-alive connections to the upstream, reused only after a clean exchange."""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

from customers.upstream.deadline import BoundedAdapter, Exchange, begin_exchange
from customers.upstream.errors import AccessDenied, OrganizationMissing, SessionExpired, SlowDown

# Refusals with a clear meaning. After any other error the connection is closed.
_CLEAR = (AccessDenied, OrganizationMissing, SessionExpired, SlowDown)


class Connections:
    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: deque[BoundedAdapter] = deque()
        _all.add(self)

    @contextmanager
    def lend(self, deadline: float) -> Iterator[tuple[BoundedAdapter, Exchange]]:
        """Kept only after a usual exchange that ended in success or a clear refusal."""
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
        """Without closing: a forked parent still uses the sockets."""
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


# A forked child would read from its parent's sockets, and get the parent's answers.
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_forget_all)
