"""Misleading characters are removed from external text, and nothing else."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.upstream.clean_text import MOST_MARKS, clean_line, clean_lines

texts = st.text(st.characters(exclude_categories=()), max_size=40)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
NO_CHARACTERS = ["\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"]


@pytest.mark.parametrize("character", [*CONTROLS, *BIDI, "\ufeff", "\u2028", "\u2029"], ids=ascii)
def test_what_lies_is_removed_or_parts_words(character):
    cleaned = clean_line(f"Pay{character}Pal")

    assert cleaned in {"PayPal", "Pay Pal"}
    assert (cleaned == "Pay Pal") == (character in "\t\n\v\f\r\x85\u2028\u2029")


@pytest.mark.parametrize("character", NO_CHARACTERS, ids=ascii)
def test_what_is_no_character_is_removed(character):
    assert clean_line(f"Pay{character}Pal") == "PayPal"


def test_half_a_surrogate_pair_leaves_a_mark():
    assert clean_line("a\ud800b\udfff") == "a\ufffdb\ufffd"


def test_nothing_of_a_line_break_is_left_but_one_space():
    assert clean_line("\r\n two\r\n\x1b\u202e\r\nlines \u2028") == "two lines"


def test_an_escape_sequence_is_only_its_letters():
    assert clean_line("\x1b[31mred\x1b[0m \x9b2Jgone") == "[31mred[0m 2Jgone"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: the joiner changes the shapes of letters
        "क्\u200dष",  # Devanagari
        "👩\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
        "מרפאת שלום",
        "עיריית \u200bירושלים",
        "عيادة النور",
        "Zoë’s Praxis GmbH & Co. KG",
        "Cafe\u0301",
        "桜クリニック",
        "𝕬𝖈𝖒𝖊",
        "soft\u00adhyphen",
        "<b>bold</b>",
        "שִׁ֑מְע֥וֹן",  # Hebrew with vowels and accents
    ],
)
def test_what_a_script_needs_stays(text):
    assert clean_line(text) == text


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00\x1b", BIDI, "\u202e\u200b", "\u200d", "\u00a0\u3000", "\u3164", "\u2800"],
)
def test_invisible_text_is_empty(text):
    assert clean_line(text) == ""
    assert clean_lines(text) == ""


@pytest.mark.parametrize("between", ["", "\u200d", "\u200b\u2060"])
def test_marks_do_not_tower_over_the_lines_around(between):
    towering = "Z" + f"\u0335{between}\u0336{between}" * 50 + "algo"

    cleaned = clean_line(towering)

    assert sum(unicodedata.category(character) == "Mn" for character in cleaned) == MOST_MARKS
    assert cleaned.startswith("Z")
    assert cleaned.endswith("algo")


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"], ids=ascii
)
def test_lines_stay_lines_where_a_text_has_several(end):
    assert clean_lines(f"one\u202e{end}{end}two\tx\x1b{end}") == "one\n\ntwo x"


@given(texts)
def test_what_is_clean_stays_as_it_is(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert clean_lines(clean_line(text)) == clean_line(text)


@given(texts)
def test_any_text_becomes_one_printable_line(text):
    cleaned = clean_line(text)

    assert len(cleaned.splitlines()) <= 1
    assert not set(cleaned) & {*CONTROLS, *BIDI, "\ufeff"}
    cleaned.encode()


def test_of_all_characters_only_those_named_are_removed():
    seen = (chr(number) for number in range(sys.maxunicode + 1))
    removed = {character for character in seen if clean_line(f"a{character}b") == "ab"}

    controls = {character for character in CONTROLS if character not in "\t\n\v\f\r\x85"}
    assert {character for character in removed if unicodedata.category(character) != "Cn"} == {
        *controls,
        *BIDI,
        "\ufeff",
    }
    assert len(removed) == len(controls) + len(BIDI) + 1 + 66  # noncharacters
