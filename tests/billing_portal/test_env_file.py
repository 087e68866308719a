"""`.env` as editors write it: with a byte order mark, in UTF-16, with the line ends of Windows."""

import logging
from io import StringIO
from typing import ClassVar

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from billing_portal.env_file import env_text
from tests.helpers.portals.checkout import REQUIRED, Checkout, assert_said_plainly

TEXT = '# Ümlaut\n\nSECRET_KEY=a "secret"\nexport DEBUG=on\n  # set in\nEMPTY=\n'
VALUES = {"SECRET_KEY": 'a "secret"', "DEBUG": "on", "EMPTY": ""}
READABLE = {
    "utf-8": TEXT.encode(),
    "a byte order mark": TEXT.encode("utf-8-sig"),
    "utf-16 of Notepad": b"\xff\xfe" + TEXT.encode("utf-16-le"),
    "utf-16, the other way": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "line ends of Windows": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
}
UNREADABLE = {
    "utf-16 without a mark": TEXT.encode("utf-16-le"),
    "utf-32": TEXT.encode("utf-32"),
    "latin-1": TEXT.encode("latin-1"),
    "half a character": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
}


def values_of(path) -> dict[str, str]:
    """What the library makes of it."""

    class Read(environ.Env):
        ENVIRON: ClassVar[dict[str, str]] = {}

    Read.read_env(StringIO(env_text(path)))
    return Read.ENVIRON


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE)
def test_it_is_read_in_every_form_that_editors_write(tmp_path, content):
    (tmp_path / ".env").write_bytes(content)

    assert values_of(tmp_path / ".env") == VALUES


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said(tmp_path, content):
    (tmp_path / ".env").write_bytes(content)

    with pytest.raises(ImproperlyConfigured, match=r"\.env .* save it as UTF-8") as raised:
        values_of(tmp_path / ".env")

    assert raised.value.__cause__ is None
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("line", ["SECRET_KEY = hidden", "hidden", "SECRET-KEY=hidden"])
def test_a_line_that_sets_nothing_is_said_and_not_logged(tmp_path, line, caplog):
    caplog.set_level(logging.DEBUG)
    (tmp_path / ".env").write_text(f"DEBUG=on\n{line}\n")

    with pytest.raises(ImproperlyConfigured, match=r"Line 2 of \.env") as raised:
        values_of(tmp_path / ".env")

    assert "hidden" not in str(raised.value) + caplog.text


def test_without_a_file_there_are_no_values(tmp_path):
    assert values_of(tmp_path / ".env") == {}


def test_a_file_that_may_not_be_read_is_said(tmp_path):
    (tmp_path / ".env").mkdir()

    with pytest.raises(ImproperlyConfigured, match=r"\.env cannot be read: Is a directory"):
        values_of(tmp_path / ".env")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_portal_starts_with_it(tmp_path, encoding):
    lines = [f"{name}={value}" for name, value in REQUIRED.items()]
    (tmp_path / ".env").write_text("\r\n".join(lines), encoding=encoding)

    assert Checkout(tmp_path).check({}).code == 0


def test_the_portal_says_so_at_its_start(tmp_path):
    (tmp_path / ".env").write_bytes("TIME_ZONE=Z\u00fcrich\n".encode("latin-1"))

    assert_said_plainly(Checkout(tmp_path).check(REQUIRED), ".env")
