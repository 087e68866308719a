"""Speak UTF-8 on the standard streams, whatever encoding the locale asks for."""

import io
import sys


def speak_utf8() -> None:
    """To be called once, at the start of a process, before anything is read or written."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What is no UTF-8 is read and written as an escape, and ends nothing in the middle.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
