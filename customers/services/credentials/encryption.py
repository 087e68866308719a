"""Encrypt one user's secrets so that only this user's row gives them back.

Fernet carries no associated data, so the user's id is inside the sealed text and compared when it
is opened: a blob copied to another row does not open.
"""

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from customers.upstream.message import MessageError
from customers.upstream.secrets import Secrets


class SealBroken(MessageError):
    """No key of CREDENTIAL_KEYS opens the blob, or it belongs to another user."""


def seal(user_id: int, secrets: Secrets) -> bytes:
    """`secrets`, encrypted under the newest key and bound to the user."""
    fields = {
        "user": user_id,
        "api_key": secrets.api_key,
        "session_token": secrets.session_token,
        "username": secrets.username,
        "password": secrets.password,
    }
    return _keys().encrypt(json.dumps(fields).encode())


def unseal(user_id: int, sealed: bytes | memoryview) -> Secrets:
    """The secrets in `sealed`; SealBroken if it isn't this user's or no key fits."""
    try:
        fields = json.loads(_keys().decrypt(bytes(sealed)))
    except InvalidToken as exc:
        raise SealBroken("no_key_opens") from exc
    if fields.pop("user") != user_id:
        raise SealBroken("credentials_of_another")
    return Secrets(**fields)


def is_newest(sealed: bytes | memoryview) -> bool:
    """Whether the newest key opens it, so that the older ones are not needed for it."""
    try:
        Fernet(settings.CREDENTIAL_KEYS[0]).decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])
