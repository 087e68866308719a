"""What is done with the rows that are selected: a few that are ticked, or all of a list."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.dashboard.back import way_back
from customers.dashboard.forms import ListForm
from customers.dashboard.lists.exported import exported
from customers.dashboard.organizations.checked import check_and_say
from customers.dashboard.posting import form_of
from customers.dashboard.site import SEE_CUSTOMERS, StaffRequest, staff_page
from customers.services.checking.check_many import Checked, check_many
from customers.services.lists.listing import LONGEST_PAGE, Listed
from customers.services.lists.selection import Selection, selected_customers
from customers.services.wording.formats import count_words

# The fields of a selection: ticked rows, or all of a list by its query.
SELECTION = ("org", "all")


def selection_of(request: StaffRequest) -> Selection:
    """`org`, repeated as needed, or all of the list whose query string is in `all`."""
    whole = request.POST.get("all", "")
    if whole:
        return Selection(listed=ListForm(QueryDict(whole.removeprefix("?"))).listed())
    return Selection(org_ids=tuple(request.POST.getlist("org")))


@form_of("organizations", keeps=SELECTION)
@staff_page()
def check_selected(request: StaffRequest) -> HttpResponse:
    """No more at once than stand on the longest page; the next sync does the rest."""
    chosen = selected_customers(request.user, selection_of(request))
    found = list(chosen.values_list("organization__org_id", flat=True)[: LONGEST_PAGE + 1])
    org_ids = found[:LONGEST_PAGE]
    check_and_say(
        request,
        lambda: check_many(request.user, org_ids) if org_ids else Checked(),
        _("Select at least one organization to check."),
    )
    if len(found) > LONGEST_PAGE:
        words = _("Only the first %(count)s are checked at once. A sync checks the rest.")
        messages.info(request, words % {"count": count_words(LONGEST_PAGE)})
    return HttpResponseRedirect(way_back(request, reverse("organizations")))


@form_of("organizations", keeps=SELECTION)
@staff_page(SEE_CUSTOMERS, "customers.export_customer", discloses=["export"])
def export_selected(request: StaffRequest) -> StreamingHttpResponse:
    chosen = selection_of(request)
    worklist = (chosen.listed or Listed()).worklist
    return exported(request, selected_customers(request.user, chosen), worklist)
