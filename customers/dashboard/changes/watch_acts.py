"""Watch organizations, one or many, and mark what changed in them as read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.dashboard.back import way_back
from customers.dashboard.cases.act_forms import SeenForm
from customers.dashboard.changes.bell import remember_watching
from customers.dashboard.lists.selected import SELECTION, selection_of
from customers.dashboard.organizations.came_from import url_keeping_list
from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.cases.steps import MOST_AT_ONCE
from customers.services.lists.selection import Selection, selected_customers
from customers.services.watching.unread import mark_all_read
from customers.services.watching.watches import MOST_WATCHED, stop_watching, watch
from customers.services.wording.formats import count_words


@form_of("organization", "org_id")
@staff_page()
def watch_organization(request: StaffRequest, org_id: str) -> HttpResponse:
    _watch(request, Selection(org_ids=(org_id,)))
    return redirect(url_keeping_list(request, org_id))


@form_of("organizations", keeps=SELECTION)
@staff_page()
def watch_selected(request: StaffRequest) -> HttpResponse:
    _watch(request, selection_of(request))
    return redirect(way_back(request, reverse("organizations")))


@form_of("changes")
@staff_page()
def mark_read(request: StaffRequest) -> HttpResponse:
    mark_all_read(request.user, SeenForm(request.POST).at or timezone.now())
    messages.success(request, _("All marked as read."))
    return redirect(way_back(request, reverse("changes")))


def _watch(request: StaffRequest, selection: Selection) -> None:
    chosen = selected_customers(request.user, selection)
    keys = list(chosen.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not keys:
        messages.info(request, _("Select at least one organization."))
    elif request.POST.get("watch") == "off":
        _say_stopped(request, stop_watching(request.user, keys))
    else:
        _begin(request, keys)
    remember_watching(request)


def _begin(request: StaffRequest, keys: list[int]) -> None:
    begun = watch(request.user, keys, SeenForm(request.POST).at)
    if begun.watched:
        words = ngettext(
            "%(count)s organization is watched from now on. The bell above shows what changes.",
            "%(count)s organizations are watched from now on. The bell above shows what changes.",
            begun.watched,
        )
        messages.success(request, words % {"count": count_words(begun.watched)})
    if begun.left_out:
        some = _("Some are not watched: you can watch at most %(most)s organizations.")
        none = _("Not watched: you can watch at most %(most)s organizations.")
        sentence = (some if begun.watched else none) % {"most": count_words(MOST_WATCHED)}
        messages.warning(request, " ".join((sentence, _("Stop watching others first."))))


def _say_stopped(request: StaffRequest, count: int) -> None:
    words = ngettext(
        "You no longer watch %(count)s organization.",
        "You no longer watch %(count)s organizations.",
        count,
    )
    messages.success(request, words % {"count": count_words(count)})
