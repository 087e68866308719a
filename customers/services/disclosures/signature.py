"""Sign the end of the disclosure log with a key that is not in the database."""

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from customers.database.bulk_write import update_row
from customers.models import DisclosureHead

_SALT = "customers.disclosures.head"


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


def _is_signed_with(key: str, head: DisclosureHead, signature: bytes) -> bool:
    return constant_time_compare(signature, _signature(key, head))


def _signature(key: str, head: DisclosureHead) -> bytes:
    end = f"{head.number}:{bytes(head.hash).hex()}"
    return salted_hmac(_SALT, end, secret=key, algorithm="sha256").digest()
