"""Sentences that are kept in English are said in the reader's language, every one of them."""

import ast
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from customers.services.sync import runner as sync
from customers.services.wording.messages import said
from tests.helpers.sandbox_process import PROJECT

ERRORS = {
    *("BadSecret", "BadOrgId", "SessionExpired", "AccessDenied", "OrganizationMissing"),
    *("NoAnswer", "Unavailable", "InvalidAnswer"),
    *("CredentialsUnusable", "SealBroken", "BadFile", "discounted"),
}


def raised() -> list[str]:
    """Every sentence that an error is made of, with a value in each of its places."""
    rooms = (PROJECT / "customers" / "upstream", PROJECT / "customers" / "services")
    trees = [ast.parse(file.read_text()) for room in rooms for file in sorted(room.glob("*.py"))]
    return sorted({text for tree in trees for text in _sentences(tree)})


def _sentences(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ERRORS:
            yield from _filled(node.args[0])


def _filled(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        first = node.values[0]
        is_about_secret = isinstance(first, ast.Constant) and first.value == "The "
        for name in ("API key", "session token") if is_about_secret else ("",):
            yield _joined(node, name)


def _joined(node: ast.JoinedStr, name: str) -> str:
    """The f-string with `name` in its first place and a number in the others."""
    parts = [part.value if isinstance(part, ast.Constant) else "7" for part in node.values]
    if name:
        parts[1] = name
    return "".join(str(part) for part in parts)


TROUBLES_OF_A_RUN = [value for name, value in vars(sync).items() if name in {"_FORMER", "_GAVE_UP"}]


@pytest.mark.parametrize("sentence", [*raised(), *TROUBLES_OF_A_RUN])
def test_every_sentence_of_an_error_is_said_in_german(sentence):
    words = sentence.removeprefix("7 ")  # the second sentence of two
    whole = f"Catalyze could not be reached. {words}" if words != sentence else sentence

    with override("de"):
        assert words not in said(whole)


def test_a_sentence_is_itself_in_english():
    with override("en"):
        assert [said(sentence) for sentence in raised()] == raised()


def test_the_values_of_a_sentence_stay():
    with override("de"):
        assert said("Catalyze is not available now (503).") == (
            "Catalyze ist derzeit nicht verfügbar (503)."
        )
        assert "„a%2Fb“" in said(
            "The org id “a%2Fb” is percent-encoded; write it decoded, in UTF-8."
        )


def test_the_second_of_two_sentences_is_said_too():
    with override("de"):
        assert said(
            "No key of CREDENTIAL_KEYS opens the stored credentials. Save the credentials again."
        ) == (
            "Kein Schlüssel aus CREDENTIAL_KEYS öffnet die gespeicherten Zugangsdaten. "
            "Speichern Sie die Zugangsdaten noch einmal."
        )


@pytest.mark.parametrize("sentence", ["", "Something else %(status)s.", "100 %"])
def test_what_is_not_listed_stays_as_it_is(sentence):
    with override("de"):
        assert said(sentence) == sentence
