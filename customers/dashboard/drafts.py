"""Keep what a form held when its session had ended, and fill the form again for its writer."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from customers.services.drafts import drafts
from customers.services.drafts.writer import sign_writer, writer_of

PARAMETER = "draft"  # in the page's URL, and a hidden field of its form
WRITER = "writer"  # a hidden field
_NOTE, _REPLY = "write_note", "reply"


@dataclass(frozen=True, slots=True)
class Offer:
    """The draft that a page was opened with; always the reader's own."""

    key: str
    form: str  # the name of the URL that it is sent to
    fields: drafts.Fields

    @property
    def note(self) -> dict[str, str]:
        is_note = self.form == _NOTE
        return {name: self._first(name) for name in self.fields} if is_note else {}

    @property
    def reply(self) -> str:
        return self._first("text") if self.form == _REPLY else ""

    @property
    def purpose(self) -> str:
        return self._first("purpose")

    @property
    def search_text(self) -> str:
        return self._first("q")

    @property
    def ticked(self) -> frozenset[str]:
        return frozenset(self.fields.get("org", ()))

    @property
    def all_of(self) -> str:
        """The query of the list whose rows were all selected, or ""."""
        return self._first("all")

    def _first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")


def sent_fields(request: HttpRequest, names: Sequence[str]) -> drafts.Fields:
    return {name: request.POST.getlist(name) for name in names if name in request.POST}


def kept_for_writer(request: HttpRequest, names: Sequence[str], place: str) -> str:
    """`place`, with the form's draft if it could be kept. The CSRF token is already checked."""
    fields = sent_fields(request, names)
    if not fields:
        return place
    key = drafts.keep_signed(request.POST.get(WRITER, ""), request.path, fields)
    if key is None:
        words = _("What you entered could not be saved. Go back in your browser to copy it.")
        messages.warning(request, words)
        return place
    messages.info(request, _("What you entered is kept for 30 minutes. Sign in to continue."))
    return with_draft(place, key)


def kept_in_session(request: HttpRequest, names: Sequence[str], place: str) -> str:
    """The same for a signed-in user, if the page of the form cannot be shown now."""
    fields = sent_fields(request, names)
    key = drafts.keep_draft(cast("User", request.user), request.path, fields)
    return with_draft(place, key or "")


def with_draft(place: str, key: str) -> str:
    url = urlsplit(place)
    query = QueryDict(url.query, mutable=True)
    query.pop(PARAMETER, None)
    if key:
        query[PARAMETER] = key
    return url._replace(query=query.urlencode()).geturl()


def offered(request: HttpRequest) -> Offer | None:
    """Only after a complete sign-in, and only the user's own draft."""
    key = request.GET.get(PARAMETER, "")
    if not key or not admin.site.has_permission(request):
        return None
    found = drafts.waiting_draft(cast("User", request.user), key)
    if found is None:
        return None
    try:
        form = resolve(found.path)
    except Resolver404:
        return None
    page = request.resolver_match
    names = vars(form.func).get("page_names", ())
    if names and (page is None or page.kwargs != {name: form.kwargs[name] for name in names}):
        return None  # such as a note on another organization
    return Offer(key, form.url_name or "", found.fields)


def fields_for(request: HttpRequest, offer: Offer | None) -> dict[str, str]:
    draft = {PARAMETER: offer.key} if offer else {}
    return {WRITER: sign_writer(cast("User", request.user)), **draft}


def sent_again(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form whose CSRF token is outdated; none unless it was made for this user."""
    user, match = request.user, request.resolver_match
    names = vars(match.func).get("keeps", ()) if match else ()
    fields = sent_fields(request, names)
    is_own = bool(fields) and admin.site.has_permission(request)
    if not is_own or writer_of(request.POST.get(WRITER, "")) != user.pk:
        return []
    return [(name, value) for name, values in fields.items() for value in values]


def drop_sent(request: HttpRequest) -> None:
    """A failure is ignored: the draft will lapse, but "try again" would repeat what was done."""
    if key := request.POST.get(PARAMETER):
        with suppress(DatabaseError, InterfaceError):
            drafts.drop_draft(cast("User", request.user), key, request.path)
