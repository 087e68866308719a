"""Write and read headers quickly: the usual ones, and all others as http.client does.

http.client checks each header that it sends, and has its e-mail parser read what comes. For the
few headers of one small answer that takes longer than the answer itself.
"""

import http.client
import re
from functools import lru_cache
from typing import Any, cast

_HEAD = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9]{2}) ([^\r\n]*)((?:\r\n[A-Za-z0-9-]+:[^\r\n]*)+)\r\n\r\n"
)
_HEADER = re.compile(rb"\r\n([A-Za-z0-9-]+):[ \t]*([^\r\n]*)")
_LENGTH = re.compile(rb"[0-9]{1,18}")
_BODILESS = {http.client.NO_CONTENT, http.client.NOT_MODIFIED}


class QuickRequest(http.client.HTTPConnection):
    def putheader(self, header: str | bytes, *values: Any) -> None:
        """One header. What it says was checked where it was made, once for all calls."""
        cast(Any, self)._output(_line(header, *values))


class QuickResponse(http.client.HTTPResponse):
    """An answer to anything but HEAD, whose answers have a length and no body."""

    def begin(self) -> None:
        """Read status and headers."""
        head = _HEAD.match(self.fp.peek()) if self.headers is None else None
        if head is None or not self._takes(head):
            super().begin()

    def _takes(self, head: re.Match[bytes]) -> bool:
        """Whether it is an answer of known length on a connection that stays open."""
        pairs = _HEADER.findall(head[3])
        known = {name.lower(): value for name, value in pairs}
        length = known.get(b"content-length", b"")
        status = int(head[1])
        if not _LENGTH.fullmatch(length) or len(known) < len(pairs) or status in _BODILESS:
            return False
        if b"transfer-encoding" in known or b"connection" in known:
            return False
        self.fp.read(head.end())
        self.code = self.status = status
        self.reason = head[2].decode("latin-1").strip()
        self.version = 11
        self.headers = self.msg = http.client.HTTPMessage()
        for name, value in pairs:
            self.headers.set_raw(name.decode("latin-1"), value.decode("latin-1"))
        self.chunked = self.will_close = False
        self.length = int(length)
        return True


@lru_cache(maxsize=64)
def _line(header: str | bytes, *values: Any) -> bytes:
    """One header as it is sent; the same few are sent with every call."""
    line = b": ".join(map(_encoded, (header, *values)))
    if len(values) != 1 or b"\n" in line or b"\r" in line:
        raise ValueError("A header has one value, which cannot hold a line break.")
    return line


def _encoded(text: str | bytes) -> bytes:
    return text.encode("latin-1") if isinstance(text, str) else text
