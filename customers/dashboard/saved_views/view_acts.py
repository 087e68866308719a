"""Rename, share, update and delete saved views. Views of others look like those that are gone."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.dashboard.back import way_back
from customers.dashboard.posting import form_of
from customers.dashboard.saved_views.saved_views import gone_words
from customers.dashboard.saved_views.view_form import ViewForm, refused_page, sent_list
from customers.dashboard.saved_views.view_urls import list_url
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import SavedView
from customers.services.saved_views.refusals import Refusal, ViewRefused
from customers.services.saved_views.saving import change_view, delete_view, update_view
from customers.services.saved_views.visible_views import find_view


@form_of("saved_views")
@staff_page()
def change_saved_view(request: StaffRequest, key: int) -> HttpResponse:
    form = ViewForm(request.POST)
    name, is_shared = form.values()

    def change(view: SavedView) -> bool:
        return change_view(request.user, view, name, is_shared=is_shared)

    def refused(_view: SavedView, why: Refusal) -> HttpResponse:
        return refused_page(request, form, why, reverse("change_saved_view", args=[key]))

    return _done(request, key, change, refused, _("The view was changed."))


@form_of("saved_views")
@staff_page()
def update_saved_view(request: StaffRequest, key: int) -> HttpResponse:
    listed, columns = sent_list(request.POST)

    def update(view: SavedView) -> bool:
        return update_view(request.user, view, listed, columns)

    def refused(view: SavedView, why: Refusal) -> HttpResponse:
        form = ViewForm({"name": view.name, "shared": "on" if view.is_shared else ""})
        return refused_page(request, form, why, reverse("saved_views"))

    return _done(request, key, update, refused, _("The view was updated."))


@form_of("saved_views")
@staff_page()
def delete_saved_view(request: StaffRequest, key: int) -> HttpResponse:
    view = find_view(request.user, key)
    if view is None:
        messages.info(request, gone_words())
    elif delete_view(request.user, view):
        messages.success(request, _("The view was deleted."))
    else:
        messages.error(request, _not_yours())
    return redirect(way_back(request, reverse("saved_views")))


def _done(
    request: StaffRequest,
    key: int,
    act: Callable[[SavedView], bool],
    refused: Callable[[SavedView, Refusal], HttpResponse],
    words: str,
) -> HttpResponse:
    view = find_view(request.user, key)
    if view is None:
        messages.info(request, gone_words())
        return redirect("saved_views")
    try:
        is_done = act(view)
    except ViewRefused as exc:
        return refused(view, exc.why)
    if is_done:
        messages.success(request, words)
    else:
        messages.error(request, _not_yours())
    return redirect(way_back(request, list_url(view)))


def _not_yours() -> str:
    return _("Only its owner can change this view. You can save a copy of your own.")
