"""The page of one organization, and "Check now"."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.dashboard.changes.bell import is_watching
from customers.dashboard.forms import NoteForm
from customers.dashboard.organizations.came_from import came_from, url_keeping_list
from customers.dashboard.organizations.past_day import parse_past_day, past_page
from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import Customer
from customers.services.access.how_proved import listing_of
from customers.services.access.last_viewed import note_look
from customers.services.access.organization_names import imported_name_of
from customers.services.access.sight import sight_of
from customers.services.access.visible import last_sent, past_of
from customers.services.cases.mentions import see_mentions
from customers.services.cases.panel import case_panel
from customers.services.checking.lookup import Lookup, is_stale, look_up
from customers.services.checking.outcome import Result
from customers.services.disclosures.log import latest_viewers, record_all
from customers.services.history.differences import (
    delinquent_since,
    first_facts,
    last_method,
    method_words,
)
from customers.services.history.timeline import timeline
from customers.services.lists.shared_cards import in_common
from customers.services.operations.catalyze_standing import catalyze_standing
from customers.services.organizations.access_request import access_request
from customers.services.organizations.method_lines import card_checks, charged_line, other_lines
from customers.services.organizations.notes import notes_of
from customers.services.organizations.page_fingerprint import fingerprint_of, is_fingerprint_of
from customers.services.organizations.payload_details import details_of
from customers.services.organizations.replies import reply_for
from customers.services.organizations.subscription_lines import lines_of
from customers.services.organizations.summary import summary_of
from customers.services.watching.unread import see_watched
from customers.services.wording.expiry import today
from customers.services.wording.messages import said
from customers.upstream.errors import BadOrgId
from customers.upstream.stripe.stripe_customer import StripeCustomer

_EVENTS_SHOWN = 50
# So many are seen at once; the others fold out.
_EVENTS_OPEN = 8
_IN_A_LINE = {Customer.State.CARD, Customer.State.BANK_ACCOUNT, Customer.State.OTHER}


@require_safe
@staff_page(discloses=["page", "list", "past"])
def organization(request: StaffRequest, org_id: str) -> HttpResponse:
    try:
        found = look_up(request.user, org_id)
    except BadOrgId as exc:
        return bad_org_id(request, exc)
    day = parse_past_day(request.GET.get("as_of", ""))
    if day and found.customer:
        return past_page(request, found.customer, day)
    return organization_page(request, found)


@form_of("organization", "org_id")
@staff_page(discloses=["page", "list"])
def check_now(request: StaffRequest, org_id: str) -> HttpResponse:
    try:
        found = look_up(request.user, org_id, refresh=True)
    except BadOrgId as exc:
        return bad_org_id(request, exc)
    customer = found.customer
    if customer is None:
        return organization_page(request, found)
    is_same = is_fingerprint_of(
        request.POST.get("fingerprint", ""), _session(request), customer, details_of(customer)
    )
    if "in_place" not in request.POST:
        if is_same and not found.trouble:
            messages.success(request, _("Checked just now. No changes."))
        return redirect(url_keeping_list(request, found.org_id, reply=_reply_language(request)))
    if is_same:
        # The page already shows this, so it is no new disclosure.
        parts = {
            "found": found,
            "customer": customer,
            "reply": reply_for(customer, today(), _reply_language(request)),
        }
        return render(request, "organization/_checked_again.html", parts)
    return organization_page(request, found)


def _session(request: StaffRequest) -> str:
    return str(request.session.session_key)


def _reply_language(request: StaffRequest) -> str:
    """The language chosen for the reply, or "". Until release 0.3.0 the parameter was `answer`."""
    wanted = (request.POST.get("reply"), request.GET.get("reply"), request.GET.get("answer"))
    return next(filter(None, wanted), "")


def bad_org_id(request: StaffRequest, exc: BadOrgId) -> HttpResponse:
    return render(request, "errors/bad_org_id.html", {"sentence": said(exc.message)}, status=404)


def organization_page(
    request: StaffRequest, found: Lookup, form: NoteForm | None = None
) -> HttpResponse:
    """The page for whatever was found; `form` holds a note that could not be saved."""
    customer = found.customer
    if customer is None:
        return _no_answer(request, found)
    common = in_common(request.user, customer)
    # The page names the organizations that its card also pays, so this discloses them.
    record_all(request.user, {"page": [customer], "list": common.also_paid})
    note_look(request.user, customer)
    see_mentions(request.user, customer)
    is_watched = is_watching(request) and see_watched(request.user, customer)
    changes = past_of(request.user, customer)
    has_visible_past = last_sent(request.user, customer) is not None
    events = timeline(changes, customer)[:_EVENTS_SHOWN]
    details = details_of(customer)
    subscriptions = details.subscriptions if details else ()
    since = delinquent_since(changes, customer)
    language = _reply_language(request)
    return render(
        request,
        "organization/organization.html",
        {
            "found": found,
            "catalyze": catalyze_standing(request.user, found.credentials),
            "customer": customer,
            "organization": customer.organization,
            "details": details,
            "fingerprint": fingerprint_of(_session(request), customer, details),
            "came_from": came_from(request, customer, is_recorded=True),
            **_method_parts(customer, details),
            "subscriptions": lines_of(subscriptions, today(), customer),
            "summary": summary_of(
                customer,
                since,
                today(),
                subscriptions,
                knows_past=sight_of(customer).knows_past,
            ),
            "since": since,
            "events": events[:_EVENTS_OPEN],
            "earlier": events[_EVENTS_OPEN:],
            "news": [event for event in events if event.seen_at == customer.checked_at],
            "may_look_back": has_visible_past,
            "before": last_method(changes, customer),
            "first_method": method_words(first_facts(changes, customer)) if changes else "",
            "reply": reply_for(customer, today(), language),
            "reply_language": language,
            "case": case_panel(request.user, customer),
            "is_watched": is_watched,
            "listing": listing_of(request.user, customer),
            "notes": notes_of(request.user, customer),
            "note_form": form,
            "viewers": latest_viewers(customer.organization_id) if has_visible_past else [],
            "is_stale": is_stale(customer),
            "is_sent_for_others": common.is_sent_for_others,
            "shared": common.card,
            "also_paid": common.also_paid,
        },
    )


def _method_parts(customer: Customer, details: StripeCustomer | None) -> dict[str, object]:
    charged = details.payment_method if details else None
    is_told = customer.state in _IN_A_LINE
    return {
        "method": charged_line(customer, charged, today()) if is_told else None,
        "checks": card_checks(customer),
        "other_methods": other_lines(details.other_methods if details else (), today()),
    }


def _no_answer(request: StaffRequest, found: Lookup) -> HttpResponse:
    """Why nothing can be shown; after a denial, also how to ask for access."""
    parts: dict[str, object] = {"found": found}
    if found.result is Result.DENIED:
        name = imported_name_of(found.org_id)
        parts |= {"name": name, "access_request": access_request(request.user, found.org_id, name)}
    return render(request, "organization/no_answer.html", parts)
