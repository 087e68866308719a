"""Ask Catalyze about the org ids of a pasted list, a few seconds at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import PastedId, PastedList
from customers.services.checking.check_many import check_unmet
from customers.services.checking.denials import note_denials
from customers.services.checking.outcome import Outcome, Result, main_trouble
from customers.services.credentials.store import CredentialsUnusable
from customers.services.pasted_lists.list_standing import Standing, standing_of
from customers.upstream.errors import SessionExpired
from customers.upstream.message import Message

_STORED_AS = {
    Result.ANSWERED: PastedId.Result.ANSWERED.value,
    Result.DENIED: PastedId.Result.DENIED.value,
    Result.MISSING: PastedId.Result.MISSING.value,
}


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """`goes_on`: whether asking again would get further. `trouble`: why some have no answer."""

    standing: Standing
    goes_on: bool
    trouble: Message = Message()
    needs_sign_in: bool = False


def ask_about(user: AbstractBaseUser, pasted_list: PastedList) -> AskedAbout:
    """Ask for a few seconds with the user's credentials. Unanswered ids go last next time."""
    standing = standing_of(user, pasted_list)
    if not standing.unasked:
        return AskedAbout(standing, goes_on=False)
    left = sorted(standing.unasked, key=lambda one: (one.asked_at is not None, one.asked_at))
    try:
        outcomes = check_unmet(user, [one.text for one in left])
    except (CredentialsUnusable, SessionExpired) as exc:
        return AskedAbout(standing, goes_on=False, trouble=exc.message, needs_sign_in=True)
    note_denials(user, outcomes)
    _note(user, outcomes)
    after = standing_of(user, pasted_list)
    got_further = len(after.unasked) < len(standing.unasked)
    ended = [one for one in outcomes if one.result is Result.EXPIRED]
    return AskedAbout(
        after,
        goes_on=got_further and bool(after.unasked) and not ended,
        trouble=main_trouble(outcomes, timed_out=not outcomes) if after.unasked else Message(),
        needs_sign_in=bool(ended),
    )


def _note(user: AbstractBaseUser, outcomes: Sequence[Outcome]) -> None:
    """Store the results for all of the user's lists with the same ids."""
    by_result: defaultdict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        by_result[_STORED_AS.get(outcome.result, "")].append(outcome.org_id)
    own = PastedId.objects.filter(pasted_list__user_id=user.pk, kind=PastedId.Kind.ORG_ID)
    for result, org_ids in by_result.items():
        rows = own.filter(text__in=among(org_ids, "text"))
        rows.update(result=result, asked_at=timezone.now())
