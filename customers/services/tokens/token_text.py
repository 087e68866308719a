"""The text of a token: a prefix, 30 random characters, and a checksum, as GitHub's tokens have.
Secret scanners find `bpt_[0-9A-Za-z]{36}` and tell a token from a lookalike by the checksum."""

import hashlib
import re
import secrets
import string
from zlib import crc32

from django.views.decorators.debug import sensitive_variables

_PREFIX = "bpt_"
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_RANDOM_LENGTH = 30  # 178 bits
_CHECKSUM_LENGTH = 6  # holds every CRC-32
_TOKEN = re.compile(rf"{_PREFIX}[0-9A-Za-z]{{{_RANDOM_LENGTH + _CHECKSUM_LENGTH}}}")


@sensitive_variables("text")
def new_token_text() -> str:
    text = _PREFIX + "".join(secrets.choice(_DIGITS) for _ in range(_RANDOM_LENGTH))
    return text + _checksum(text)


@sensitive_variables("text")
def is_token_text(text: str) -> bool:
    """Whether it could be a token; tells typing errors and garbage without a query."""
    if _TOKEN.fullmatch(text) is None:
        return False
    return _checksum(text[:-_CHECKSUM_LENGTH]) == text[-_CHECKSUM_LENGTH:]


@sensitive_variables("text")
def digest_of(text: str) -> str:
    """A fast hash is enough: 178 random bits cannot be guessed, however fast each guess is."""
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(text: str) -> str:
    rest, digits = crc32(text.encode()), ""
    for _ in range(_CHECKSUM_LENGTH):
        rest, digit = divmod(rest, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits
