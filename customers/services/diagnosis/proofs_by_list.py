"""Whether permission lists can prove what ACCESS_PROOFS=listed expects of them."""

from django.db.models import Q

from customers.models import Credentials, PermissionList
from customers.services.access.proof_rule import uses_lists
from customers.services.diagnosis.finding import Finding, ok, warning

_CHECK = "permission_lists"


def permission_lists() -> list[Finding]:
    """Nothing under ACCESS_PROOFS=own, which reads none."""
    if not uses_lists():
        return []
    found = [*_unread(), *_unrecognized()]
    return found or [ok(_CHECK, "All permission lists were read, and can name every user.")]


def _unread() -> list[Finding]:
    total = PermissionList.objects.count()
    if not (count := PermissionList.objects.filter(PermissionList.HAS_FAILED).count()):
        return []
    return [
        warning(
            _CHECK,
            f"{count:,} of {total:,} permission lists could not be read when last asked for.",
            "The page of the last run under Syncs says why. Until they can be read, users prove "
            "these organizations by opening them; ACCESS_PROOFS=own asks for each user instead.",
        )
    ]


def _unrecognized() -> list[Finding]:
    rows = Credentials.objects.filter(user__is_active=True)
    unknown = rows.filter(Q(users_id_returned_at=None) | Q(users_id=""))
    usable = unknown.only("state", "renews_itself")
    if not (count := sum(row.may_ask for row in usable.iterator())):
        return []
    who = "1 user" if count == 1 else f"{count:,} users"
    return [
        warning(
            _CHECK,
            f"Permission lists cannot name {who}, of whom Catalyze has not returned a usersId.",
            "The next sync asks for it. Whoever is left signs in to Catalyze by password.",
        )
    ]
