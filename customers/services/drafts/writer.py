"""Name a form's user in a signed field, so that what is sent without a session has a writer."""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core import signing

_SALT = "customers.drafts.writer"
_AGE = timedelta(days=3)  # a page that stayed open over a weekend


def sign_writer(user: AbstractBaseUser) -> str:
    return signing.dumps(user.pk, salt=_SALT)


def writer_of(signed: str) -> int | None:
    """The key of the user that the form was made for; None if it is forged or too old."""
    try:
        return int(signing.loads(signed, salt=_SALT, max_age=_AGE))
    except signing.BadSignature:
        return None
