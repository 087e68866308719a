"""Why an organization needs action, in words."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from customers.models import Case, Customer
from customers.services.access.visible import visible_customers
from customers.services.overview.why import why
from customers.services.wording.expiry import today
from customers.services.wording.short_times import short_day
from customers.services.wording.since import since_days
from tests.helpers.moments import KIRITIMATI, at
from tests.helpers.rows import ago, give_credentials, grant, make_customer, make_organization, show


def days(ahead):
    return today() + timedelta(days=ahead)


def moment(ahead):
    return timezone.now() + timedelta(days=ahead)


def told(user, customer):
    rows = visible_customers(user).filter(pk=customer.pk).select_related("case__owner")
    return why(rows.get(), today())


EXPIRED, SOON, LATER = {"expires_on": days(-9)}, days(8), days(12)
RENEWS = f"renews {short_day(LATER)}"


@pytest.mark.parametrize(
    ("facts", "worklist", "words"),
    [
        ({"delinquent": True}, "delinquent", "Charge failed"),
        ({"delinquent": True, "state": "invoice"}, "delinquent", "Invoice overdue"),
        (
            {"delinquent": True, "next_renewal": moment(12), **EXPIRED},
            "delinquent",
            f"Charge failed, card expired, {RENEWS}",
        ),
        (
            {"delinquent": True, "state": "none"},
            "delinquent",
            "Charge failed, no payment method",
        ),
        (EXPIRED, "expired", "Card expired"),
        (
            {"charged_expires_on": SOON, "charged_renews_on": LATER},
            "expires-before-renewal",
            f"Card valid to {SOON:%m/%y}, {RENEWS}",
        ),
        (
            {"charged_expires_on": SOON},
            "expires-before-renewal",
            f"Card valid to {SOON:%m/%y}, renewal unknown",
        ),
        (
            {"state": "none", "next_renewal": moment(12)},
            "no-payment-method",
            f"No payment method, {RENEWS}",
        ),
        ({"state": "none", "next_renewal": moment(-9)}, "no-payment-method", "No payment method"),
        (
            {"first_payment_outstanding": True},
            "first-payment-outstanding",
            "First payment outstanding",
        ),
        ({}, "", "Nothing left to do"),
    ],
)
def test_it_names_the_worst_list_and_what_else_matters(ana, anas, facts, worklist, words):
    found = told(ana, show(ana, "northwind", **facts))

    assert (found.worklist, found.words) == (worklist, words)


def test_a_snooze_that_is_over_is_said(ana, anas):
    customer = show(ana, "northwind", delinquent=True)
    Case.objects.create(customer=customer, snoozed_until=today())

    assert told(ana, Customer.objects.get(pk=customer.pk)).words == "Charge failed, snooze ended"


def test_it_says_since_which_days_it_is_so(ana, anas):
    facts = {"delinquent_after": moment(-4), "delinquent_seen_at": moment(-3)}

    found = told(ana, show(ana, "northwind", delinquent=True, **facts))

    assert found.since == since_days(moment(-4), moment(-3))


def test_since_when_is_said_only_to_those_who_may_know_the_past(ana, anas):
    hidden = make_organization("hidden")
    make_customer(hidden, state="none", is_set_up=False, state_seen_at=ago(60), state_after=ago(90))
    grant(ana, hidden, customer_sent_at=None)

    assert told(ana, hidden.customer).since == "–"


def test_since_when_a_card_ends_before_its_renewal(ana, anas):
    facts = {"charged_expires_on": SOON, "charged_renews_on": LATER}
    seen = show(ana, "seen", **facts, charge_seen_at=moment(-2))
    always = show(ana, "always", **facts)

    assert [told(ana, customer).since for customer in (seen, always)] == [short_day(days(-2)), "–"]


def test_the_day_of_a_renewal_is_that_of_time_zone(ana):
    with time_machine.travel(at("2026-12-30T20:00")), timezone.override(KIRITIMATI):
        give_credentials(ana)
        customer = show(ana, "northwind", state="none", next_renewal=at("2026-12-31T20:00"))
        found = told(ana, customer)

    assert found.words == "No payment method, renews 31 Dec"
