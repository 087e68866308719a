"""Encrypt a user's secrets together with the user's id, since Fernet has no associated data."""

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from customers.upstream.message import MessageError
from customers.upstream.secrets import Secrets


class SealBroken(MessageError):
    """No key of CREDENTIAL_KEYS fits, or the blob belongs to another user."""


def seal(user_id: int, secrets: Secrets) -> bytes:
    fields = {
        "user": user_id,
        "api_key": secrets.api_key,
        "session_token": secrets.session_token,
        "username": secrets.username,
        "password": secrets.password,
    }
    return _keys().encrypt(json.dumps(fields).encode())


def unseal(user_id: int, sealed: bytes | memoryview) -> Secrets:
    try:
        fields = json.loads(_keys().decrypt(bytes(sealed)))
    except InvalidToken as exc:
        raise SealBroken("no_key_opens") from exc
    if fields.pop("user") != user_id:
        raise SealBroken("credentials_of_another")
    return Secrets(**fields)


def is_newest(sealed: bytes | memoryview) -> bool:
    try:
        Fernet(settings.CREDENTIAL_KEYS[0]).decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])
