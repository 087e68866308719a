"""Store permission lists: of each, when it was asked for and whom of the portal's users it names.
An older list never replaces a newer one. A list that could not be read changes nobody's access."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from customers.database.bulk_write import insert, upsert
from customers.database.key_parameters import among
from customers.models import Credentials, ListedUser, Organization, PermissionList
from customers.services.checking.outcome import Outcome, Result
from customers.services.credentials.call_counts import count_all
from customers.services.credentials.store import note_expired

_Pair = tuple[int, int]  # the keys of an organization and a user


def store_lists(outcomes: Sequence[Outcome]) -> None:
    """Of ask_for_list(); all or nothing."""
    with transaction.atomic():
        credentials = _locked_credentials({outcome.asked_with.user_id for outcome in outcomes})
        counted = [outcome for outcome in outcomes if _is_of_present(outcome, credentials)]
        org_ids = {outcome.org_id for outcome in counted}
        rows = Organization.objects.select_for_update(no_key=True).filter(
            org_id__in=among(org_ids, "text")
        )
        keys = dict(rows.order_by("org_id").values_list("org_id", "pk"))
        known = [outcome for outcome in counted if outcome.org_id in keys]
        _store(sorted(known, key=lambda outcome: outcome.asked_at), keys, credentials)
        _note_expired(counted)
        count_all((outcome.asked_with.user_id, outcome.calls) for outcome in outcomes)


def _locked_credentials(user_ids: Collection[int]) -> dict[int, Credentials]:
    """Of those who asked, and of all whose usersId Catalyze has returned. Locked, so that nobody
    is taken for the user whose credentials they are just replacing."""
    wanted = Q(user_id__in=user_ids) | Q(users_id_returned_at__isnull=False)
    rows = Credentials.objects.select_for_update().filter(wanted).order_by("user_id")
    return {row.user_id: row for row in rows.defer("sealed")}


def _is_of_present(outcome: Outcome, credentials: dict[int, Credentials]) -> bool:
    row = credentials.get(outcome.asked_with.user_id)
    return row is not None and row.proves_since == outcome.asked_with.proves_since


def _store(
    outcomes: Sequence[Outcome], keys: dict[str, int], credentials: dict[int, Credentials]
) -> None:
    stored = {row.pk: row for row in PermissionList.objects.filter(pk__in=among(keys.values()))}
    gaps: set[int] = set()
    latest: dict[int, Outcome] = {}
    for outcome in outcomes:
        key = keys[outcome.org_id]
        row = stored.setdefault(key, PermissionList(organization_id=key))
        if not outcome.is_older_than(row.attempted_at):
            row.attempted_at = outcome.asked_at
        if outcome.result is not Result.LISTED or outcome.is_older_than(row.asked_at):
            continue
        if not _follows(row.asked_at, outcome.asked_at):
            gaps.add(key)
        row.asked_at, row.fetched_with_id = outcome.asked_at, outcome.asked_with.user_id
        latest[key] = outcome
    upsert(list(stored.values()), ["organization"], ["asked_at", "fetched_with", "attempted_at"])
    _store_users(latest, gaps, credentials)


def _follows(stored: datetime | None, asked_at: datetime) -> bool:
    """Whether a list proved until this one, and since a time that can be told."""
    oldest = asked_at - settings.ACCESS_PROOF_TTL
    return stored is not None and oldest <= stored <= asked_at


def _store_users(
    latest: dict[int, Outcome], gaps: Collection[int], credentials: dict[int, Credentials]
) -> None:
    """Write only what differs from the lists before."""
    users = defaultdict[str, list[int]](list)
    for row in credentials.values():
        if row.users_id and row.users_id_returned_at:
            users[row.users_id].append(row.user_id)
    named = {
        (key, user_id): outcome.asked_at
        for key, outcome in latest.items()
        for users_id in outcome.named & users.keys()
        for user_id in users[users_id]
    }
    rows = ListedUser.objects.filter(organization_id__in=among(latest))
    before: set[_Pair] = set(rows.values_list("organization_id", "user_id"))
    _delete([pair for pair in before if pair not in named or pair[0] in gaps])
    insert(
        [
            ListedUser(organization_id=key, user_id=user_id, since=since)
            for (key, user_id), since in sorted(named.items())
            if (key, user_id) not in before or key in gaps
        ]
    )


def _delete(pairs: Sequence[_Pair]) -> None:
    by_user = defaultdict[int, list[int]](list)
    for key, user_id in pairs:
        by_user[user_id].append(key)
    for user_id, keys in sorted(by_user.items()):
        ListedUser.objects.filter(user_id=user_id, organization_id__in=among(keys)).delete()


def _note_expired(outcomes: Sequence[Outcome]) -> None:
    """Nothing else: to read a list proves a session less than a customer does."""
    expired = [outcome for outcome in outcomes if outcome.result is Result.EXPIRED]
    for outcome in sorted(expired, key=lambda outcome: outcome.asked_with.user_id):
        note_expired(outcome.asked_with, outcome.error)
