"""Org ids: any format, but only what can be sent safely."""

import pytest

from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import MAX_LENGTH, clean_org_id


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        (None, "is empty"),
        (5, "is empty"),
        (".", "looks like a path"),
        ("..", "looks like a path"),
        ("a/b", "looks like a path"),
        ("/", "looks like a path"),
        ("a\\b", "looks like a path"),
        ("a%2Fb", "percent-encoded"),
        ("%2e%2e", "percent-encoded"),
        ("a\nb", "line break"),
        ("a\r\nX-Header: y", "line break"),
        ("a\x00b", "cannot be shown"),
        ("a\tb", "cannot be shown"),
        ("a\u202eb", "cannot be shown"),
        ("a\u200bb", "cannot be shown"),
        ("a\udcffb", "UTF-8"),
        ("caf\ufffd", "UTF-8"),
        ("x" * (MAX_LENGTH + 1), "201 characters"),
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(BadOrgId, match=sentence):
        clean_org_id(text)


@pytest.mark.parametrize(
    "text",
    ["7c1f0a52-0d3e-4f57-9a70-5d1c9f3f3b11", "Org 1", "ü", "桜", "a?b", "a#b", "a%b", "100%", "..."]
    + ["0", "-", "x" * MAX_LENGTH],
)
def test_any_other_form_is_kept(text):
    assert clean_org_id(text) == text


def test_blanks_around_it_are_taken_off():
    assert clean_org_id("\t 7c1f \r\n") == "7c1f"
