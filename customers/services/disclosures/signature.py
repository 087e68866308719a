"""The signature on the end of the disclosure log, which SQL alone cannot forge.

Whoever may write to the database can work out the hash of an entry of their own and move the end
behind it. The keys of CREDENTIAL_KEYS are not in the database.
"""

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from customers.database.bulk_write import update_row
from customers.models import DisclosureHead

_SALT = "customers.disclosures.head"


def signing_key(head: DisclosureHead) -> str | None:
    """The key of CREDENTIAL_KEYS that this end is signed with; None if the portal did not sign it.

    What is appended is signed with the same key, and only a rotation takes another: a process that
    has not been restarted with the newest key yet must be able to go on.
    """
    signature = bytes(head.signature)
    fits = (key for key in settings.CREDENTIAL_KEYS if _is_of(key, head, signature))
    return next(fits, None)


def sign(head: DisclosureHead, key: str) -> None:
    """Sign where the log ends now."""
    head.signature = _signature(key, head)


def sign_with_newest_key(*, lost_key: bool = False) -> bool:
    """Sign the end with the newest of CREDENTIAL_KEYS; False if none of them had signed it.

    With `lost_key` it is signed even then, so verify all else first.
    """
    with transaction.atomic():
        head = DisclosureHead.objects.select_for_update().get()
        if not (lost_key or signing_key(head)):
            return False
        sign(head, settings.CREDENTIAL_KEYS[0])
        update_row(head, "signature")
    return True


def _is_of(key: str, head: DisclosureHead, signature: bytes) -> bool:
    return constant_time_compare(signature, _signature(key, head))


def _signature(key: str, head: DisclosureHead) -> bytes:
    end = f"{head.number}:{bytes(head.hash).hex()}"
    return salted_hmac(_SALT, end, secret=key, algorithm="sha256").digest()
