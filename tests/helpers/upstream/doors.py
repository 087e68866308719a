"""Upstreams that fail before they read a request."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def address(listener: socket.socket) -> str:
    host, port = listener.getsockname()
    return f"http://{host}:{port}"


@contextmanager
def refused() -> Iterator[str]:
    """Nothing listens at this address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = address(listener)
    yield url


@contextmanager
def reset_on_connect() -> Iterator[str]:
    """Resets every connection at once."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_throw_out, args=(listener,), daemon=True).start()
        yield address(listener)
        listener.shutdown(socket.SHUT_RDWR)


def _throw_out(listener: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()


@contextmanager
def never_accepted() -> Iterator[str]:
    """The backlog is full, so connections are never accepted."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for first in waiting:
            first.setblocking(False)
            first.connect_ex(listener.getsockname())
        yield address(listener)
        for first in waiting:
            first.close()


DOORS = {
    "refused": refused,
    "reset on connect": reset_on_connect,
    "never accepted": never_accepted,
}
