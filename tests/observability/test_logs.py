"""The format of log lines, and what they never contain."""

import json
import logging
import sys

import pytest

from observability.logs import JsonFormatter, LineFormatter, RequestIdFilter, logging_config
from observability.request_id import current, request_id_from

FORMATTERS = [LineFormatter(), JsonFormatter()]


def event(message, *args, error=None, **extra):
    """A record as loggers make it, after the filter."""
    record = logging.LogRecord("customers.test", logging.WARNING, "", 1, message, args, None)
    vars(record).update(extra)
    if error is not None:
        try:
            raise error
        except Exception:
            record.exc_info = sys.exc_info()
    RequestIdFilter().filter(record)
    return record


@pytest.fixture
def in_a_request():
    token = current.set("an-id-of-the-tests")
    yield
    current.reset(token)


def test_a_json_event_is_one_object_on_one_line(in_a_request):
    text = JsonFormatter().format(event("Run %s\nended", 7, run=7))

    assert "\n" not in text
    found = json.loads(text)
    assert found["message"] == "Run 7\nended"
    assert found["level"] == "WARNING"
    assert found["logger"] == "customers.test"
    assert found["request_id"] == "an-id-of-the-tests"
    assert found["run"] == 7


def test_a_json_event_holds_its_traceback(in_a_request):
    found = json.loads(JsonFormatter().format(event("broke", error=ValueError("why"))))

    assert "ValueError: why" in found["exception"]
    assert "test_logs.py" in found["exception"]


def test_a_line_names_the_request_and_is_one_line(in_a_request):
    text = LineFormatter().format(event("Run %s", "7\nERROR forged"))

    assert text.endswith("WARNING customers.test [an-id-of-the-tests] Run 7\\nERROR forged")
    assert "\n" not in text


@pytest.mark.parametrize("formatter", FORMATTERS)
@pytest.mark.parametrize(
    "character",
    ["\x1b", "\x9b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff", "\v", "\r"],
    ids=ascii,
)
def test_nothing_moves_a_cursor_or_forges_a_line(formatter, character):
    lie = f"ana{character}ERROR forged"

    text = formatter.format(event("Seen by %s", lie, error=ValueError(lie), name_of=lie))

    assert character not in text
    assert "ana" in text
    assert "ERROR forged" in text


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u2028", "\u202e", "\U000e0041"], ids=ascii)
def test_a_json_event_holds_what_was_logged(character):
    found = json.loads(JsonFormatter().format(event("%s", f"a{character}b")))

    assert found["message"] == f"a{character}b"


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_names_of_any_script_stay_legible(formatter):
    name = "Zoë מרפאת 桜 👩\u200d⚕\ufe0f"

    assert name in formatter.format(event("Seen by %s", name))


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_outside_of_requests_no_id_is_made_up(formatter):
    text = formatter.format(event("quiet"))

    assert "request_id" not in text
    assert "[" not in text


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_the_rows_that_a_database_quotes_are_left_out(formatter):
    error = ValueError("violates a constraint\nDETAIL:  Failing row contains (4242, Visa).")
    error.__cause__ = ValueError("first\nDETAIL:  (cus_secret)")

    text = formatter.format(event("broke", error=error))

    assert "violates a constraint" in text
    assert "first" in text
    assert "4242" not in text
    assert "cus_secret" not in text


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_e_mail_addresses_are_left_out(formatter):
    error = ValueError("no room for billing@northwind.example")

    text = formatter.format(event("Not Found: /orgs/ana@staff.example/", error=error))

    assert "/orgs/(address)/" in text
    assert "northwind" not in text
    assert "staff.example" not in text


@pytest.mark.parametrize("sent", ["abcdefgh", "4bf92f35-77b3.4da6_a3ce", "7" * 64])
def test_a_well_formed_request_id_is_kept(sent):
    assert request_id_from(sent) == sent


@pytest.mark.parametrize(
    "sent", ["", "short", "7" * 65, "a b c d e f", "<b>abcdefgh", "abcdefg\nh"]
)
def test_any_other_request_id_is_replaced(sent):
    made = request_id_from(sent)

    assert made != sent
    assert len(made) == 32
    assert made != request_id_from(sent)


@pytest.mark.parametrize("level", ["WARNING", "ERROR"])
def test_security_events_are_logged_at_every_level(level):
    loggers = logging_config("line", level)["loggers"]

    assert loggers["customers"]["level"] == level
    assert loggers["customers.services.accounts.security_events"]["level"] == "INFO"
