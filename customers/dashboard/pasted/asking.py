"""Ask Catalyze about a pasted list's unanswered ids, a few seconds per request."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.dashboard.pasted.pasted_list import own_list
from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.pasted_lists.ask_about import AskedAbout, ask_about
from customers.services.wording.messages import said


@form_of("pasted_list", "key")
@staff_page()
def ask_pasted(request: StaffRequest, key: str) -> HttpResponse:
    """A script repeats the request while it makes progress; without scripts, the button does."""
    kept = own_list(request.user, key)
    asked = ask_about(request.user, kept)
    if asked.trouble and not asked.goes_on:
        messages.warning(request, _trouble_words(asked))
    if "in_place" not in request.POST:
        return redirect(kept)
    standing = asked.standing
    words = _("%(asked)s of %(all)s asked") % {"asked": standing.asked, "all": standing.to_ask}
    progress = {"said": words, "asked": standing.asked, "all": standing.to_ask}
    return JsonResponse(progress | {"goes_on": asked.goes_on})


def _trouble_words(asked: AskedAbout) -> str:
    left = len(asked.standing.unasked)
    words = ngettext("%(left)s was not asked: %(why)s", "%(left)s were not asked: %(why)s", left)
    return words % {"left": left, "why": said(asked.trouble)}
