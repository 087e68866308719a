"""Send each recipient the digest of the day: once, and only what they themselves may see.

A row for each user and day is claimed before anything is sent and settled after. A run that is
killed in between leaves a claim that runs out, and the next run of the day sends again, with the
same Message-ID, by which mail systems recognize a second copy. What a day did not get to send, the
next day covers: a digest begins where the last settled one ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from customers.models import Credentials, Digest
from customers.services.credentials.session_expiry import ends_within
from customers.services.digest.mail import Contents, send
from customers.services.digest.news import Found, find_news, verify_news
from customers.services.disclosures.log import record
from customers.services.operations.freshness import missed_for
from customers.services.wording.expiry import today

LEASE = timedelta(minutes=10)
_SOON = timedelta(hours=12)  # how soon a session must be about to end to be said
_FIRST = timedelta(days=1)  # how far back the first digest of a user looks


class NotSent(Exception):
    """The digest of a user could not be sent; the message says why, and what becomes of it."""


@dataclass(frozen=True, slots=True)
class Seeming:
    """What there would be to verify and to send, for a run that only looks."""

    found: int
    late: int
    needs_sign_in: bool


def recipient(address: str) -> User:
    """The user to whom an address belongs. Raises NotSent unless it is one, who may see pages."""
    users = list(get_user_model().objects.filter(email__iexact=address, is_active=True))
    if not users:
        raise NotSent(f"{address} in DIGEST_RECIPIENTS belongs to no active user of this portal.")
    if len(users) > 1:
        names = ", ".join(sorted(user.get_username() for user in users))
        raise NotSent(f"{address} belongs to more than one user ({names}); nothing is sent to it.")
    user = users[0]
    if not (user.is_staff and user.has_perm("customers.view_customer")):
        raise NotSent(f"{address} belongs to {user.get_username()}, who may not see billing.")
    return user


def preview(user: User, objective: timedelta) -> Seeming:
    """What seems to have happened by the stored answers; asks nobody and notes nothing."""
    since, left = _begin(user)
    found = find_news(user, since, left)
    late = missed_for(user, objective).count
    return Seeming(len(found), late, bool(_ended(user, since) or _ending(user)))


def send_digest(user: User, objective: timedelta) -> str:
    """Send the digest of today unless that is done; a sentence about it. Raises NotSent."""
    row = _claimed(user)
    if row.settled_at:
        return "already sent today" if row.was_sent else "no news today"
    try:
        return _send(user, row, objective)
    finally:
        Digest.objects.filter(pk=row.pk, settled_at=None).update(claimed_until=timezone.now())


def _send(user: User, row: Digest, objective: timedelta) -> str:
    until = timezone.now()
    _, left = _begin(user)
    news = verify_news(user, find_news(user, row.covers_from, left))
    contents = Contents(
        news, missed_for(user, objective), _ended(user, row.covers_from), _ending(user)
    )
    if contents.is_empty:
        if news.unverified:
            raise NotSent(_unverified(news.unverified))
        _settle(row, until, news.unverified, was_sent=False)
        return "no news"
    record(user, news.told, "digest")
    try:
        send(user, row, contents)
    except (OSError, SMTPException) as exc:
        raise NotSent(
            f"The mail server of EMAIL_URL did not accept it: {type(exc).__name__}."
        ) from exc
    _settle(row, until, news.unverified, was_sent=True)
    return f"sent, about {len(news.told)} organizations"


def _unverified(found: Found) -> str:
    count = len({key for key, _ in found})
    return f"{count} organizations could not be checked, so nothing was sent yet; run it again."


def _claimed(user: User) -> Digest:
    """Today's row, claimed by this run or settled. Raises NotSent while another run is on it."""
    now = timezone.now()
    with transaction.atomic():
        row, is_new = Digest.objects.get_or_create(
            user=user,
            day=today(),
            defaults={"covers_from": _begin(user)[0], "claimed_until": now + LEASE},
        )
    if is_new or row.settled_at:
        return row
    free = Digest.objects.filter(pk=row.pk, claimed_until__lte=now, settled_at=None)
    if not free.update(claimed_until=now + LEASE):
        raise NotSent("Another run is sending it, or was killed less than ten minutes ago.")
    return row


def _begin(user: User) -> tuple[datetime, Found]:
    """From when on the next digest tells, and what the last one left unverified."""
    last = Digest.objects.filter(user=user, settled_at__isnull=False).order_by("-day").first()
    if last is None or last.covers_until is None:
        return timezone.now() - _FIRST, []
    return last.covers_until, [(key, kind) for key, kind in last.unverified]


def _settle(row: Digest, until: datetime, unverified: Iterable[object], *, was_sent: bool) -> None:
    Digest.objects.filter(pk=row.pk).update(
        covers_until=until,
        settled_at=timezone.now(),
        was_sent=was_sent,
        unverified=list(unverified),
    )


def _ended(user: User, since: datetime) -> Credentials | None:
    """The user's credentials if their session has ended since then, or was never renewed."""
    row = Credentials.objects.filter(user=user).first()
    if row is None or row.may_ask or row.expired_at is None or row.expired_at <= since:
        return None
    return row


def _ending(user: User) -> datetime | None:
    """When the user's session is likely to end, if that is before the evening."""
    row = Credentials.objects.filter(user=user).first()
    return ends_within(row, _SOON) if row else None
