"""Notes on an organization: write, pin, delete."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from customers.dashboard.forms import NoteForm
from customers.dashboard.organizations.organization import bad_org_id, organization_page
from customers.dashboard.permissions import PermissionMissing
from customers.dashboard.posting import form_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.models import Note
from customers.services.checking.lookup import look_up
from customers.services.organizations.notes import add_note, notes_of
from customers.upstream.errors import BadOrgId

_MAY_CHANGE = "customers.change_note"


@form_of("organization", "org_id")
@staff_page(SEE_CUSTOMERS, "customers.add_note", discloses=["page", "list"])
def write_note(request: StaffRequest, org_id: str) -> HttpResponse:
    try:
        found = look_up(request.user, org_id)
    except BadOrgId as exc:
        return bad_org_id(request, exc)
    form = NoteForm(request.POST)
    if found.customer is None or not form.is_valid():
        return organization_page(request, found, form)
    add_note(
        request.user,
        found.customer.organization,
        form.cleaned_data["text"],
        form.cleaned_data["ticket_url"],
    )
    messages.success(request, _("Note added."))
    return redirect("organization", found.org_id)


@form_of("organization", "org_id")
@staff_page()
def pin_note(request: StaffRequest, org_id: str, key: int) -> HttpResponse:
    """Put a note on top, or back into its place: its author, and who may change notes."""

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
    """Delete a note, which only its author may."""

    def delete(note: Note) -> str:
        if not _is_own(request, note):
            raise PermissionDenied
        note.delete()
        return _("Note deleted.")

    return _changed(request, org_id, key, delete)


def _changed(
    request: StaffRequest, org_id: str, key: int, change: Callable[[Note], str]
) -> HttpResponse:
    """Change a note if the user may read it now; `change` gives the sentence that says it."""
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
    return redirect("organization", found.org_id)


def _is_own(request: StaffRequest, note: Note) -> bool:
    return note.author_id == request.user.pk
