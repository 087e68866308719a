"""Take, assign, snooze, handle and reopen cases: of one organization, or of many in a list."""

from collections.abc import Callable, Collection

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.dashboard.back import way_back
from customers.dashboard.cases.act_forms import OwnerForm, SeenForm, SnoozeForm
from customers.dashboard.lists.selected import SELECTION, selection_of
from customers.dashboard.organizations.came_from import url_keeping_list
from customers.dashboard.posting import form_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.services.cases import steps
from customers.services.lists.selection import Selection, selected_customers
from customers.services.wording.formats import count_words, day_words
from customers.services.wording.isolation import isolated

_MAY_CHANGE = "customers.change_case"
Keys = Collection[int]


@form_of("organization", "org_id")
@staff_page(SEE_CUSTOMERS, _MAY_CHANGE)
def act_on_case(request: StaffRequest, org_id: str, act: str) -> HttpResponse:
    _act(request, act, Selection(org_ids=(org_id,)))
    return redirect(way_back(request, url_keeping_list(request, org_id)))


@form_of("organizations", keeps=SELECTION)
@staff_page(SEE_CUSTOMERS, _MAY_CHANGE)
def act_on_cases(request: StaffRequest, act: str) -> HttpResponse:
    _act(request, act, selection_of(request))
    return redirect(way_back(request, reverse("organizations")))


def _act(request: StaffRequest, act: str, selection: Selection) -> None:
    if act not in _ACTS:
        raise Http404
    chosen = selected_customers(request.user, selection)
    keys = list(chosen.values_list("pk", flat=True)[: steps.MOST_AT_ONCE + 1])
    if not keys:
        messages.info(request, _("Select at least one organization."))
        return
    first = keys[: steps.MOST_AT_ONCE]
    _ACTS[act](request, first)
    if len(keys) > len(first):
        sentence = _("Only the first %(count)s were changed. Repeat it for the rest.")
        messages.warning(request, sentence % {"count": count_words(len(first))})


def _take(request: StaffRequest, keys: Keys) -> None:
    count = steps.assign(request.user, keys, request.user)
    words = ngettext("%(count)s case is now yours", "%(count)s cases are now yours", count)
    _say(request, count, words)


def _assign(request: StaffRequest, keys: Keys) -> None:
    form = OwnerForm(request.POST)
    owner = form.cleaned_data["owner"] if form.is_valid() else None
    if form.errors:
        messages.error(request, _("Choose a colleague. Nothing was changed."))
    elif owner is None:
        count = steps.unassign(request.user, keys)
        words = ngettext(
            "%(count)s case no longer has an owner",
            "%(count)s cases no longer have an owner",
            count,
        )
        _say(request, count, words)
    else:
        count = steps.assign(request.user, keys, owner)
        words = ngettext(
            "%(count)s case assigned to %(name)s", "%(count)s cases assigned to %(name)s", count
        )
        _say(request, count, words, name=isolated(owner.get_username()))
        _warn_of_unseen(request, owner, keys)


def _warn_of_unseen(request: StaffRequest, owner: User, keys: Keys) -> None:
    count = steps.unseen_by(owner, keys)
    if count:
        sentence = ngettext(
            "%(name)s has no access to %(count)s of them, and will not see its case.",
            "%(name)s has no access to %(count)s of them, and will not see their cases.",
            count,
        )
        parts = {"count": count_words(count), "name": isolated(owner.get_username())}
        messages.warning(request, sentence % parts)


def _snooze(request: StaffRequest, keys: Keys) -> None:
    day = SnoozeForm(request.POST).day
    if day is None:
        messages.error(request, _("Choose a day within the next year. Nothing was changed."))
        return
    count = steps.snooze(request.user, keys, day, SeenForm(request.POST).at)
    words = ngettext(
        "%(count)s case snoozed until %(day)s", "%(count)s cases snoozed until %(day)s", count
    )
    _say(request, count, words, day=day_words(day))


def _handle(request: StaffRequest, keys: Keys) -> None:
    count = steps.handle(request.user, keys, SeenForm(request.POST).at)
    words = ngettext("%(count)s case marked as handled", "%(count)s cases marked as handled", count)
    _say(request, count, words)


def _reopen(request: StaffRequest, keys: Keys) -> None:
    count = steps.reopen(request.user, keys)
    _say(request, count, ngettext("%(count)s case reopened", "%(count)s cases reopened", count))


def _say(request: StaffRequest, count: int, words: str, **parts: str) -> None:
    messages.success(request, f"{words % {'count': count_words(count), **parts}}.")


_ACTS: dict[str, Callable[[StaffRequest, Keys], None]] = {
    "take": _take,
    "assign": _assign,
    "snooze": _snooze,
    "handle": _handle,
    "reopen": _reopen,
}
