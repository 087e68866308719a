"""A sync under ACCESS_PROOFS=listed: what is due, and who asks.
At most two calls for each organization and cycle, however many users there are: one for its
permission list, and one for its customer with somebody who may see it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Access, Credentials, ListedUser, PermissionList
from customers.services.access.clock_ahead import latest_credible

MOST_CALLS = 2  # for an organization in a cycle
_REFUSED = ~Q(state=Access.State.GRANTED)


@dataclass(frozen=True, slots=True)
class Askers:
    """Who fetches the list, in this order; nobody if it is not due. `see` see the customer."""

    fetch: tuple[int, ...]
    see: tuple[int, ...]


def needs_verifying(user_ids: Iterable[int]) -> set[int]:
    """Whose usersId is not known, or whose session has not been used for half of
    ACCESS_PROOF_TTL: without these, a list proves nothing to them."""
    used_since = timezone.now() - settings.ACCESS_PROOF_TTL / 2
    is_used = Q(proved_at__range=(used_since, latest_credible()))
    rows = Credentials.objects.exclude(is_used, users_id_returned_at__isnull=False)
    return set(rows.filter(user_id__in=list(user_ids)).values_list("user_id", flat=True))


def users_by_users_id(user_ids: Iterable[int]) -> dict[str, list[int]]:
    """Only by usersIds that Catalyze has returned."""
    rows = Credentials.objects.filter(user_id__in=list(user_ids))
    known = rows.filter(users_id_returned_at__isnull=False).exclude(users_id="")
    users = defaultdict[str, list[int]](list)
    for user_id, users_id in known.order_by("user_id").values_list("user_id", "users_id"):
        users[users_id].append(user_id)
    return users


def is_due(user_ids: Collection[int], started_at: datetime, stale: Q, tried_before: datetime) -> Q:
    """A condition on Customer: its list is due, or its answer is and somebody may ask for it.
    A list that could not be read is tried again when its last attempt was before `tried_before`."""
    told = PermissionList.objects.filter(organization_id=OuterRef("pk"))
    settled = told.filter(_is_settled(user_ids, started_at, tried_before))
    denied = Access.objects.filter(
        *_denied(started_at),
        user_id=OuterRef("user_id"),
        organization_id=OuterRef("organization_id"),
    )
    named = ListedUser.objects.filter(organization_id=OuterRef("pk"), user_id__in=user_ids)
    granted = Access.objects.filter(
        organization_id=OuterRef("pk"), user_id__in=user_ids, state=Access.State.GRANTED
    )
    somebody = Q(Exists(named.filter(~Exists(denied)))) | Q(Exists(granted))
    return Q(~Exists(settled)) | (stale & somebody)


def askers(
    user_ids: Sequence[int],
    started_at: datetime,
    tried_before: datetime,
    keys: Sequence[int],
    *,
    is_forced: bool,
) -> dict[int, Askers]:
    """By organization; `is_forced` fetches all lists."""
    told = PermissionList.objects.filter(organization_id__in=among(keys))
    fresh = told.filter(_is_settled(user_ids, started_at, tried_before))
    settled = set() if is_forced else set(fresh.values_list("pk", flat=True))
    of_users = Access.objects.filter(user_id__in=user_ids, organization_id__in=among(keys))
    granted = _users(of_users.filter(state=Access.State.GRANTED).order_by("proved_at"))
    denied = _users(of_users.filter(*_denied(started_at)))
    rows = ListedUser.objects.filter(user_id__in=user_ids, organization_id__in=among(keys))
    listed = _users(rows.order_by("user_id"))
    found = {}
    for key in keys:
        see = _best_first(granted[key], _turned(listed[key], key), denied[key])
        fetch = () if key in settled else _best_first(see, _turned(user_ids, key), denied[key])
        if key not in settled and not fetch:
            fetch = tuple(denied[key])
        found[key] = Askers(fetch, see)
    return found


def _best_first(
    granted: Sequence[int], listed: Sequence[int], denied: Sequence[int]
) -> tuple[int, ...]:
    """Who is in both, by the age of their own proofs; then who is listed; then the others."""
    known, refused = set(listed), set(denied)
    both = [user for user in granted if user in known]
    ordered = dict.fromkeys((*both, *listed, *granted))
    return tuple(user for user in ordered if user not in refused)


def _is_settled(user_ids: Collection[int], started_at: datetime, tried_before: datetime) -> Q:
    """A condition on PermissionList: it is fresh, or the last attempt at it has just failed."""
    latest = latest_credible()
    is_fresh = Q(asked_at__range=(_fresh_since(user_ids, started_at), latest))
    is_other = PermissionList.HAS_FAILED | Q(asked_at__gt=latest)
    return is_fresh | (is_other & Q(attempted_at__gt=tried_before, attempted_at__lte=latest))


def _fresh_since(user_ids: Collection[int], started_at: datetime) -> datetime:
    """Lists are renewed after half of ACCESS_PROOF_TTL, and when Catalyze has said of a user since
    then who they are: of a list only the portal's own users are kept."""
    half = started_at - settings.ACCESS_PROOF_TTL / 2
    known = Credentials.objects.filter(user_id__in=list(user_ids))
    latest = known.aggregate(
        known=Max("users_id_returned_at"),
        another=Max("proves_since", filter=Q(users_id_returned_at__isnull=False)),
    )
    known_since: list[datetime] = [at for at in latest.values() if at and at <= started_at]
    return max(half, *known_since, half)


def _denied(started_at: datetime) -> tuple[Q, ...]:
    """What Catalyze denied to the present credentials of a user, within ACCESS_PROOF_TTL."""
    return (
        _REFUSED,
        Q(proved_at__gte=started_at - settings.ACCESS_PROOF_TTL),
        Q(proved_at__gte=F("user__credentials__proves_since")),
    )


def _users(rows: QuerySet[Access] | QuerySet[ListedUser]) -> defaultdict[int, list[int]]:
    found = defaultdict[int, list[int]](list)
    for key, user_id in rows.values_list("organization_id", "user_id"):
        found[key].append(user_id)
    return found


def _turned(user_ids: Sequence[int], key: int) -> Sequence[int]:
    """Begin with another one for each organization, so that all share the calls."""
    place = key % len(user_ids) if user_ids else 0
    return (*user_ids[place:], *user_ids[:place])
