"""Errors of upstream calls, grouped by what the caller can do. Messages contain no secrets."""


class CatalyzeError(Exception):
    """Base of all errors of an upstream call."""


class BadSecret(CatalyzeError):
    """A key, token, user name or password cannot be sent: paste it again."""


class BadOrgId(CatalyzeError):
    """The org id cannot be sent: correct it."""


class SessionExpired(CatalyzeError):
    """401: the session is no longer valid; sign in again."""


class AccessDenied(CatalyzeError):
    """403: these credentials may not see the organization."""


class OrganizationMissing(CatalyzeError):
    """404: no such organization for these credentials."""


class NoAnswer(CatalyzeError):
    """Nothing was learned. The stored answer stays; an immediate retry would not help."""


class Unavailable(NoAnswer):
    """A temporary fault, worth a retry. `retry_after` is in seconds, if the upstream sent it."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class SlowDown(Unavailable):
    """Too many requests for this API key."""


class InvalidAnswer(NoAnswer):
    """The upstream sent something that its route does not promise."""
