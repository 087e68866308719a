"""One user's credentials for the upstream, validated for use in HTTP headers."""

from dataclasses import dataclass, field

from customers.upstream.errors import BadSecret
from customers.upstream.message import Message

MAX_LENGTH = 4096
_API_KEY_WORDS = 3


@dataclass(frozen=True, slots=True)
class Secrets:
    """Username and password are set only if the user opted in to renewal."""

    api_key: str = field(repr=False)
    session_token: str = field(repr=False)
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def can_renew(self) -> bool:
        return bool(self.username and self.password)


def clean_api_key(text: str) -> str:
    return _clean_header_value(text, "api_key")


def clean_session_token(text: str) -> str:
    token = _clean_header_value(text, "session_token")
    return token.removeprefix("Bearer ").strip()


def api_key_warning(api_key: str) -> Message:
    """The reference shows three words, some official clients sent only the third."""
    words = api_key.split()
    if len(words) in {1, _API_KEY_WORDS}:
        return Message()
    return Message("api_key_unusual")


def _clean_header_value(text: str, name: str) -> str:
    value = text.strip()
    if not value:
        raise BadSecret(f"{name}_empty")
    if len(value) > MAX_LENGTH:
        raise BadSecret(f"{name}_too_long", most=MAX_LENGTH)
    if "\n" in value or "\r" in value:
        raise BadSecret(f"{name}_has_line_break")
    if not (value.isascii() and value.isprintable()):
        raise BadSecret(f"{name}_cannot_be_sent")
    return value
