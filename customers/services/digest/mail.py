"""Render and send a digest as text and HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from customers.models import Credentials, Customer, Digest
from customers.services.accounts.language_and_zone import as_read_by
from customers.services.changes.change_filter import WATCHED
from customers.services.digest.news import NEWS_KINDS, News
from customers.services.digest.watched import WATCHED_NEWS
from customers.services.operations.freshness import Missed
from customers.services.overview.mass_changes import MassChanges
from customers.services.wording.formats import day_words
from customers.services.wording.since import since_days
from customers.upstream.clean_text import clean_line

_LISTS = {
    "delinquent": "delinquent",
    "lost": "no-payment-method",
    "expired": "expired",
    "expiring": "expiring",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """`ended`: they must sign in to Catalyze; `ending`: they must soon. `changes` are by watched
    organization. Answers of `mass` that are held are worth a line, but no mail."""

    news: News
    missed: Missed
    ended: Credentials | None
    ending: datetime | None
    changes: Mapping[int, Sequence[Promise]]
    mass: MassChanges

    @property
    def is_empty(self) -> bool:
        about_answers = self.news.customers or self.news.more or self.missed.count
        return not (about_answers or self.mass.delinquent or self.ended or self.ending)


def send_mail(user: User, row: Digest, contents: Contents) -> None:
    """Send it; a repeat has the same Message-ID. Raises OSError or SMTPException."""
    host = urlsplit(settings.PORTAL_URL).hostname
    with as_read_by(user):
        context = _context(contents)
        mail = EmailMultiAlternatives(
            " ".join(render_to_string("mail/digest_subject.txt", context).split()),
            render_to_string("mail/digest.txt", context),
            settings.EMAIL_FROM,
            [user.email],
            headers={
                "Message-ID": f"<digest.{row.day}.{row.pk}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    mail.send()


def _context(contents: Contents) -> dict[str, Any]:
    news = contents.news
    return {
        "sections": [_section(kind, contents) for kind in NEWS_KINDS if _counted(kind, news)],
        "organizations": len(news.disclosed) + sum(news.more.values()) + contents.mass.delinquent,
        "unverified": len({key for key, _kind in news.unverified}),
        "mass": contents.mass,
        "delinquent": _absolute(_list_url("delinquent")),
        "missed": contents.missed,
        "ended": contents.ended,
        "ending": contents.ending,
        "portal": settings.PORTAL_URL,
        "list": _absolute(reverse("organizations")),
        "credentials": _absolute(reverse("credentials")),
    }


def _counted(kind: str, news: News) -> int:
    return len(news.customers.get(kind, ())) + news.more.get(kind, 0)


def _section(kind: str, contents: Contents) -> dict[str, Any]:
    news = contents.news
    return {
        "title": _title(kind),
        "url": _absolute(_list_url(kind)),
        "more": news.more.get(kind, 0),
        "entries": [
            {
                "name": clean_line(str(customer.organization)),
                "url": _absolute(customer.organization.get_absolute_url()),
                "words": _words(kind, customer, contents),
            }
            for customer in news.customers.get(kind, ())
        ],
    }


def _list_url(kind: str) -> str:
    if kind == WATCHED_NEWS:
        return f"{reverse('changes')}?{urlencode({'whose': WATCHED})}"
    return f"{reverse('organizations')}?{urlencode({'worklist': _LISTS[kind]})}"


def _title(kind: str) -> str:
    return {
        WATCHED_NEWS: _("Watched"),
        "delinquent": _("Newly delinquent"),
        "lost": _("Payment method removed"),
        "expired": _("Card expired"),
        "expiring": _("Card expires soon"),
    }[kind]


def _words(kind: str, customer: Customer, contents: Contents) -> str:
    """No card digits: mail is not confidential."""
    if kind == WATCHED_NEWS:
        return ", ".join(map(str, contents.changes.get(customer.pk, ())))
    if kind == "delinquent" and customer.delinquent_after and customer.delinquent_seen_at:
        since = since_days(customer.delinquent_after, customer.delinquent_seen_at)
        return _("last charge failed, noticed %(when)s") % {"when": since}
    if kind == "lost" and customer.state_after and customer.state_seen_at:
        since = since_days(customer.state_after, customer.state_seen_at)
        return _("nothing on file since %(when)s") % {"when": since}
    if kind == "expired" and customer.expires_on:
        return _("valid through %(day)s") % {"day": day_words(customer.expires_on)}
    if kind == "expiring" and customer.expires_on:
        return _("valid through %(day)s") % {"day": day_words(customer.expires_on)}
    return ""


def _absolute(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}"
