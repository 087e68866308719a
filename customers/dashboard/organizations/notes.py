"""Notes on an organization: write, pin, delete."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.dashboard.cases.mentioned import say_whom_it_mentions
from customers.dashboard.drafts import kept_in_session
from customers.dashboard.forms import NoteForm
from customers.dashboard.organizations.came_from import url_keeping_list
from customers.dashboard.organizations.organization import bad_org_id, organization_page
from customers.dashboard.permissions import PermissionMissing
from customers.dashboard.posting import form_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.models import Note
from customers.services.checking.lookup import look_up
from customers.services.organizations.notes import add_note, notes_of
from customers.upstream.errors import BadOrgId

_MAY_CHANGE = "customers.change_note"


@form_of("organization", "org_id", keeps=NoteForm.Meta.fields)
@staff_page(SEE_CUSTOMERS, "customers.add_note", discloses=["page", "list"])
def write_note(request: StaffRequest, org_id: str) -> HttpResponse:
    try:
        found = look_up(request.user, org_id)
    except BadOrgId as exc:
        return bad_org_id(request, exc)
    if found.customer is None:
        page = reverse("organization", args=[found.org_id])
        return redirect(kept_in_session(request, NoteForm.Meta.fields, page))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return organization_page(request, found, form)
    mentioned = add_note(
        request.user,
        found.customer.organization,
        form.cleaned_data["text"],
        form.cleaned_data["ticket_url"],
    )
    messages.success(request, _("Note added."))
    say_whom_it_mentions(request, mentioned)
    return redirect(url_keeping_list(request, found.org_id))


@form_of("organization", "org_id")
@staff_page()
def pin_note(request: StaffRequest, org_id: str, key: int) -> HttpResponse:
    """Pin or unpin a note: its author may, and anyone who may change notes."""

    def pin(note: Note) -> str:
        if not (_is_own(request, note) or request.user.has_perm(_MAY_CHANGE)):
            raise PermissionMissing(_MAY_CHANGE)
        note.is_pinned = request.POST.get("pinned") == "yes"
        note.save(update_fields=["is_pinned"])
        return _("Note pinned.") if note.is_pinned else _("Note unpinned.")

    return _changed(request, org_id, key, pin)


@form_of("organization", "org_id")
@staff_page()
def delete_note(request: StaffRequest, org_id: str, key: int) -> HttpResponse:
    def delete(note: Note) -> str:
        if not _is_own(request, note):
            raise PermissionDenied
        note.delete()
        return _("Note deleted.")

    return _changed(request, org_id, key, delete)


def _changed(
    request: StaffRequest, org_id: str, key: int, change: Callable[[Note], str]
) -> HttpResponse:
    """Apply `change`, which returns the success message, to a note that the user may read now."""
    try:
        found = look_up(request.user, org_id)
    except BadOrgId as exc:
        return bad_org_id(request, exc)
    if found.customer is None:
        return organization_page(request, found)
    notes = notes_of(request.user, found.customer)
    note = next((note for note in notes if note.pk == key), None)
    if note is None:
        messages.info(request, _("This note no longer exists."))
    else:
        messages.success(request, change(note))
    return redirect(url_keeping_list(request, found.org_id))


def _is_own(request: StaffRequest, note: Note) -> bool:
    return note.author_id == request.user.pk
