"""See all saved views, open one, and save a list as one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customers.dashboard.lists.list_query import list_words
from customers.dashboard.posting import returns_to
from customers.dashboard.row_keys import row_key
from customers.dashboard.saved_views.beside_list import shared_by_words, stays_private_words
from customers.dashboard.saved_views.view_form import ViewForm, refused_page, sent_list
from customers.dashboard.saved_views.view_urls import list_url
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import SavedView
from customers.services.lists.list_parameters import stored_list
from customers.services.saved_views.refusals import ViewRefused
from customers.services.saved_views.saving import MOST_VIEWS, make_view
from customers.services.saved_views.visible_views import (
    PAGE_OF_SHARED,
    colleagues_views,
    find_view,
    may_change,
    may_delete,
    own_views,
)


@dataclass(frozen=True, slots=True)
class ViewRow:
    view: SavedView
    words: list[str]  # what its list is narrowed to
    shared_by: str  # "" for the user's own
    stays_private: str  # why it cannot be shared, or ""
    may_change: bool
    may_delete: bool


@require_http_methods(["GET", "HEAD", "POST"])
@returns_to("saved_views")
@staff_page()
def saved_views(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request)
    user, after = request.user, row_key(request.GET.get("after", ""))
    shared = colleagues_views(user, find_view(user, after) if after else None)
    page = shared[:PAGE_OF_SHARED]
    context = {
        "own": list(_rows(user, own_views(user))),
        "shared": list(_rows(user, page)),
        "next": page[-1].pk if len(shared) > PAGE_OF_SHARED else None,
        "is_later_page": bool(after),
        "most": MOST_VIEWS,
    }
    return render(request, "saved_views/saved_views.html", context)


def _save(request: StaffRequest) -> HttpResponse:
    form = ViewForm(request.POST)
    name, is_shared = form.values()
    listed, columns = sent_list(request.POST)
    try:
        view = make_view(request.user, name, listed, columns, is_shared=is_shared)
    except ViewRefused as exc:
        return refused_page(request, form, exc.why, reverse("saved_views"))
    messages.success(request, _("The view was saved."))
    return redirect(list_url(view))


def _rows(user: User, views: Iterable[SavedView]) -> Iterable[ViewRow]:
    for view in views:
        listed = stored_list(view.parameters)
        yield ViewRow(
            view,
            list_words(listed),
            "" if may_change(user, view) else shared_by_words(view),
            stays_private_words(listed),
            may_change=may_change(user, view),
            may_delete=may_delete(user, view),
        )


@require_safe
@staff_page()
def saved_view(request: StaffRequest, key: int) -> HttpResponse:
    view = find_view(request.user, key)
    if view is None:
        messages.info(request, gone_words())
        return redirect("organizations")
    return redirect(list_url(view))


def gone_words() -> str:
    return _("This saved view no longer exists, or is no longer shared with you.")
