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
    """Base of everything that asking the upstream can raise."""


class BadSecret(CatalyzeError):
    """A key, token, user name or password that cannot be sent in a request."""


class BadOrgId(CatalyzeError):
    """An org id that cannot name an organization."""


class SessionExpired(CatalyzeError):
    """The session token is no longer valid; the user must sign in again."""


class AccessDenied(CatalyzeError):
    """The credentials lack the payment permission on this organization."""


class OrganizationMissing(CatalyzeError):
    """The upstream knows no such organization for these credentials."""


class NoAnswer(CatalyzeError):
    """Nothing was learned about the organization; what is stored stays, and asking again at once
    would not help."""


class Unavailable(NoAnswer):
    """No useful answer now; the same call may succeed soon.

    `retry_after` is the pause in seconds that the upstream asked for, or None.
    """

    def __init__(self, code: str, /, retry_after: float | None = None, **params: Value) -> None:
        super().__init__(code, **params)
        self.retry_after = retry_after


class SlowDown(Unavailable):
    """The upstream counted too many requests of this API key."""


class InvalidAnswer(NoAnswer):
    """The upstream answered something that is not what the route promises."""
