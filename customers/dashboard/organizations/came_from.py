"""The list that an organization's page was opened from: its neighbours, and the way back.
The URL carries only the list's query, which is parsed as a list and never used as an address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.dashboard.forms import ListForm
from customers.dashboard.site import StaffRequest
from customers.models import Customer
from customers.services.lists.listing import Listed
from customers.services.lists.neighbours import place_of
from customers.services.lists.worklists import BY_KEY
from customers.services.wording.formats import count_words

PARAMETER = "from"
_LONGEST = 800  # characters; longer queries, such as a pasted column, are not passed on


@dataclass(frozen=True, slots=True)
class CameFrom:
    """`place` is where the organization is on the list, in words; a URL is empty at an end."""

    query: str
    label: str
    url: str
    place: str
    previous_url: str
    next_url: str


def url_from_list(organization_url: str, list_query: str) -> str:
    """The URL of an organization's page, opened from the list with this query (no `?`)."""
    if len(list_query) > _LONGEST:
        return organization_url
    return f"{organization_url}?{urlencode({PARAMETER: list_query})}"


def kept_parameters(request: HttpRequest) -> dict[str, str]:
    submitted = request.POST if request.method == "POST" else request.GET
    text = submitted.get(PARAMETER)
    return {} if text is None or len(text) > _LONGEST else {PARAMETER: text}


def url_keeping_list(request: HttpRequest, org_id: str, **parameters: str) -> str:
    filled = {name: value for name, value in parameters.items() if value}
    query = urlencode(filled | kept_parameters(request))
    url = reverse("organization", args=[org_id])
    return f"{url}?{query}" if query else url


def list_named_by(request: HttpRequest) -> tuple[Listed, str] | None:
    """The list that the request names, and its URL; None if it names none."""
    kept = kept_parameters(request)
    if not kept:
        return None
    query = QueryDict(kept[PARAMETER])
    url = reverse("organizations")
    return ListForm(query).listed(), f"{url}?{query.urlencode()}" if query else url


def came_from(request: StaffRequest, customer: Customer, *, is_recorded: bool) -> CameFrom | None:
    """The place on the list reveals billing, so it is left out unless the page is recorded."""
    found = list_named_by(request)
    if found is None:
        return None
    listed, url = found
    place = place_of(request.user, listed, customer) if is_recorded else None
    query = urlencode(kept_parameters(request))
    org_id = customer.organization.org_id
    return CameFrom(
        query=kept_parameters(request)[PARAMETER],
        label=_label(listed),
        url=f"{url}#o{customer.pk}",  # its row
        place=_numbered(place.before, place.after) if place else "",
        previous_url="" if place and place.before == 0 else _step("previous", org_id, query),
        next_url="" if place and place.after == 0 else _step("next", org_id, query),
    )


def _step(name: str, org_id: str, query: str) -> str:
    return f"{reverse(f'{name}_organization', args=[org_id])}?{query}"


def _label(listed: Listed) -> str:
    if listed.text:
        return _("Search results")
    if listed.worklist:
        return str(BY_KEY[listed.worklist].label)
    return _("Filtered list") if listed.is_narrowed else _("Organizations")


def _numbered(before: int | None, after: int | None) -> str:
    """`5 of 447`; places too far down and very long lists are not counted."""
    if before is None:
        return ""
    number = count_words(before + 1)
    if after is None:
        return _("%(number)s of many") % {"number": number}
    return _("%(number)s of %(count)s") % {
        "number": number,
        "count": count_words(before + 1 + after),
    }
