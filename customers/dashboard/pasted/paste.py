"""Paste ids, and list the user's earlier pasted lists."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customers.dashboard.posting import form_of, returns_to
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.pasted_lists.keeping import (
    find_list,
    ids_as_text,
    keep,
    lists_of,
    remove_list,
)
from customers.services.pasted_lists.pasted_text import TooMuchPasted, read_pasted
from customers.services.wording.formats import count_words


@require_http_methods(["GET", "HEAD", "POST"])
@returns_to("pasted_lists")
@staff_page()
def pasted_lists(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        return keep_pasted(request, request.user, request.POST.get("ids", ""))
    edited = find_list(request.user, request.GET.get("edit", ""))
    return paste_page(request, request.user, ids_as_text(edited) if edited else "")


def keep_pasted(request: HttpRequest, user: User, text: str) -> HttpResponse:
    try:
        pasted = read_pasted(text)
        kept = keep(user, pasted) if pasted.ids else None
    except TooMuchPasted as exc:
        return paste_page(request, user, "", _refusal(exc))
    if kept is None:
        none = _("This text has no org id, customer id or e-mail address.")
        return paste_page(request, user, "", none)
    return redirect(kept)


def paste_page(request: HttpRequest, user: User, text: str, refusal: str = "") -> HttpResponse:
    lists = [(kept, sum(1 for line in kept.lines if line)) for kept in lists_of(user)]
    context = {"text": text, "refusal": refusal, "lists": lists}
    return render(request, "pasted/paste.html", context)


@form_of("pasted_lists")
@staff_page()
def delete_pasted(request: StaffRequest, key: str) -> HttpResponse:
    if remove_list(request.user, key):
        messages.success(request, _("The list was deleted."))
    return redirect("pasted_lists")


def _refusal(exc: TooMuchPasted) -> str:
    counted = {"count": count_words(exc.count), "most": count_words(exc.most)}
    return (
        {
            "ids": _("You pasted %(count)s ids; a list can have at most %(most)s."),
            "lines": _("You pasted %(count)s lines; a list can have at most %(most)s."),
            "characters": _("You pasted %(count)s characters; at most %(most)s are read."),
        }[exc.what]
        % counted
        + " "
        + _("Nothing was saved. Paste them in smaller parts.")
    )
