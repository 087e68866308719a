"""Send each recipient one digest per day, with only what they may see.
A row per user and day is claimed before sending and settled afterwards. If a run is killed, its
claim expires, and the next run sends the mail again with the same Message-ID."""

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
from customers.services.digest.mail import Contents, send_mail
from customers.services.digest.news import NewsItems, find_news, reverify_news
from customers.services.digest.watched import WATCHED_NEWS, what_changed
from customers.services.disclosures.log import record
from customers.services.operations.freshness import missed_for
from customers.services.overview.mass_changes import mass_changes
from customers.services.wording.expiry import today

MAIL_LEASE = timedelta(minutes=10)
_SOON = timedelta(hours=12)  # a session that ends sooner is mentioned
_FIRST = timedelta(days=1)  # what the first digest of a user covers


class NotSent(Exception):
    """The message gives the reason and what happens next."""


@dataclass(frozen=True, slots=True)
class DryRun:
    found: int
    late: int
    needs_sign_in: bool


def recipient(address: str) -> User:
    """The one user with this address, who must have access to pages. Raises NotSent."""
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


def preview(user: User, objective: timedelta) -> DryRun:
    since, left = _begin(user)
    found = find_news(user, since, left)
    late = missed_for(user, objective).count
    return DryRun(len(found), late, bool(_ended(user, since) or _ending(user)))


def send_digest(user: User, objective: timedelta) -> str:
    """Send today's digest once; returns a sentence for the command. Raises NotSent."""
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
    news = reverify_news(user, find_news(user, row.covers_from, left))
    watched = news.customers.get(WATCHED_NEWS, [])
    contents = Contents(
        news,
        missed_for(user, objective),
        _ended(user, row.covers_from),
        _ending(user),
        what_changed(user, watched, row.covers_from, until),
        mass_changes(user, row.covers_from),
    )
    if contents.is_empty:
        if news.unverified:
            raise NotSent(_unverified(news.unverified))
        _settle(row, until, news.unverified, was_sent=False)
        return "no news"
    record(user, news.disclosed, "digest")
    try:
        send_mail(user, row, contents)
    except (OSError, SMTPException) as exc:
        raise NotSent(
            f"The mail server of EMAIL_URL did not accept it: {type(exc).__name__}."
        ) from exc
    _settle(row, until, news.unverified, was_sent=True)
    return f"sent, about {len(news.disclosed)} organizations"


def _unverified(found: NewsItems) -> str:
    count = len({key for key, _ in found})
    return f"{count} organizations could not be checked, so nothing was sent yet; run it again."


def _claimed(user: User) -> Digest:
    """Today's row, settled or claimed now. Raises NotSent if another run has claimed it."""
    now = timezone.now()
    with transaction.atomic():
        row, is_new = Digest.objects.get_or_create(
            user=user,
            day=today(),
            defaults={"covers_from": _begin(user)[0], "claimed_until": now + MAIL_LEASE},
        )
    if is_new or row.settled_at:
        return row
    free = Digest.objects.filter(pk=row.pk, claimed_until__lte=now, settled_at=None)
    if not free.update(claimed_until=now + MAIL_LEASE):
        raise NotSent("Another run is sending it, or was killed less than ten minutes ago.")
    return row


def _begin(user: User) -> tuple[datetime, NewsItems]:
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
    row = Credentials.objects.filter(user=user).first()
    if row is None or row.may_ask or row.expired_at is None or row.expired_at <= since:
        return None
    return row


def _ending(user: User) -> datetime | None:
    row = Credentials.objects.filter(user=user).first()
    return ends_within(row, _SOON) if row else None
