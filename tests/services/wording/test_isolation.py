"""Foreign texts in sentences turn nothing around them, and leave no trace where text is plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.dashboard.isolates import bdi, isolates
from customers.services.history.differences import method_words
from customers.services.organizations.subscription_words import every_words
from customers.services.wording.formats import card_words
from customers.services.wording.isolation import END, START, isolated, plain

HEBREW, ARABIC, DIGITS = "מרפאת שלום", "عيادة النور", "١٢٣٤"


@pytest.mark.parametrize("text", [HEBREW, ARABIC, DIGITS, f"Clinic {HEBREW}", "ߒߞߏ", "𞤀𞤁"])
def test_what_is_read_from_the_right_is_isolated(text):
    assert isolated(text) == f"{START}{text}{END}"
    assert plain(isolated(text)) == text


@pytest.mark.parametrize("text", ["", "Bingo", "Zoë & Söhne", "桜", "4242", "👩\u200d👧"])
def test_what_is_read_from_the_left_stays_as_it_is(text):
    assert isolated(text) == text


def test_no_text_ends_its_own_isolation():
    assert isolated(f"{HEBREW}{END}4321{START}") == f"{START}{HEBREW}4321{END}"


def test_the_digits_of_a_card_are_apart_from_its_brand():
    assert card_words("Visa", "1234") == "Visa •••• 1234"
    assert card_words(HEBREW, "1234") == f"{START}{HEBREW}{END} •••• 1234"
    assert card_words("Visa", HEBREW) == f"Visa •••• {START}{HEBREW}{END}"


def test_stripes_own_words_are_isolated_too():
    facts = {"state": "other", "method_type": HEBREW, "brand": "", "last4": ""}

    assert method_words(facts) == isolated(HEBREW)
    assert every_words(HEBREW) == f"every {isolated(HEBREW)}"


def test_a_page_shows_isolates_as_elements():
    shown = isolates(f"from {isolated(HEBREW)} to <b>{isolated(ARABIC)}</b>")

    assert shown == f"from <bdi>{HEBREW}</bdi> to &lt;b&gt;<bdi>{ARABIC}</bdi>&lt;/b&gt;"


@given(st.text(st.sampled_from([START, END, "<", "a", "א", " "]), max_size=30))
def test_whatever_a_page_shows_its_elements_are_closed(text):
    shown = bdi(text)

    assert shown.count("<bdi>") == shown.count("</bdi>")
    assert START not in shown
    assert END not in shown
