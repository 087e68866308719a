"""The query string of the changes: read, and said as chips that each take a part of it away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.dashboard.lists.list_query import Chip, changed
from customers.dashboard.text_fields import LineField
from customers.services.accounts.last_visit import last_visit_of
from customers.services.changes.change_feed import FeedPlace
from customers.services.changes.change_filter import KIND_LABELS, WHOSE, ChangeFilter
from customers.services.changes.periods import (
    PERIODS,
    VISIT,
    day_begins,
    day_ends,
    first_day_of,
    iso_day,
)
from customers.services.wording.formats import moment_words
from customers.services.wording.isolation import isolated
from customers.services.wording.short_times import short_day
from customers.upstream.org_id import MAX_LENGTH


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """What a URL asks for. `period` is VISIT, a word of PERIODS, or "" for days of one's own."""

    wanted: ChangeFilter
    place: FeedPlace
    start: int
    period: str
    first: date | None
    last: date | None
    last_visit: datetime | None


class ChangesForm(forms.Form):
    """The URL parameters of the changes; invalid ones are ignored."""

    kind = forms.MultipleChoiceField(choices=[(key, key) for key in KIND_LABELS], required=False)
    since = forms.CharField(required=False)
    until = forms.CharField(required=False)
    org = LineField(required=False, max_length=MAX_LENGTH)
    whose = forms.ChoiceField(choices=[(key, key) for key in WHOSE], required=False)
    after = forms.CharField(required=False)
    before = forms.CharField(required=False)
    start = forms.IntegerField(min_value=1, max_value=10**9, required=False)

    def asked_by(self, user: User) -> ChangesAsked:
        self.is_valid()
        values = self.cleaned_data
        since, last = values.get("since", ""), iso_day(values.get("until", ""))
        first, last_visit = first_day_of(since), last_visit_of(user)
        begins = day_begins(first) if first else None
        return ChangesAsked(
            ChangeFilter(
                kinds=tuple(values.get("kind", ())),
                since=last_visit if since == VISIT else begins,
                until=day_ends(last) if last else None,
                organization=values.get("org", ""),
                whose=values.get("whose", ""),
            ),
            FeedPlace(values.get("after", ""), values.get("before", "")),
            values.get("start") or 0,
            since if since in {*PERIODS, VISIT} else "",
            first,
            last,
            last_visit,
        )


def change_chips(query: QueryDict, asked: ChangesAsked) -> list[Chip]:
    return [Chip(words, changed(query, **without)) for words, without in _parts(asked)] + [
        Chip(str(KIND_LABELS[kind]), _without_kind(query, kind)) for kind in asked.wanted.kinds
    ]


def _parts(asked: ChangesAsked) -> Iterator[tuple[str, dict[str, str]]]:
    if words := period_words(asked):
        yield words, {"since": "", "until": ""}
    if asked.wanted.organization:
        label = {"what": _("Organization"), "value": isolated(asked.wanted.organization)}
        yield _("%(what)s: %(value)s") % label, {"org": ""}
    if asked.wanted.whose:
        yield str(WHOSE[asked.wanted.whose]), {"whose": ""}


def period_words(asked: ChangesAsked) -> str:
    """`Since 27 Nov`, `27 Nov – 29 Nov`, `Since your last visit, 27 Nov 17:42`."""
    if asked.period == VISIT:
        if not asked.last_visit:
            return ""
        return _("Since your last visit, %(when)s") % {"when": moment_words(asked.last_visit)}
    first, last = (short_day(day) if day else "" for day in (asked.first, asked.last))
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return _("Since %(day)s") % {"day": first}
    return _("Until %(day)s") % {"day": last} if last else ""


def _without_kind(query: QueryDict, kind: str) -> str:
    rest = query.copy()
    rest.setlist("kind", [other for other in query.getlist("kind") if other != kind])
    return changed(rest)
