"""A subscription in words: its items and what they cost, what becomes of it, what it charges."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from customers.services.organizations.subscription_lines import lines_of
from customers.upstream.stripe.known_methods import NamedMethod
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.subscription import Pause, Subscription
from customers.upstream.stripe.subscription_item import SubscriptionItem

TODAY = date(2026, 11, 22)
PAST, SOON, LATER = (
    datetime(2026, 11, 3, tzinfo=UTC),
    datetime(2026, 12, 3, tzinfo=UTC),
    datetime(2027, 1, 3, tzinfo=UTC),
)
BRONZE = SubscriptionItem("Bronze", 1, Decimal(1900), "usd", "month")


def line(**facts):
    (found,) = lines_of([Subscription(**{"id": "sub_1", "status": "active"} | facts)], TODAY)
    return found


@pytest.mark.parametrize(
    ("item", "cost"),
    [
        (BRONZE, "$19.00 every month"),
        (SubscriptionItem("Bronze", None, Decimal(1900), "usd", "month"), "$19.00 every month"),
        (
            SubscriptionItem("Bronze", 2, Decimal(1900), "usd", "month"),
            "$38.00 every month (2 × $19.00)",
        ),
        (
            SubscriptionItem("Bronze", 0, Decimal(1900), "usd", "month"),
            "$0.00 every month (0 × $19.00)",
        ),
        (SubscriptionItem("Bronze", 1500, Decimal(2), "usd"), "$30.00 (1,500 × $0.02)"),
        (
            SubscriptionItem("Bronze", 1500, Decimal("0.5"), "usd", "year"),
            "$7.50 every year (quantity 1,500)",
        ),
        (
            SubscriptionItem("Calls", None, None, "usd", "month", is_measured=True),
            "varies, every month",
        ),
        (
            SubscriptionItem("Seats", 25, Decimal(100), "usd", "month", is_measured=True),
            "varies, every month (quantity 25)",
        ),
        (SubscriptionItem("Calls", is_measured=True), "varies"),
        (SubscriptionItem("Parts", 1, Decimal("0.5"), "usd", "month"), "varies, every month"),
        (SubscriptionItem("Bronze", 3, None, "usd", "3 months"), "every 3 months (quantity 3)"),
        (SubscriptionItem("Bronze"), ""),
    ],
)
def test_what_an_item_costs(item, cost):
    assert line(items=(item,)).items == [(item.name, cost)]


def test_every_item_is_named():
    calls = SubscriptionItem("Calls", interval="month", is_measured=True)

    assert [name for name, _ in line(items=(BRONZE, calls)).items] == ["Bronze", "Calls"]


def test_without_items_a_subscription_goes_by_its_id():
    assert line().items == [("sub_1", "")]


def test_items_that_were_not_sent_are_hinted_at():
    assert line(has_more_items=True).has_more_items is True
    assert line().has_more_items is False


@pytest.mark.parametrize(
    ("facts", "ahead"),
    [
        ({"current_period_end": SOON}, ["renews on 3 Dec 2026"]),
        ({"current_period_end": PAST}, ["renewal was due on 3 Nov 2026"]),
        ({"current_period_end": SOON, "cancel_at_period_end": True}, ["ends on 3 Dec 2026"]),
        ({"cancel_at_period_end": True}, ["does not renew"]),
        ({"current_period_end": LATER, "cancel_at": SOON}, ["ends on 3 Dec 2026"]),
        (
            {"current_period_end": SOON, "cancel_at": LATER},
            ["renews on 3 Dec 2026", "ends on 3 Jan 2027"],
        ),
        ({"current_period_end": PAST, "cancel_at": PAST}, ["was to end on 3 Nov 2026"]),
        (
            {"status": "trialing", "current_period_end": SOON},
            ["on trial until 3 Dec 2026", "renews on 3 Dec 2026"],
        ),
        (
            {"status": "trialing", "trial_end": SOON, "pause": Pause("void")},
            ["on trial until 3 Dec 2026", "paused; invoices are voided"],
        ),
        (
            {"current_period_end": SOON, "pause": Pause("keep_as_draft", LATER)},
            ["paused until 3 Jan 2027; invoices are kept as drafts"],
        ),
        (
            {"current_period_end": LATER, "pause": Pause("mark_uncollectible", SOON)},
            [
                "paused until 3 Dec 2026; invoices are marked as uncollectible",
                "renews on 3 Jan 2027",
            ],
        ),
        ({"current_period_end": SOON, "pause": Pause()}, ["paused"]),
        ({"status": "unpaid", "current_period_end": SOON}, ["this period until 3 Dec 2026"]),
        ({"status": "incomplete", "current_period_end": SOON}, ["this period until 3 Dec 2026"]),
        ({"status": "paused"}, []),
        (
            {"status": "canceled", "ended_at": PAST, "current_period_end": SOON},
            ["ended on 3 Nov 2026"],
        ),
        ({"status": "canceled", "cancel_at": SOON, "current_period_end": SOON}, []),
    ],
)
def test_what_becomes_of_it(facts, ahead):
    assert line(**facts).ahead == ahead


@pytest.mark.parametrize(
    ("facts", "status", "tone"),
    [
        ({}, "active", "good"),
        ({"status": "trialing"}, "trialing", "good"),
        ({"pause": Pause("void")}, "paused", "warn"),
        ({"status": "paused"}, "paused", "warn"),
        ({"status": "past_due", "pause": Pause("void")}, "past due", "bad"),
        ({"status": "unpaid"}, "unpaid", "bad"),
        ({"status": "incomplete"}, "incomplete", "bad"),
        ({"status": "incomplete_expired"}, "incomplete expired", "warn"),
        ({"status": "canceled"}, "canceled", "plain"),
        ({"status": "newly_invented"}, "newly invented", "plain"),
        ({"status": ""}, "unknown", "plain"),
    ],
)
def test_its_status(facts, status, tone):
    assert (line(**facts).status, line(**facts).tone) == (status, tone)


def card(year, month=5, **more):
    return PaymentMethod(
        id="pm_1", kind="card", brand="Visa", last4="4444", exp_month=month, exp_year=year, **more
    )


@pytest.mark.parametrize(
    ("method", "words", "expiry", "tone"),
    [
        (card(2031), "Visa •••• 4444, 05/2031", "", ""),
        (card(2026, 12), "Visa •••• 4444, 12/2026", "expires in 39 days", "warn"),
        (card(2025), "Visa •••• 4444, 05/2025", "expired 18 months ago", "bad"),
        (card(None, None), "Visa •••• 4444, expiry unknown", "", ""),
        (card(2031, wallet="apple_pay"), "Visa •••• 4444 (Apple Pay), 05/2031", "", ""),
        (
            card(2031, wallet="apple_pay", dynamic_last4="0012"),
            "Visa •••• 4444 (Apple Pay •••• 0012), 05/2031",
            "",
            "",
        ),
        (PaymentMethod(kind="bank_account", last4="6789"), "bank account •••• 6789", "", ""),
        (PaymentMethod(type="sepa_credit_transfer"), "SEPA credit transfer", "", ""),
        (None, "pm_1, details unavailable", "", ""),
    ],
)
def test_it_shows_the_method_that_it_charges(method, words, expiry, tone):
    found = line(method=NamedMethod("pm_1", method)).method

    assert (found.words, found.expiry, found.tone) == (words, expiry, tone)


@pytest.mark.parametrize(
    ("day", "tone"),
    [
        (date(2026, 10, 31), ""),
        (date(2026, 11, 1), "warn"),
        (date(2026, 12, 31), "warn"),
        (date(2027, 1, 1), "bad"),
    ],
)
def test_the_method_is_warned_about_through_its_last_day(day, tone):
    one = Subscription("sub_1", "active", method=NamedMethod("pm_1", card(2026, 12)))

    (found,) = lines_of([one], day)

    assert found.method.tone == tone


def test_without_a_method_of_its_own_it_shows_none():
    assert line().method is None


@pytest.mark.parametrize(
    ("facts", "is_invoiced", "is_charging"),
    [
        ({}, False, True),
        ({"status": "unpaid"}, False, True),
        ({"is_invoiced": True}, True, False),
        ({"status": "canceled"}, False, False),
        ({"status": "canceled", "is_invoiced": True}, False, False),
    ],
)
def test_whether_it_charges_or_sends_invoices(facts, is_invoiced, is_charging):
    assert (line(**facts).is_invoiced, line(**facts).is_charging) == (is_invoiced, is_charging)


def test_it_speaks_german():
    with override("de"):
        found = line(items=(BRONZE,), current_period_end=SOON, pause=Pause("void", SOON))

    assert [cost.replace("\N{NO-BREAK SPACE}", " ") for _, cost in found.items] == [
        "19,00 $ monatlich"
    ]
    assert found.ahead == [
        "pausiert bis 3. Dez. 2026; Rechnungen werden storniert",
        "verlängert sich am 3. Dez. 2026",
    ]
