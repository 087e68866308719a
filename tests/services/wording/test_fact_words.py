"""Single facts in words: what is not known is said as it was sent."""

import pytest
from django.utils.translation import override

from customers.services.wording.fact_words import (
    country_words,
    delinquency_words,
    languages_words,
    mode_words,
    plain_words,
    wallet_words,
    words_among,
)


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("DE", "en", "Germany"),
        ("DE", "de", "Deutschland"),
        ("de", "en", "Germany"),
        ("Elbonia", "en", "Elbonia"),
        ("", "en", ""),
    ],
)
def test_a_country(code, language, words):
    with override(language):
        assert country_words(code) == words


@pytest.mark.parametrize(
    ("locales", "language", "words"),
    [
        ("de", "en", "German"),
        ("en-GB,de", "de", "Englisch (GB), Deutsch"),
        ("pt_BR,tlh-XX", "en", "Brazilian Portuguese, tlh-XX"),
        ("fr-FR", "en", "French (France)"),
        ("", "en", ""),
    ],
)
def test_languages(locales, language, words):
    with override(language):
        assert languages_words(locales) == words


@pytest.mark.parametrize(
    ("wallet", "digits", "words"),
    [
        ("apple_pay", "0012", "Apple Pay •••• 0012"),
        ("google_pay", "", "Google Pay"),
        ("", "0012", "Wallet •••• 0012"),
        ("visa_checkout", "", "visa checkout"),
        ("", "", ""),
    ],
)
def test_a_wallet_with_the_digits_that_it_pays_with(wallet, digits, words):
    assert wallet_words(wallet, digits) == words


def test_one_of_a_few_words_and_any_other():
    say = words_among({"none": "taxable"})

    assert [say(value) for value in ("none", "some_day", "")] == ["taxable", "some_day", ""]


def test_unknown_is_not_no():
    answers = (True, False, None)

    assert [delinquency_words(said) for said in answers] == [
        "delinquent",
        "not delinquent",
        "unknown",
    ]
    assert [mode_words(said) for said in answers] == ["live", "test", "unknown"]
    assert plain_words(None) == ""
