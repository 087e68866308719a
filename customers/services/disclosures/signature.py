"""Sign the disclosure log's end and how far it was verified; the key is not in the database."""

from datetime import UTC

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from customers.database.bulk_write import update_row
from customers.models import DisclosureHead, VerifiedPosition

_SALT = "customers.disclosures.head"
_SALT_OF_POSITION = "customers.disclosures.verified"


def signing_key(head: DisclosureHead) -> str | None:
    """The key that signed this end; None if the portal did not. Appends keep using it, so that
    processes that do not know the newest key yet can go on."""
    signature = bytes(head.signature)
    matching = (key for key in settings.CREDENTIAL_KEYS if _is_signed_with(key, head, signature))
    return next(matching, None)


def sign(head: DisclosureHead, key: str) -> None:
    head.signature = _signature(key, head)


def sign_with_newest_key(*, lost_key: bool = False) -> bool:
    """False if no known key had signed it. With `lost_key`, verify all else first."""
    with transaction.atomic():
        head = DisclosureHead.objects.select_for_update().get()
        if not (lost_key or signing_key(head)):
            return False
        sign(head, settings.CREDENTIAL_KEYS[0])
        update_row(head, "signature")
    return True


def sign_position(position: VerifiedPosition) -> None:
    position.signature = _of_position(settings.CREDENTIAL_KEYS[0], position)


def is_signed(position: VerifiedPosition) -> bool:
    signature = bytes(position.signature)
    return any(
        constant_time_compare(signature, _of_position(key, position))
        for key in settings.CREDENTIAL_KEYS
    )


def _is_signed_with(key: str, head: DisclosureHead, signature: bytes) -> bool:
    return constant_time_compare(signature, _signature(key, head))


def _signature(key: str, head: DisclosureHead) -> bytes:
    return _hmac(_SALT, f"{head.number}:{bytes(head.hash).hex()}", key)


def _of_position(key: str, position: VerifiedPosition) -> bytes:
    began_at = position.began_at.astimezone(UTC).isoformat()
    noted = f"{position.run}:{position.number}:{bytes(position.hash).hex()}:{began_at}"
    return _hmac(_SALT_OF_POSITION, noted, key)


def _hmac(salt: str, text: str, key: str) -> bytes:
    return salted_hmac(salt, text, secret=key, algorithm="sha256").digest()
