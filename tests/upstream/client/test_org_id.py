"""Org ids: any format, but only what can be sent safely."""

import pytest

from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import MAX_LENGTH, clean_org_id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "org_id_empty"),
        ("   ", "org_id_empty"),
        (None, "org_id_empty"),
        (5, "org_id_empty"),
        (".", "org_id_is_a_path"),
        ("..", "org_id_is_a_path"),
        ("a/b", "org_id_is_a_path"),
        ("/", "org_id_is_a_path"),
        ("a\\b", "org_id_is_a_path"),
        ("a%2Fb", "org_id_percent_encoded"),
        ("%2e%2e", "org_id_percent_encoded"),
        ("a\nb", "org_id_unprintable"),
        ("a\r\nX-Header: y", "org_id_unprintable"),
        ("a\x00b", "org_id_unprintable"),
        ("a\tb", "org_id_unprintable"),
        ("a\u202eb", "org_id_unprintable"),
        ("a\u200bb", "org_id_unprintable"),
        ("a\udcffb", "org_id_not_utf8"),
        ("caf\ufffd", "org_id_not_utf8"),
        ("x" * (MAX_LENGTH + 1), "org_id_too_long length=201"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_it_is_told_why(text, code):
    with pytest.raises(BadOrgId, match=code):
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
