"""A scripted upstream that sends given bytes and records requests."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

PATIENCE, LOOK_EVERY = 10, 0.05  # seconds
CUT = None  # closes the connection

# The answer for an org id: bytes, pauses in seconds, CUT.
Script = Callable[[str], Iterable[bytes | float | None]]


class Asked(NamedTuple):
    org_id: str
    connection: int  # counted from 0


class Wire:
    """Answers each request with `script`, called with its org id."""

    def __init__(self, script: Script, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.heads: list[bytes] = []
        self._script, self._tls = script, tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._stopping, self._sent = threading.Event(), threading.Condition()
        self._answered: set[str] = set()
        self._ended: list[threading.Event] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        scheme = "https" if tls else "http"
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        return len(self._ended)

    def is_left(self, connection: int) -> bool:
        """Whether the client closes that connection now or soon."""
        return self._ended[connection].wait(PATIENCE)

    def wait_until_answered(self, org_id: str) -> None:
        """Wait until the whole answer to the first request about it was sent."""
        with self._sent:
            assert self._sent.wait_for(lambda: org_id in self._answered, PATIENCE)

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
                self._ended.append(threading.Event())
                serving = threading.Thread(
                    target=self._serve, args=(connection, len(self._ended) - 1)
                )
                self._threads.append(serving)
                serving.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with suppress(OSError), connection:
            served = (
                self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            )
            with served:
                while head := self._head(served):
                    org_id = head.split(b" ", 2)[1].decode().split("/")[-2]
                    self.asked.append(Asked(org_id, number))
                    self.heads.append(head)
                    if not self._send(served, org_id):
                        break
        self._ended[number].set()

    def _head(self, connection: socket.socket) -> bytes:
        """Of the next request; empty when the client has left."""
        connection.settimeout(LOOK_EVERY)
        head = b""
        while not head.endswith(b"\r\n\r\n") and not self._stopping.is_set():
            with suppress(TimeoutError):
                received = connection.recv(1)
                if not received:
                    return b""
                head += received
        return head

    def _send(self, connection: socket.socket, org_id: str) -> bool:
        connection.settimeout(PATIENCE)
        for part in self._script(org_id):
            if isinstance(part, bytes):
                connection.sendall(part)
            elif part is CUT or self._stopping.wait(part):
                return False
        with self._sent:
            self._answered.add(org_id)
            self._sent.notify_all()
        return True


@contextmanager
def wire(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    server = Wire(script, tls)
    try:
        yield server
    finally:
        server.stop()


def body_of(org_id: str) -> bytes:
    """A customer whose id shows the organization."""
    return json.dumps({"object": "customer", "id": f"cus_{org_id}"}).encode()


def answer(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", length: int = 0) -> bytes:
    """`length` is added to the Content-Length."""
    lines = [status, f"Content-Length: {len(body) + length}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def with_headers(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    """An answer with no other headers."""
    return "\r\n".join([status, *headers, "", ""]).encode() + body


def chunked(body: bytes, size: str = "", end: bytes = b"0\r\n\r\n") -> bytes:
    """One chunk, announced with `size` instead of its real size if given."""
    chunk = f"{size or format(len(body), 'x')}\r\n".encode() + body + b"\r\n"
    return with_headers(chunk + end, "Transfer-Encoding: chunked")


def beside(sent: bytes, header: str) -> bytes:
    """Append a header to an answer."""
    head, end, body = sent.partition(b"\r\n\r\n")
    return head + f"\r\n{header}".encode() + end + body
