"""A scripted proxy: answers CONNECT, then relays."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from tests.helpers.upstream.wire import CUT, PATIENCE

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Tunnel:
    """`sent` answers each CONNECT: bytes, pauses in seconds, CUT."""

    def __init__(self, sent: Iterable[bytes | float | None]) -> None:
        self.asked_for: list[bytes] = []
        self._sent = list(sent)
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets = [self._listener]
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def stop(self) -> None:
        self._stopping.set()
        for opened in self._sockets:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        for opened in self._sockets:
            opened.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._sockets.append(connection)
                self._start(self._serve, connection)

    def _start(self, target: Callable[..., None], *arguments: socket.socket) -> None:
        self._threads.append(threading.Thread(target=target, args=arguments))
        self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                if not (received := connection.recv(1)):
                    return
                head += received
            target = head.split(b" ", 2)[1]
            self.asked_for.append(target)
            host, port = target.decode().rsplit(":", 1)
            upstream = socket.create_connection((host, int(port)))
            self._sockets.append(upstream)
            for part in self._sent:
                if isinstance(part, bytes):
                    connection.sendall(part)
                elif part is CUT:
                    connection.shutdown(socket.SHUT_RDWR)
                    return
                else:
                    self._stopping.wait(part)
            self._start(_pass_on, upstream, connection)
            _pass_on(connection, upstream)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def tunnel(*sent: bytes | float | None) -> Iterator[Tunnel]:
    proxy = Tunnel(sent)
    try:
        yield proxy
    finally:
        proxy.stop()
