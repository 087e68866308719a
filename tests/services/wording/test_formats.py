"""Words: cards, money and expiry as people say them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from customers.services.organizations.subscription_words import every_words
from customers.services.wording.formats import (
    about_words,
    age_words,
    balance_words,
    capped_words,
    card_words,
    count_words,
    day_words,
    expiry_words,
    moment_words,
    money,
    stripe_words,
    until_words,
)
from tests.helpers.moments import at

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (None, "usd", "unknown"),
        (1250, "usd", "$12.50"),
        (0, "usd", "$0.00"),
        (5, "USD", "$0.05"),
        (123456789, "usd", "$1,234,567.89"),
        (-1250, "usd", "-$12.50"),
        (1250, "eur", "€12.50"),
        (1250, "jpy", "¥1,250"),
        (1250, "krw", "₩1,250"),
        (1250, "clp", "CLP\N{NO-BREAK SPACE}1,250"),
        (12500, "kwd", "KWD\N{NO-BREAK SPACE}12.500"),
        (1, "bhd", "BHD\N{NO-BREAK SPACE}0.001"),
        (1250, "isk", "ISK\N{NO-BREAK SPACE}12.50"),
        (1250, "ugx", "UGX\N{NO-BREAK SPACE}12.50"),
        (1250, "zzz", "ZZZ\N{NO-BREAK SPACE}12.50"),
        (0, "", "0"),
        (1250, "", "1250 (smallest unit, currency unknown)"),
        (1250, "u$d", "1250 (smallest unit, currency unknown)"),
    ],
)
def test_money_has_the_decimals_of_stripes_smallest_unit(amount, currency, words):
    assert money(amount, currency) == words


@pytest.mark.parametrize("amount", [2**63 - 1, -(2**63)])
def test_money_says_every_amount_that_can_be_stored_exactly(amount):
    digits = "".join(character for character in money(amount, "usd") if character.isdigit())

    assert digits == str(abs(amount))


@pytest.mark.parametrize(
    ("amount", "words"),
    [(None, "unknown"), (0, "$0.00"), (-1250, "$12.50 credit"), (1250, "$12.50 owed")],
)
def test_a_balance_below_zero_is_credit_and_above_is_owed(amount, words):
    assert balance_words(amount, "usd") == words


@pytest.mark.parametrize(
    ("expires_on", "words"),
    [
        (None, "expiry unknown"),
        (date(2026, 11, 21), "expired 1 day ago"),
        (date(2026, 10, 31), "expired 22 days ago"),
        (date(2026, 7, 31), "expired 4 months ago"),
        (date(2021, 7, 31), "expired 5 years ago"),
        (date(2026, 11, 22), "expires today"),
        (date(2026, 11, 23), "expires in 1 day"),
        (date(2026, 11, 30), "expires in 8 days"),
        (TODAY + timedelta(days=60), "expires in 60 days"),
        (TODAY + timedelta(days=61), "expires in 2 months"),
        (date(2027, 2, 28), "expires in 3 months"),
        (TODAY + timedelta(days=700), "expires in 23 months"),
        (date(2029, 11, 30), "expires in 3 years"),
    ],
)
def test_expiry_in_words(expires_on, words):
    assert expiry_words(expires_on, TODAY) == words


@pytest.mark.parametrize(("count", "words"), [(9, "9"), (10, "10"), (11, "10+"), (2000, "10+")])
def test_a_count_that_stopped_at_its_cap_says_so(count, words):
    assert capped_words(count, 10) == words


def test_a_span_never_counts_none_or_one_of_many():
    spans = [expiry_words(TODAY + timedelta(days=days), TODAY) for days in range(1, 1200)]

    assert not [words for words in spans if words.endswith((" 1 months", " 1 years", " 0 years"))]


def test_the_last_day_that_a_date_can_hold_is_said():
    assert expiry_words(date.max, TODAY).startswith("expires in 79")


@pytest.mark.parametrize(
    ("brand", "last4", "words"),
    [
        ("Visa", "4242", "Visa •••• 4242"),
        ("", "4242", "Card •••• 4242"),
        ("Visa", "", "Visa"),
        ("", "", "Card"),
    ],
)
def test_a_card_is_said_as_far_as_it_was_sent(brand, last4, words):
    assert card_words(brand, last4) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (1250, "usd", "12,50 $"),
        (123456789, "eur", "1.234.567,89 €"),
        (1250, "jpy", "1.250 ¥"),
        (12500, "kwd", "12,500 KWD"),
        (1250, "isk", "12,50 ISK"),
        (1250, "huf", "12,50 HUF"),
        (1250, "twd", "12,50 NT$"),
        (1250, "ugx", "12,50 UGX"),
        (None, "usd", "unbekannt"),
        (1250, "", "1250 (kleinste Einheit, Währung unbekannt)"),
    ],
)
def test_money_is_written_as_in_german(amount, currency, words):
    with override("de"):
        assert money(amount, currency).replace("\N{NO-BREAK SPACE}", " ") == words


def at_noon(days):
    noon = timezone.localtime().replace(hour=12, minute=0)
    return noon + timedelta(days=days)


@pytest.mark.parametrize(
    ("say", "in_english", "in_german"),
    [
        (lambda: count_words(10_000), "10,000", "10.000"),
        (lambda: day_words(date(2026, 3, 1)), "1 Mar 2026", "1. März 2026"),
        (lambda: moment_words(at("2020-11-19T14:02")), "19 Nov 2020 14:02", "19. Nov. 2020 14:02"),
        (
            lambda: until_words(at("2020-11-19T14:02"), at("2020-11-19T20:02")),
            "until some time between 19 Nov 2020 14:02 and 20:02",
            "bis irgendwann zwischen 19. Nov. 2020 14:02 und 20:02",
        ),
        (lambda: expiry_words(date(2026, 11, 23), TODAY), "expires in 1 day", "läuft in 1 Tag ab"),
        (
            lambda: expiry_words(date(2027, 2, 28), TODAY),
            "expires in 3 months",
            "läuft in 3 Monaten ab",
        ),
        (
            lambda: expiry_words(date(2026, 11, 1), TODAY),
            "expired 21 days ago",
            "vor 21 Tagen abgelaufen",
        ),
        (lambda: about_words(at_noon(0)), "today, 12:00", "heute, 12:00 Uhr"),
        (lambda: about_words(at_noon(1)), "tomorrow, 12:00", "morgen, 12:00 Uhr"),
        (lambda: age_words(timedelta(hours=1)), "1 hour ago", "vor 1 Stunde"),
        (lambda: age_words(timedelta(days=3)), "3 days ago", "vor 3 Tagen"),
        (lambda: balance_words(-1250, "usd"), "$12.50 credit", "12,50\N{NO-BREAK SPACE}$ Guthaben"),
        (lambda: stripe_words("past_due"), "past due", "überfällig"),
        (lambda: stripe_words("some_new_word"), "some new word", "some new word"),
        (lambda: every_words("month"), "every month", "monatlich"),
    ],
)
def test_values_are_said_in_both_languages(say, in_english, in_german):
    assert say() == in_english

    with override("de"):
        assert say() == in_german
