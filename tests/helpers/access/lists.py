"""Permission lists in the database and at the sandbox."""

from datetime import timedelta

from customers.models import Access, Credentials, ListedUser, PermissionList
from customers.services.checking.outcome import Outcome, Result
from tests.helpers.rows import ago

LISTED = "listed"


def is_known(user, users_id=None, **facts):
    """Catalyze has returned the usersId of the user's session, which has just worked."""
    row = {"users_id_returned_at": ago(60 * 24), "proved_at": ago(1)}
    users_id = users_id or f"users-id-of-{user.username}"
    Credentials.objects.filter(user=user).update(users_id=users_id, **row | facts)


def list_for(organization, *users, minutes=5, by=None, since=None):
    """A list that names these users, asked for `minutes` ago."""
    asked_at = ago(minutes)
    PermissionList.objects.create(
        organization=organization, asked_at=asked_at, fetched_with=by, attempted_at=asked_at
    )
    for user in users:
        ListedUser.objects.create(organization=organization, user=user, since=since or asked_at)


def told(org_id, asked_with, minutes, *users_ids):
    """The outcome of a permission list, asked for `minutes` ago."""
    return _outcome(org_id, asked_with, minutes, Result.LISTED, named=frozenset(users_ids))


def untold(org_id, asked_with, minutes, result):
    """The outcome of one that could not be read."""
    return _outcome(org_id, asked_with, minutes, result)


def _outcome(org_id, asked_with, minutes, result, **facts):
    at = ago(minutes)
    until = at + timedelta(milliseconds=300)
    return Outcome(org_id, asked_with, result, at, until, is_of_list=True, **facts)


def list_calls(sandbox, org_id=None):
    """Calls for permission lists by status."""
    return sandbox.counts(org_id)["calls"].get("org", {})


def has_own_proof(user):
    return Access.objects.filter(user=user, state=Access.State.GRANTED).exists()
