"""Every code that can be raised or stored has words, in English and in German."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

from customers.services.credentials import store
from customers.services.organizations import csv_rows
from customers.services.wording.messages import LEGACY, WORDS, said
from customers.upstream import errors
from customers.upstream.message import Message, MessageError
from tests.helpers.sandbox_process import PROJECT

# What may stand in the place of a value where a code is an f-string.
FILLED_BY = {
    "name": ("api_key", "session_token"),  # secrets.py
    "column": ("name", "description"),  # csv_rows.py
    "cells.code": ("not_csv", "quote_not_closed"),
}
# Codes that are handed on, of which each is written out where it comes from.
HANDED_ON = {
    "code",
    "exc.message.code",
    "_transport_code(exc)",
    "SESSION_ENDED.code",
    "self.last_error_code",
}
# Python's own words about a line that is no CSV.
NOT_OURS = {"not_csv"}


def told() -> dict[str, set[str]]:
    """Every code that models, services and upstream make a message of, with its parameters."""
    found: dict[str, set[str]] = {}
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _makes_a_message(node):
                params = {str(word.arg or "trouble") for word in node.keywords}
                found |= dict.fromkeys(_codes(node.args[0]), params)
            if isinstance(node, ast.FunctionDef) and node.name == "_transport_code":
                found |= {code: set() for code in _returned(node)}
    return found


def _trees() -> Iterator[ast.Module]:
    for room in ("models", "services", "upstream"):
        for file in sorted(Path(PROJECT, "customers", room).rglob("*.py")):
            yield ast.parse(file.read_text())


def _makes_a_message(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return bool(call.args) and (name in {"Message", "Message.of"} or name in _raised_classes())


def _raised_classes() -> set[str]:
    modules = (errors, store, csv_rows)
    return {
        name
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, MessageError)
    }


def _codes(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.JoinedStr):
        (place,) = (part for part in node.values if isinstance(part, ast.FormattedValue))
        names = FILLED_BY[ast.unparse(place.value)]
        return ["".join(_text(part, name) for part in node.values) for name in names]
    assert ast.unparse(node) in HANDED_ON, f"not written out: {ast.unparse(node)}"
    return []


def _text(part: ast.expr, name: str) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else name


def _returned(function: ast.FunctionDef) -> list[str]:
    returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    return [str(value.value) for value in returned if isinstance(value, ast.Constant)]


def test_every_code_has_words_and_all_words_have_a_code():
    assert told().keys() == WORDS.keys()


def test_words_name_only_parameters_that_their_code_comes_with():
    lacking = {
        code: wanted - params
        for code, params in told().items()
        if (wanted := set(re.findall(r"%\((\w+)\)s", WORDS[code]))) - params
    }

    assert lacking == {}


@pytest.mark.parametrize("code", sorted(WORDS.keys() - NOT_OURS))
def test_every_code_is_told_in_german(code):
    params = dict.fromkeys(re.findall(r"%\((\w+)\)s", WORDS[code]), 7)
    message = Message.of(code, **params)

    with override("en"):
        english = said(message)
    with override("de"):
        german = said(message)

    assert english == WORDS[code] % params
    assert german != english


def test_parameters_are_told_in_the_words():
    with override("de"):
        assert said(Message.of("not_available", status=503)) == (
            "Catalyze ist derzeit nicht verfügbar (503)."
        )
        assert "„a%2Fb“" in said(Message.of("org_id_percent_encoded", org_id="a%2Fb"))


def test_a_parameter_is_never_read_as_a_pattern():
    told = said(Message.of("org_id_is_a_path", org_id="%(most)s/%s"))

    assert "“%(most)s/%s”" in told


def test_no_message_says_nothing():
    with override("de"):
        assert said(Message()) == ""


@pytest.mark.parametrize("sentence", ["It was out of order (503%).", "%(status)s", ""])
def test_a_sentence_of_a_former_release_reads_as_before(sentence):
    with override("de"):
        assert said(Message.of(LEGACY, sentence=sentence)) == sentence


def test_a_former_sentence_that_the_catalogue_knows_is_told_in_german():
    with override("de"):
        assert said(Message.of(LEGACY, sentence="Catalyze did not answer in time.")) == (
            "Catalyze hat nicht rechtzeitig geantwortet."
        )


@pytest.mark.parametrize(
    "message",
    [
        Message.of("of_a_later_release", status=503),
        Message.of("not_available"),
        Message.of(LEGACY),
    ],
)
def test_what_has_no_words_here_is_told_by_its_code(message):
    with override("en"):
        assert said(message) == f"Something went wrong ({message.code})."


def test_messages_are_equal_whatever_the_order_of_their_parameters():
    assert Message.of("a", one=1, two=2) == Message.of("a", two=2, one=1)
    assert len({Message.of("a", one=1), Message.of("a", one=1), Message.of("a", one=2)}) == 2


def test_the_text_of_an_error_is_its_code_and_parameters():
    assert str(errors.BadOrgId("org_id_too_long", length=201, most=200)) == (
        "org_id_too_long length=201 most=200"
    )
