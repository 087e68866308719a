"""Whatever is read, from an upstream, a file, a setting, a ticket or a URL, is read or refused."""

import io
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers.models import Organization
from customers.services.organizations.csv_import import import_organizations
from customers.services.organizations.csv_rows import BadFile
from customers.services.search.clues import LONGEST_TICKET, phrases, read_clues
from customers.services.wording.durations import parse_duration
from customers.services.wording.messages import said
from customers.upstream.error_wording import says_malformed, says_rate_limit
from customers.upstream.errors import BadOrgId, BadSecret
from customers.upstream.message import MessageError
from customers.upstream.org_id import clean_org_id
from customers.upstream.secrets import clean_api_key, clean_session_token
from tests.helpers.hostile import bytes_of_text, texts

on_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
errors = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("errors", "error", "message", "title", "code"), json_values)
)
lines = st.lists(texts).map(lambda cells: ",".join(cells).encode(errors="replace"))
bodies = st.one_of(
    bytes_of_text, st.builds(lambda value: json.dumps(value).encode(), errors | json_values)
)


@given(bodies)
def test_any_error_body_is_about_the_organization_or_not(body):
    assert says_rate_limit(body) in {True, False}
    assert says_malformed(body) in {True, False}


@given(texts, st.sampled_from(["Too many requests", "rate_limit", "slow down"]))
def test_a_rate_limit_is_found_wherever_it_stands_in_an_error_body(around, words):
    item = {"message": f"{around[:500]} {words} {around}", "code": around}

    assert says_rate_limit(json.dumps({"errors": [item]}).encode())


def refusal(read, value, error):
    """The sentence with which `value` is refused, or nothing if it is read."""
    try:
        read(value)
    except error as exc:
        return said(exc.message) if isinstance(exc, MessageError) else str(exc)
    return ""


@given(texts)
def test_any_text_is_a_duration_or_refused_with_an_example(text):
    sentence = refusal(parse_duration, text, ValueError)

    if sentence:
        assert sentence.endswith(("write for example 0s, 15m, 1h or 7d.", "longer than 36500d."))
    else:
        assert parse_duration(text).total_seconds() >= 0


@given(texts)
def test_any_text_is_an_org_id_that_can_be_sent_or_refused_in_a_sentence(text):
    sentence = refusal(clean_org_id, text, BadOrgId)

    if sentence:
        assert sentence.endswith(".")
    else:
        org_id = clean_org_id(text)
        assert org_id.isprintable()
        assert 0 < len(org_id) <= 200
        assert clean_org_id(org_id) == org_id


@given(texts)
@pytest.mark.parametrize("clean", [clean_api_key, clean_session_token])
def test_any_secret_fits_a_header_or_is_refused_without_being_repeated(clean, text):
    sentence = refusal(clean, text, BadSecret)

    if sentence:
        assert len(text.strip()) < 4 or text.strip() not in sentence
    else:
        assert clean(text).encode("ascii").decode().isprintable()


@given(st.lists(texts | st.sampled_from(["ends in 4242", "exp 08/26", "cus_Ab12", "a@b.de"])))
def test_any_ticket_is_read(parts):
    ticket = " ".join(parts)

    clues = read_clues(ticket)

    assert all(digits.isdigit() and len(digits) == 4 for digits in clues.last4s)
    assert all(1 <= month <= 12 for month, _ in clues.expiries)
    assert "\n" not in clues.text
    " ".join(clues.parts(phrases(clues))).encode()


@pytest.mark.parametrize("unit", ["1 ", "1-", "a@", "a.a@", "•", "x ", "exp ", "01/", "cus_", "- "])
def test_a_long_ticket_of_one_thing_does_not_hang(unit):
    read_clues(unit * (LONGEST_TICKET // len(unit)))


@on_one_database
@given(
    st.binary(max_size=300)
    | st.lists(texts).map(lambda cells: ",".join(cells).encode(errors="replace"))
)
def test_any_file_is_imported_or_refused_row_by_row(db, rows):
    data = b"org_id,name,description\n" + rows
    file = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", "surrogateescape", newline="")

    report = import_organizations(file)

    assert all(line > 1 and sentence for line, sentence in report.refused)
    for organization in Organization.objects.all():
        organization.full_clean(validate_unique=False)
    Organization.objects.all().delete()


@on_one_database
@given(st.binary(max_size=200))
def test_any_file_at_all_has_a_header_or_is_refused(db, data):
    file = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", "surrogateescape", newline="")

    sentence = refusal(import_organizations, file, BadFile)

    assert sentence.endswith(".") or not sentence
