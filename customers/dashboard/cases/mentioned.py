"""Tell a note's writer which of the mentioned colleagues were notified."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.dashboard.site import StaffRequest
from customers.services.cases.mentions import Mentioned
from customers.services.wording.isolation import isolated


def say_whom_it_mentions(request: StaffRequest, mentioned: Mentioned) -> None:
    if mentioned.told:
        sentence = _("It is on the list “Mine” of %(names)s.")
        messages.success(request, sentence % {"names": _listed(mentioned.told)})
    if mentioned.without_access:
        sentence = ngettext(
            "%(names)s was not notified: they have no access here.",
            "%(names)s were not notified: they have no access here.",
            len(mentioned.without_access),
        )
        messages.warning(request, sentence % {"names": _listed(mentioned.without_access)})
    if mentioned.unknown:
        sentence = _("Not notified: no colleague is called %(names)s.")
        messages.warning(request, sentence % {"names": _listed(mentioned.unknown)})


def _listed(names: list[str]) -> str:
    return ", ".join(map(isolated, names))
