"""A proxy that answers CONNECT as a test tells it, and then passes everything on."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from tests.upstream.wire import PATIENCE

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Tunnel:
    """`sent` answers each CONNECT: bytes, and pauses in seconds."""

    def __init__(self, sent: Iterable[bytes | float]) -> None:
        self.asked_for: list[bytes] = []
        self._sent = list(sent)
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def stop(self) -> None:
        self._stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._threads.append(threading.Thread(target=self._serve, args=(connection,)))
                self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                if not (received := connection.recv(1)):
                    return
                head += received
            target = head.split(b" ", 2)[1]
            self.asked_for.append(target)
            host, port = target.decode().rsplit(":", 1)
            with socket.create_connection((host, int(port))) as upstream:
                for part in self._sent:
                    if isinstance(part, bytes):
                        connection.sendall(part)
                    else:
                        self._stopping.wait(part)
                back = threading.Thread(target=self._pass_on, args=(upstream, connection))
                back.start()
                self._pass_on(connection, upstream)
                back.join(PATIENCE)

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        source.settimeout(0.05)
        with suppress(OSError):
            while not self._stopping.is_set():
                with suppress(TimeoutError):
                    data = source.recv(65_536)
                    if not data:
                        break
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@contextmanager
def tunnel(*sent: bytes | float) -> Iterator[Tunnel]:
    proxy = Tunnel(sent)
    try:
        yield proxy
    finally:
        proxy.stop()
