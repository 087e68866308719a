"""Whether CREDENTIAL_KEYS opens what it encrypted and signed."""

from customers.models import Credentials, DisclosureHead
from customers.services.credentials.encryption import SealBroken, is_newest, unseal
from customers.services.diagnosis.finding import Finding, ok, problem, warning
from customers.services.disclosures.signature import signing_key

_NAME = "keys"


def stored_keys() -> list[Finding]:
    unopened, older, total = 0, 0, 0
    rows = Credentials.objects.order_by("user_id").values_list("user_id", "sealed")
    for user_id, sealed in rows.iterator():
        total += 1
        try:
            unseal(user_id, sealed)
        except SealBroken:
            unopened += 1
        else:
            older += not is_newest(sealed)
    if unopened:
        return [
            problem(
                _NAME,
                f"CREDENTIAL_KEYS opens {total - unopened} of {total} stored credentials.",
                "Put the key that is missing behind the others. If it is lost, their users sign in "
                "to Catalyze again.",
            )
        ]
    if older:
        return [
            warning(
                _NAME,
                f"{older} of {total} stored credentials are encrypted with an older key.",
                "Run `manage.py rotate_credential_keys`.",
            )
        ]
    return [ok(_NAME, f"CREDENTIAL_KEYS opens all stored credentials ({total}).")]


def log_signature() -> list[Finding]:
    head = DisclosureHead.objects.filter(pk=1).first()
    if head is None or not head.number or signing_key(head):
        return []
    return [
        problem(
            _NAME,
            "No key of CREDENTIAL_KEYS signed the end of the disclosure log: no page that shows "
            "billing can be opened.",
            "Put the key that is missing behind the others. If it is lost, compare the log with a "
            "hash that you noted: `manage.py verify_disclosures --head HASH --sign`.",
        )
    ]
