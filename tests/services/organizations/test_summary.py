"""The state in one sentence, and the badges of a list."""

from datetime import UTC, date, datetime

import pytest

from customers.services.organizations.summary import badges, summary_of
from customers.services.wording.since import since_days
from customers.upstream.stripe.subscription import Pause, Subscription
from tests.helpers.summaries import PAST, SOON, TODAY, customer


@pytest.mark.parametrize(
    ("found", "tone", "title"),
    [
        (customer(delinquent=True), "bad", "The last charge failed."),
        (customer(delinquent=True, expires_on=PAST), "bad", "The last charge failed."),
        (customer(subscription_status="past_due"), "bad", "A subscription is not paid."),
        (customer(subscription_status="unpaid"), "bad", "A subscription is not paid."),
        (customer(subscription_status="incomplete"), "bad", "A first payment is missing."),
        (
            customer(subscription_status="incomplete_expired"),
            "warn",
            "A subscription never started.",
        ),
        (customer(subscription_status="paused"), "warn", "A subscription is paused."),
        (
            customer(subscription_status="newly_invented"),
            "plain",
            "A subscription is newly invented.",
        ),
        (customer("invoice"), "good", "Billed by invoice."),
        (customer("invoice", delinquent=True), "bad", "An invoice is overdue."),
        (customer("invoice", delinquent=None), "plain", "Billed by invoice."),
        (
            customer("invoice", subscription_status="past_due"),
            "bad",
            "A subscription is not paid.",
        ),
        (customer("invoice", subscription_status="paused"), "warn", "A subscription is paused."),
        (customer("invoice", livemode=False), "plain", "A test customer."),
        (customer(expires_on=PAST), "bad", "The card has expired."),
        (customer(expires_on=SOON), "warn", "The card expires soon."),
        (customer(cvc_check="fail"), "warn", "The bank couldn’t verify the card."),
        (customer(expires_on=None), "plain", "A card is on file."),
        (customer("details_not_sent"), "plain", "On file, details unavailable."),
        (customer("unlisted"), "plain", "Payment methods are on file, but none is the default."),
        (
            customer("unknown"),
            "plain",
            "Can’t tell whether a payment method is on file.",
        ),
        (customer(delinquent=None), "plain", "A payment method is on file."),
        (customer(livemode=False), "plain", "A test customer."),
        (customer(subscription_status="trialing"), "good", "No billing problems."),
        (customer(subscription_status="canceled"), "good", "No billing problems."),
        (customer(), "good", "No billing problems."),
        (customer("bank_account"), "good", "No billing problems."),
    ],
)
def test_the_worst_is_said_first(found, tone, title):
    summary = summary_of(found, None, TODAY)

    assert (summary.tone, summary.title) == (tone, title)


def test_a_failed_charge_names_since_when_and_its_likely_cause():
    since = (datetime(2026, 11, 19, 14, 2, tzinfo=UTC), datetime(2026, 11, 19, 20, 2, tzinfo=UTC))

    summary = summary_of(customer(delinquent=True, expires_on=PAST), since, TODAY)

    assert f"Delinquent since {since_days(*since)}." in summary.detail
    assert "expired on 31 Oct 2026. That is the likely cause." in summary.detail


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (customer("none"), "No payment method is on file. That is the likely cause."),
        (customer(cvc_check="fail"), "The bank’s check of the CVC failed. That may be the cause."),
    ],
)
def test_a_failed_charge_says_what_is_known_of_its_cause(found, cause):
    found.delinquent = True

    assert cause in summary_of(found, None, TODAY).detail
    assert not summary_of(found, None, TODAY).hint


def test_a_failed_charge_of_unknown_cause_says_where_to_look():
    summary = summary_of(customer(delinquent=True), None, TODAY)

    assert summary.hint == "Open the payment in Stripe for the decline reason."


