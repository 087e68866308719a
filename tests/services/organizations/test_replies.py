"""What to tell the customer: every state, in both languages, in the words that staff chose."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from customers.models import ReplyTemplate
from customers.services.organizations.replies import reply_for
from customers.services.organizations.reply_editing import (
    all_texts,
    reset_text,
    save_text,
    text_in_use,
)
from customers.services.organizations.reply_texts import (
    PLACEHOLDERS,
    default_text,
    filled,
    problems,
)
from tests.helpers.summaries import PAST, SOON, TODAY, customer

STATES = list(ReplyTemplate.State)
STORED = "The card is {card}; {organization} has it, {date}."


@pytest.fixture(autouse=True)
def _rows(db):
    """Every answer asks whether staff wrote a text of their own."""


@pytest.mark.parametrize(
    ("found", "state", "english", "german"),
    [
        (customer("none"), "none", "We have no payment method on file for Northwind", "keine"),
        (customer("none", delinquent=True), "none-and-failed", "failed, and we have", "keine"),
        (customer("deleted"), "deleted", "The billing account of Northwind Clinics", "geschlossen"),
        (
            customer(delinquent=True),
            "failed",
            "The last charge for Northwind Clinics to Visa •••• 4242 failed",
            "fehlgeschlagen",
        ),
        (
            customer(delinquent=True, expires_on=PAST),
            "expired-and-failed",
            "failed, and Visa •••• 4242 has expired",
            "abgelaufen",
        ),
        (
            customer(subscription_status="past_due"),
            "unpaid",
            "has not been paid yet",
            "nicht bezahlt",
        ),
        (
            customer(subscription_status="incomplete"),
            "unpaid",
            "has not been paid yet",
            "nicht bezahlt",
        ),
        (customer("invoice"), "invoice", "is billed by invoice", "per Rechnung"),
        (customer("invoice", delinquent=None), "invoice", "is billed by invoice", "per Rechnung"),
        (
            customer("invoice", delinquent=True),
            "invoice-overdue",
            "An invoice sent to Northwind Clinics has not been paid yet.",
            "nicht bezahlt",
        ),
        (
            customer("invoice", subscription_status="past_due"),
            "invoice-overdue",
            "has not been paid yet",
            "nicht bezahlt",
        ),
        (customer(subscription_status="paused"), "card", "is Visa •••• 4242", "gültig bis"),
        (customer(expires_on=PAST), "expired", "Visa •••• 4242, has expired.", "abgelaufen"),
        (customer(expires_on=SOON), "expiring", "is valid through 12/2026", "bis 12/2026"),
        (customer(cvc_check="fail"), "doubted", "could not confirm", "nicht bestätigen"),
        (
            customer("bank_account", last4="6789"),
            "method",
            "is the bank account ending in 6789.",
            "das Bankkonto mit den Endziffern 6789",
        ),
        (customer("bank_account"), "method", "is the bank account on file", "das hinterlegte"),
        (customer(expires_on=None), "method", "is Visa •••• 4242.", "Visa •••• 4242"),
        (customer("details_not_sent"), "unnamed", "A payment method is on file", "hinterlegt"),
        (customer("other"), "unnamed", "A payment method is on file", "hinterlegt"),
        (customer("unknown", delinquent=True), "failed", "to the payment method on file", "die"),
        (customer("unknown"), "unknown", "We are looking into", "Wir klären"),
        (customer(), "card", "is Visa •••• 4242, valid through 05/2031.", "gültig bis 05/2031"),
    ],
)
def test_every_state_has_a_dated_answer_in_both_languages(found, state, english, german):
    in_english, in_german = (reply_for(found, TODAY, language) for language in ("en", "de"))

    assert (in_english.state, in_german.state) == (state, state)
    assert english in in_english.text
    assert german in in_german.text
    assert in_english.text.endswith("(As of 22 November 2026, 00:00 UTC.)")
    assert in_german.text.endswith("(Stand: 22. November 2026, 00:00 UTC.)")


def test_an_answer_holds_no_amount_and_no_id():
    found = customer(delinquent=True, balance=123456, currency="usd", customer_id="cus_secret")

    text = reply_for(found, TODAY, "en").text

    assert "1,234" not in text
    assert "cus_" not in text
    assert found.organization.org_id not in text


def test_an_answer_is_copied_plain_and_shown_with_what_is_foreign_isolated():
    found = customer(brand="ויזה")
    found.organization.name = "מרפאה"

    answer = reply_for(found, TODAY, "en")

    assert "for מרפאה is ויזה •••• 4242, valid" in answer.text
    assert "for \u2068מרפאה\u2069 is \u2068ויזה\u2069 •••• 4242, valid" in answer.shown


def test_an_organization_without_a_name_is_yours_and_not_an_id():
    found = customer()
    found.organization.name = ""

    assert "your organization" in reply_for(found, TODAY, "en").text
    assert "Ihre Organisation" in reply_for(found, TODAY, "de").text


def test_without_a_choice_the_answer_is_in_the_language_of_the_page():
    with override("de"):
        assert reply_for(customer(), TODAY).language == "de"
        assert reply_for(customer(), TODAY, "xx").language == "de"
        assert reply_for(customer(), TODAY, "en").language == "en"


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        ("de", "de"),
        ("de-AT,en", "de"),
        ("DE_de", "de"),
        ("fr-FR,de,en", "de"),
        ("fr-FR,en-GB", "en"),
        ("fr-FR,tlh", "en"),
        ("", "en"),
    ],
)
def test_without_a_choice_the_answer_is_in_the_first_language_of_the_customer(locales, language):
    found = customer(preferred_locales=locales)

    assert reply_for(found, TODAY).language == language
    assert reply_for(found, TODAY, "xx").language == language
    assert reply_for(found, TODAY, "en").language == "en"


def test_what_staff_wrote_is_used_for_its_state_and_language_alone(ana):
    save_text(ana, "card", "en", STORED)

    answer = reply_for(customer(), TODAY, "en").text

    assert (
        answer
        == "The card is Visa •••• 4242; Northwind Clinics has it, 22 November 2026, 00:00 UTC."
    )
    assert "gültig bis" in reply_for(customer(), TODAY, "de").text
    assert "failed" in reply_for(customer(delinquent=True), TODAY, "en").text


def test_a_saved_text_says_who_wrote_it_and_when_until_it_is_reset(ana, ben):
    save_text(ana, "card", "en", "First, {date}.")
    save_text(ben, "card", "en", STORED)
    saved = text_in_use("card", "en")
    reset_text("card", "en")
    back = text_in_use("card", "en")

    assert (saved.text, saved.changed_by) == (STORED, ben)
    assert saved.changed_at is not None
    assert "Northwind Clinics has it" in saved.sample
    assert (back.text, back.changed_at) == (default_text("card", "en"), None)


def test_all_texts_are_read_at_once(ana):
    save_text(ana, "card", "en", STORED)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        texts = all_texts()

    assert [state for state, _ in texts] == STATES
    assert {len(languages) for _, languages in texts} == {2}
    assert len(queries) == 1


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("state", STATES)
def test_a_default_would_be_accepted_from_staff(state, language):
    assert problems(state, default_text(state, language)) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{balance} on {date}", "Unknown placeholder {balance}. Available:"),
        ("{organization.org_id} {date}", "Unknown placeholder {organization.org_id}"),
        ("{card!r} {date}", "Unknown placeholder {card!r}"),
        ("{card:>9999999} {date}", "Unknown placeholder {card:>9999999}"),
        ("{0} {date}", "Unknown placeholder {0}"),
        ("{} {date}", "Unknown placeholder {}"),
        ("{card {date}", "Unmatched brace"),
        ("{{card}} {date}", "Unmatched brace"),
        ("<b>{date}</b>", "it can’t contain markup"),
        ("No time at all.", "A reply must say when it was true: include {date}."),
    ],
)
def test_a_text_that_would_not_come_out_right_is_told_why(text, sentence):
    assert any(
        problem.startswith(sentence) or sentence in problem for problem in problems("card", text)
    )


def test_a_text_cannot_name_a_card_where_there_is_none():
    assert problems("none", "{card}, {date}") != []
    assert "expiry" not in PLACEHOLDERS[ReplyTemplate.State.METHOD]


def test_what_is_filled_in_is_not_filled_in_again():
    values = {"organization": "{card} %s $card {date.year}", "card": "Visa"}

    assert filled("{organization}, {card}, {other}", values) == (
        "{card} %s $card {date.year}, Visa, {other}"
    )


def test_a_date_is_the_one_of_the_answer(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    found = customer(checked_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))

    assert "2 March 2026, 00:30 CET" in reply_for(found, date(2026, 3, 2), "en").text
    assert "2. März 2026, 00:30 CET" in reply_for(found, date(2026, 3, 2), "de").text
