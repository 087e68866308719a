import io
import sys


def speak_utf8() -> None:
    """Call once, before anything is read or written."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Escape undecodable bytes instead of failing midway.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
