"""Why a sign-in at the provider came to nothing; the codes are in security events."""

from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser


class WhyRefused(StrEnum):
    DISCOVERY = "discovery"  # the provider describes itself wrongly
    STATE = "state"  # the answer belongs to no request of this browser
    PROVIDER = "provider"  # the provider said no
    NO_ID_TOKEN = "no_id_token"
    CLAIMS = "claims"  # a claim or a signature is wrong
    SECOND_FACTOR = "second_factor"
    NOT_RECENT = "not_recent"  # no sign-in of just now
    OTHER_USER = "other_user"
    UNKNOWN = "unknown"  # nobody is connected, and no group says that an account should be made
    NAME_TAKEN = "name_taken"
    NOT_STAFF = "not_staff"  # or inactive


class SignInRefused(Exception):
    """`user` is set once it is known whose sign-in it was."""

    def __init__(self, reason: WhyRefused, user: AbstractBaseUser | None = None) -> None:
        super().__init__(reason.value)
        self.reason, self.user = reason, user


class ProviderAway(Exception):
    """The provider was not reached, or cannot answer now."""
