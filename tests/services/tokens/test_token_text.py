"""The text of a token: random, and told from garbage by its checksum."""

import re

import pytest

from customers.services.tokens.token_text import is_token_text, new_token_text

# Computed apart, by the rule in docs/security.md.
KNOWN = f"bpt_{30 * '0'}1k2ZlW"


def test_secret_scanners_recognize_it():
    token = new_token_text()

    assert re.fullmatch("bpt_[0-9A-Za-z]{36}", token)
    assert is_token_text(token)


def test_the_checksum_is_the_crc32_in_base_62():
    assert is_token_text(KNOWN)


def test_no_two_are_alike():
    assert len({new_token_text() for _ in range(100)}) == 100


@pytest.mark.parametrize("place", [4, 20, 33, 34, 39])
def test_one_wrong_character_is_noticed(place):
    token = new_token_text()
    other = "a" if token[place] != "a" else "b"

    assert not is_token_text(token[:place] + other + token[place + 1 :])


@pytest.mark.parametrize(
    "garbage",
    ["", "bpt_", KNOWN[4:], KNOWN.upper(), f"{KNOWN}0", f" {KNOWN}", f"{KNOWN}\n", f"x{KNOWN[1:]}"],
)
def test_garbage_is_no_token(garbage):
    assert not is_token_text(garbage)
