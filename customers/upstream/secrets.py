"""One user's credentials for the upstream, validated for use in HTTP headers."""

from dataclasses import dataclass, field

from customers.upstream.errors import BadSecret

MAX_LENGTH = 4096
_API_KEY_WORDS = 3


@dataclass(frozen=True, slots=True)
class Secrets:
    """No secret shows in a repr. Name and password are set only if the user opted in to renewal."""

    api_key: str = field(repr=False)
    session_token: str = field(repr=False)
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def can_renew(self) -> bool:
        return bool(self.username and self.password)


def clean_api_key(text: str) -> str:
    """Raises BadSecret if it cannot be sent."""
    return _clean_header_value(text, "API key")


def clean_session_token(text: str) -> str:
    """Raises BadSecret if it cannot be sent."""
    token = _clean_header_value(text, "session token")
    return token.removeprefix("Bearer ").strip()


def api_key_warning(api_key: str) -> str:
    """Only a warning: some official clients sent the third word alone."""
    words = api_key.split()
    if len(words) in {1, _API_KEY_WORDS}:
        return ""
    return (
        "The API key has an unusual form: most are three words, such as "
        "“browser api.catalyze.io 0123456789abcdef”. It was kept as it is."
    )


def _clean_header_value(text: str, name: str) -> str:
    value = text.strip()
    if not value:
        raise BadSecret(f"The {name} is empty; paste it whole.")
    if len(value) > MAX_LENGTH:
        raise BadSecret(f"The {name} is longer than {MAX_LENGTH} characters; paste it alone.")
    if "\n" in value or "\r" in value:
        raise BadSecret(f"The {name} holds a line break; paste it as one line.")
    if not (value.isascii() and value.isprintable()):
        raise BadSecret(
            f"The {name} holds a character that cannot be sent in a header; copy it again."
        )
    return value