@pytest.mark.parametrize(
    ("found", "labels"),
    [
        (customer(delinquent=True, expires_on=PAST), ["Delinquent", "Expired"]),
        (customer(subscription_status="past_due"), ["Past due"]),
        (customer(subscription_status="incomplete"), ["Incomplete"]),
        (customer(subscription_status="incomplete_expired"), ["Incomplete expired"]),
        (customer(subscription_status="paused"), ["Paused"]),
        (customer(subscription_status="newly_invented"), ["Newly invented"]),
        (customer("none", subscription_status="paused"), ["Paused", "No payment method"]),
        (customer("invoice"), ["Billed by invoice"]),
        (customer("invoice", delinquent=True), ["Delinquent", "Billed by invoice"]),
        (customer("invoice", delinquent=None), ["Billed by invoice"]),
        (customer(expires_on=SOON), ["Expires soon"]),
        (
            customer(charged_expires_on=date(2027, 8, 31), charged_renews_on=date(2027, 9, 1)),
            ["Expires before renewal"],
        ),
        (
            customer(charged_expires_on=date(2027, 8, 31), charged_renews_on=date(2027, 8, 31)),
            ["OK"],
        ),
        (customer(expires_on=None), ["Expiry unknown"]),
        (customer(address_zip_check="fail"), ["Card checks failed"]),
        (customer(delinquent=None), ["Delinquency unknown"]),
        (customer("none"), ["No payment method"]),
        (customer("none", delinquent=True), ["Delinquent", "No payment method"]),
        (customer("unlisted"), ["On file, no default"]),
        (customer("deleted", delinquent=None), ["Customer deleted"]),
        (customer(), ["OK"]),
    ],
)
def test_a_list_says_it_in_a_word_or_two(found, labels):
    assert [label for _, label in badges(found, TODAY)] == labels


NEXT_MONTH, LATER = datetime(2026, 12, 3, tzinfo=UTC), datetime(2027, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize("state", ["card", "invoice"])
@pytest.mark.parametrize(
    ("subscription", "sentence"),
    [
        (
            Subscription(status="trialing", trial_end=NEXT_MONTH),
            "A trial ends on 3 Dec 2026.",
        ),
        (
            Subscription(status="active", current_period_end=LATER, cancel_at=NEXT_MONTH),
            "A subscription ends on 3 Dec 2026.",
        ),
    ],
)
def test_what_is_fine_says_what_lies_ahead(state, subscription, sentence):
    found = customer(state, subscription_status=subscription.standing)

    assert summary_of(found, None, TODAY, [subscription]).detail.endswith(sentence)


def test_what_has_ended_lies_ahead_no_more():
    canceled = Subscription(status="canceled", cancel_at=NEXT_MONTH)

    assert "ends on" not in summary_of(customer(), None, TODAY, [canceled]).detail


@pytest.mark.parametrize(
    ("subscription", "detail"),
    [
        (
            Subscription(status="active", pause=Pause("void", NEXT_MONTH)),
            "No payments are collected until 3 Dec 2026; invoices are voided.",
        ),
        (
            Subscription(status="active", pause=Pause("keep_as_draft")),
            "No payments are collected until someone resumes it; invoices are kept as drafts.",
        ),
        (
            Subscription(status="trialing", pause=Pause("mark_uncollectible")),
            "No payments are collected until someone resumes it; invoices are marked as "
            "uncollectible.",
        ),
        (
            Subscription(status="active", pause=Pause("something new")),
            "No payments are collected until someone resumes it.",
        ),
        (
            Subscription(status="paused"),
            "Its trial ended without a payment method.",
        ),
    ],
)
def test_a_pause_says_until_when_and_what_becomes_of_invoices(subscription, detail):
    found = customer(subscription_status="paused")

    assert summary_of(found, None, TODAY, [subscription]).detail == detail


def test_an_overdue_invoice_is_no_failed_charge():
    since = (datetime(2026, 11, 19, 14, 2, tzinfo=UTC), datetime(2026, 11, 19, 20, 2, tzinfo=UTC))

    summary = summary_of(customer("invoice", delinquent=True), since, TODAY)

    assert summary.detail == (
        f"Delinquent since {since_days(*since)}. The invoice is past its due date."
    )
