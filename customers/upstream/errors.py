"""What can go wrong when the upstream is asked, cut by what the caller can do about it.

    CatalyzeError
    ├── BadSecret           the key or token cannot be sent at all: paste it again
    ├── BadOrgId            the org id cannot be sent at all: correct it
    ├── SessionExpired      401: sign in again
    ├── AccessDenied        403: these credentials may not see this organization
    ├── OrganizationMissing 404: no such organization for these credentials
    └── NoAnswer            nothing was learned; the stored answer stays
        ├── Unavailable     a passing fault: the same call may succeed soon
        │   └── SlowDown    too many requests: call less often
        └── InvalidAnswer   the upstream answered something that cannot be used

No code and no parameter holds a secret or a part of a body.
"""

from customers.upstream.message import MessageError, Value


class CatalyzeError(MessageError):
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

    def __init__(self, code: str, /, retry_after: float | None = None, **params: Value) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after


class SlowDown(Unavailable):
    """Too many requests for this API key."""


class InvalidAnswer(NoAnswer):
    """The upstream sent something that its route does not promise."""
