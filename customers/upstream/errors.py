"""Errors of an upstream call, by what the caller can do. They contain no secret and no body."""

from customers.upstream.message import MessageError, Value


class CatalyzeError(MessageError):
    """Base class."""


class BadSecret(CatalyzeError):
    """A key, token, username or password cannot be sent: paste it again."""


class BadOrgId(CatalyzeError):
    """The org id cannot be sent: correct it."""


class SessionExpired(CatalyzeError):
    """401: sign in again."""


class AccessDenied(CatalyzeError):
    """403: these credentials may not see the organization."""


class OrganizationMissing(CatalyzeError):
    """404: no such organization for these credentials."""


class NoAnswer(CatalyzeError):
    """Nothing was learned: the stored answer stays, and an immediate retry would not help."""


class Unavailable(NoAnswer):
    """A temporary fault, worth a retry; after `retry_after` seconds, if the upstream said so."""

    def __init__(self, code: str, /, retry_after: float | None = None, **params: Value) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after


class SlowDown(Unavailable):
    """Too many requests with this API key."""


class InvalidAnswer(NoAnswer):
    """The upstream sent something that its route does not promise."""
