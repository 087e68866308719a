"""Replies say where to act, while CUSTOMER_BILLING_URL is set."""

import pytest
from django.contrib.auth.models import User

from customers.models import ReplyTemplate
from customers.services.organizations.replies import language_for, reply_for
from customers.services.organizations.reply_editing import all_texts, save_text, text_in_use
from customers.services.organizations.reply_texts import problems
from tests.helpers.summaries import PAST, SOON, TODAY, customer

URL = "https://app.example.com/{org_id}/billing"
TO_ACT_ON = [
    customer("none"),
    customer("none", delinquent=True),
    customer(delinquent=True),
    customer(delinquent=True, expires_on=PAST),
    customer(expires_on=PAST),
    customer(expires_on=SOON),
    customer(subscription_status="unpaid"),
    customer(cvc_check="fail"),
]
NOTHING_TO_DO = [customer(), customer("deleted"), customer("invoice"), customer("unknown")]


@pytest.fixture(autouse=True)
def _rows(db):
    """Every answer asks whether staff wrote a text of their own."""


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("found", TO_ACT_ON)
def test_who_has_to_act_is_told_where(settings, found, language):
    settings.CUSTOMER_BILLING_URL = URL
    found.organization.org_id = "north/1 ä"

    text = reply_for(found, TODAY, language).text

    assert "https://app.example.com/north%2F1%20%C3%A4/billing (" in text
    assert "{" not in text


@pytest.mark.parametrize("found", NOTHING_TO_DO)
def test_who_has_nothing_to_do_is_sent_nowhere(settings, found):
    settings.CUSTOMER_BILLING_URL = URL

    assert "https://" not in reply_for(found, TODAY, "en").text


@pytest.mark.parametrize("found", TO_ACT_ON)
def test_without_the_setting_no_place_is_named(settings, found):
    settings.CUSTOMER_BILLING_URL = ""

    text = reply_for(found, TODAY, "en").text

    assert "https://" not in text
    assert "here" not in text


def test_staff_may_name_the_place_in_texts_of_their_own(settings):
    settings.CUSTOMER_BILLING_URL = URL
    save_text(_editor(), "card", "en", "See {billing_page} ({date})")

    assert problems("card", "See {billing_page} ({date})") == []
    assert "/billing (" in reply_for(customer(), TODAY, "en").text
    assert "billing_page" in text_in_use("card", "en").placeholders


def test_without_the_setting_there_is_no_such_placeholder(settings):
    settings.CUSTOMER_BILLING_URL = ""

    assert "Unknown placeholder {billing_page}" in problems("card", "{billing_page} {date}")[0]
    assert not any("billing_page" in t.placeholders for _, texts in all_texts() for t in texts)


def test_a_text_whose_place_is_gone_gives_way_to_the_default(settings):
    settings.CUSTOMER_BILLING_URL = ""
    save_text(_editor(), "card", "en", "See {billing_page} ({date})")

    assert reply_for(customer(), TODAY, "en").text.startswith("The card on file")
    assert text_in_use("card", "en").is_unused
    assert "{" not in text_in_use("card", "en").sample


def _editor():
    return User.objects.create_user("editor")


@pytest.mark.parametrize(
    ("locales", "wanted", "language"),
    [
        ("de-AT,en", "", "de"),
        ("fr,de", "", "de"),
        ("pt_BR,EN_us", "", "en"),
        ("de", "en", "en"),
        ("fr,ja", "", "en"),
        ("", "", "en"),
    ],
)
def test_a_reply_is_in_the_first_preferred_language_that_there_is(locales, wanted, language):
    found = customer(preferred_locales=locales)

    assert language_for(found, wanted) == language
    reply = reply_for(found, TODAY, wanted)
    assert reply.language == language
    assert reply.text.startswith("Für" if language == "de" else "The card")
    assert reply.state == ReplyTemplate.State.CARD
