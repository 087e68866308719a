"""Words: cards, money, expiry, ages and intervals as people say them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from customers.services.organizations.subscription_words import every_words
from customers.services.wording.formats import (
    about_words,
    age_words,
    balance_words,
    card_words,
    count_words,
    day_words,
    expiry_words,
    interval_words,
    moment_words,
    money,
    stripe_words,
    until_words,
)

TODAY = date(2026, 11, 22)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


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
        (1250, "clp", "CLP1,250"),
        (12500, "kwd", "KWD12.500"),
        (1, "bhd", "BHD0.001"),
        (1250, "isk", "ISK12.50"),
        (1250, "ugx", "UGX12.50"),
        (1250, "zzz", "ZZZ12.50"),
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
        (date(2027, 2, 28), "expires in 3 months"),
        (date(2029, 11, 30), "expires in 3 years"),
    ],
)
def test_expiry_in_words(expires_on, words):
    assert expiry_words(expires_on, TODAY) == words


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
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_an_age_in_words(age, words):
    assert age_words(age) == words


@pytest.mark.parametrize(
    ("after", "until", "words"),
    [
        ("2020-11-19T14:02", "2020-11-19T20:02", "between 19 Nov 2020 14:02 and 20:02"),
        (
            "2020-11-19T14:02",
            "2020-11-20T08:00",
            "between 19 Nov 2020 14:02 and 20 Nov 2020 08:00",
        ),
        ("2020-11-19T14:02:01", "2020-11-19T14:02:59", "19 Nov 2020 14:02"),
    ],
)
def test_an_interval_says_no_more_than_it_must(after, until, words):
    assert interval_words(at(after), at(until)) == words


@pytest.mark.parametrize(
    ("after", "until", "words"),
    [
        # On 25 October 2020, 03:00 CEST was 02:00 CET.
        ("2020-10-25T00:50", "2020-10-25T01:10", "between 25 Oct 2020 02:50 CEST and 02:10 CET"),
        ("2020-10-25T00:30", "2020-10-25T01:30", "between 25 Oct 2020 02:30 CEST and 02:30 CET"),
        ("2020-10-25T00:10", "2020-10-25T00:50", "between 25 Oct 2020 02:10 CEST and 02:50 CEST"),
        ("2020-10-25T01:10", "2020-10-25T04:00", "between 25 Oct 2020 02:10 CET and 05:00 CET"),
        ("2020-10-24T23:00", "2020-10-25T04:00", "between 25 Oct 2020 01:00 CEST and 05:00 CET"),
        (
            "2020-10-24T12:00",
            "2020-10-25T12:00",
            "between 24 Oct 2020 14:00 CEST and 25 Oct 2020 13:00 CET",
        ),
        ("2020-10-25T00:50:01", "2020-10-25T00:50:59", "25 Oct 2020 02:50 CEST"),
        ("2020-03-29T00:30", "2020-03-29T01:30", "between 29 Mar 2020 01:30 CET and 03:30 CEST"),
        ("2020-10-25T03:00", "2020-10-25T04:00", "between 25 Oct 2020 04:00 and 05:00"),
    ],
)
def test_an_interval_across_the_hour_that_clocks_repeat_says_the_zone(
    settings, after, until, words
):
    settings.TIME_ZONE = "Europe/Berlin"

    assert interval_words(at(after), at(until)) == words
    with override("de"):
        assert ("CE" in interval_words(at(after), at(until))) is ("CE" in words)


def test_a_moment_that_clocks_show_twice_says_which_one(settings):
    settings.TIME_ZONE = "Europe/Berlin"

    said = [moment_words(at(f"2020-10-25T{time}")) for time in ("00:10", "01:10", "02:10")]

    assert said == ["25 Oct 2020 02:10 CEST", "25 Oct 2020 02:10 CET", "25 Oct 2020 03:10"]


def test_an_end_across_the_hour_that_clocks_repeat_says_the_zone(settings):
    settings.TIME_ZONE = "Europe/Berlin"

    assert until_words(at("2020-10-25T00:50"), at("2020-10-25T01:10")) == (
        "until some time between 25 Oct 2020 02:50 CEST and 02:10 CET"
    )
    assert until_words(at("2020-10-25T00:50:01"), at("2020-10-25T00:50:59")) == (
        "until 25 Oct 2020 02:50 CEST"
    )


def test_times_are_said_in_the_time_zone_of_the_portal(settings):
    settings.TIME_ZONE = "Asia/Tokyo"

    assert moment_words(at("2020-11-19T20:00")) == "20 Nov 2020 05:00"
    assert (
        interval_words(at("2020-11-19T14:00"), at("2020-11-19T20:00"))
        == "between 19 Nov 2020 23:00 and 20 Nov 2020 05:00"
    )


def test_a_day_in_words():
    assert day_words(date(2026, 10, 31)) == "31 Oct 2026"


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
