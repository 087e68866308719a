"""One organization: its billing first, then what is behind it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.dashboard.forms import NoteForm
from customers.dashboard.organizations.past_day import parse_past_day, past_page
from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.services.access.last_viewed import note_look
from customers.services.access.visible import last_sent, past_of
from customers.services.checking.lookup import Lookup, is_stale, look_up
from customers.services.disclosures.log import latest_viewers, record_all
from customers.services.history.differences import (
    delinquent_since,
    first_facts,
    last_method,
    method_words,
)
from customers.services.history.timeline import timeline
from customers.services.lists.shared_cards import sharing_of
from customers.services.organizations.notes import notes_of
from customers.services.organizations.page_fingerprint import fingerprint_of, is_fingerprint_of
from customers.services.organizations.payload_details import details_of
from customers.services.organizations.replies import reply_for
from customers.services.organizations.same_customer import is_sent_for_others
from customers.services.organizations.subscription_lines import lines_of
from customers.services.organizations.summary import expiry_tone, summary_of
from customers.services.wording.expiry import today
from customers.services.wording.messages import said
from customers.upstream.errors import BadOrgId

_EVENTS_SHOWN = 50


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
        return redirect(_url_of(request, found.org_id))
    if is_same:
        # The page shows it already, so this is no new disclosure.
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
    """The language that the reply is wanted in, if another than the page's.

    A GET called it `answer` until release 0.3.0.
    """
    wanted = (request.POST.get("reply"), request.GET.get("reply"), request.GET.get("answer"))
    return next(filter(None, wanted), "")


def _url_of(request: StaffRequest, org_id: str) -> str:
    """The page of an organization, with the reply in the language that was chosen."""
    url = reverse("organization", args=[org_id])
    language = _reply_language(request)
    return f"{url}?{urlencode({'reply': language})}" if language else url


def bad_org_id(request: StaffRequest, exc: BadOrgId) -> HttpResponse:
    return render(request, "errors/bad_org_id.html", {"sentence": said(exc.message)}, status=404)


def organization_page(
    request: StaffRequest, found: Lookup, form: NoteForm | None = None
) -> HttpResponse:
    """The page of what was found, whatever that is; `form` is a note that could not be saved."""
    customer = found.customer
    if customer is None:
        return render(request, "organization/no_answer.html", {"found": found})
    shared, others = sharing_of(request.user, customer)
    # The names of those that its card also pays are shown by this.
    record_all(request.user, {"page": [customer], "list": others})
    note_look(request.user, customer)
    changes = past_of(request.user, customer)
    knows_past = last_sent(request.user, customer) is not None
    events = timeline(changes, customer)[:_EVENTS_SHOWN]
    details = details_of(customer)
    subscriptions = details.subscriptions if details else ()
    since = delinquent_since(changes, customer)
    language = _reply_language(request)
    return render(
        request,
        _template(customer.state),
        {
            "found": found,
            "customer": customer,
            "organization": customer.organization,
            "details": details,
            "fingerprint": fingerprint_of(_session(request), customer, details),
            "subscriptions": lines_of(subscriptions, today()),
            "summary": summary_of(customer, since, today(), subscriptions),
            "since": since,
            "expiry_tone": expiry_tone(customer, today()),
            "events": events,
            "news": [event for event in events if event.seen_at == customer.checked_at],
            "may_look_back": knows_past,
            "before": last_method(changes, customer),
            "first_method": method_words(first_facts(changes, customer)) if changes else "",
            "reply": reply_for(customer, today(), language),
            "reply_language": language,
            "notes": notes_of(request.user, customer),
            "note_form": form,
            "viewers": latest_viewers(customer.organization_id) if knows_past else [],
            "is_stale": is_stale(customer),
            "is_sent_for_others": is_sent_for_others(request.user, customer),
            "shared": shared,
            "also_paid": others,
        },
    )


def _template(state: str) -> str:
    return {
        "none": "organization/no_payment_method.html",
        "deleted": "organization/deleted.html",
    }.get(state, "organization/organization.html")
