"""Mail servers, as far as signing in to one goes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class MailServer:
    """Offers to sign in, and answers that with `signed_in`. Keeps what it was sent."""

    def __init__(self, signed_in: str) -> None:
        self.commands: list[str] = []
        self._replies = {
            "EHLO": "250-mail.example\r\n250 AUTH PLAIN",
            "AUTH": signed_in,
            "QUIT": "221 Bye",
        }
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection, connection.makefile("rb") as lines:
                    connection.sendall(b"220 mail.example\r\n")
                    for line in lines:
                        command = line.split()[0].decode().upper()
                        self.commands.append(command)
                        reply = self._replies.get(command, "502 Not here")
                        connection.sendall(f"{reply}\r\n".encode())


@contextmanager
def mail_server(signed_in: str = "235 Welcome") -> Iterator[MailServer]:
    server = MailServer(signed_in)
    yield server
    server.stop()
