"""The German catalogue: complete, fresh, and with the same placeholders as the English."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.helpers.sandbox_process import PROJECT

CATALOGUE = PROJECT / "locale" / "de" / "LC_MESSAGES" / "django.po"
ROOMS = ("billing_portal", "customers", "templates")
# The functions that mark a text, and whether a context stands before it.
MARKS = {
    name: name.startswith(("p", "np"))
    for base in ("gettext", "ngettext", "pgettext", "npgettext")
    for name in (base, f"{base}_lazy", f"{base}_noop")
} | {"_": False}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|</?\w+|\{\w+\}|\$\w+")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de")


def test_every_text_of_the_pages_is_in_the_catalogue_and_nothing_else(catalogue):
    used = {*_in_python(), *_in_templates()}
    known = {(message.context, _first(message.id)) for message in catalogue if message.id}

    assert used - known == set(), "run: make messages"
    assert known - used == set(), "run: make messages"


def test_every_text_is_translated(catalogue):
    untranslated = [
        message.id
        for message in catalogue
        if message.id and (message.fuzzy or not all(_texts(message.string)))
    ]

    assert untranslated == []


def test_a_translation_has_the_placeholders_of_its_text(catalogue):
    different = [
        message.id for message in catalogue if message.id and not _keeps_placeholders(message)
    ]

    assert different == []


def test_what_the_portal_reads_is_what_the_catalogue_says(catalogue):
    compiled = read_mo(BytesIO(CATALOGUE.with_suffix(".mo").read_bytes()))

    assert _translations(compiled) == _translations(catalogue), "run: make messages"


def test_no_text_is_marked_where_it_cannot_be_found():
    """What extracts the texts does not look into f-strings."""
    hidden = [
        f"{file.relative_to(PROJECT)}:{call.lineno}"
        for file in _python_files()
        for call in _calls(ast.parse(file.read_text()), hidden=True)
    ]

    assert hidden == []


def _keeps_placeholders(message: Message) -> bool:
    wanted = [set(PLACEHOLDER.findall(text)) for text in _texts(message.id)]
    found = [set(PLACEHOLDER.findall(text)) for text in _texts(message.string)]
    # A singular may say its number in a word: "once".
    pairs = zip(found, wanted, strict=True)
    return all(placeholders in (single, wanted[-1]) for placeholders, single in pairs)


def _translations(catalogue: Catalog) -> dict[object, object]:
    return {
        (_text(message.context), *_texts(message.id)): _texts(message.string)
        for message in catalogue
        if message.id
    }


def _text(context: object) -> object:
    return context.decode() if isinstance(context, bytes) else context  # as read_mo leaves it


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list | tuple) else [str(value)]


def _first(value: object) -> str:
    return _texts(value)[0]


def _python_files() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((PROJECT / room).rglob("*.py"))


def _in_python() -> Iterator[tuple[str | None, str]]:
    for file in _python_files():
        for call in _calls(ast.parse(file.read_text()), hidden=False):
            has_context = MARKS[_name(call)]
            texts = [str(arg.value) for arg in call.args if isinstance(arg, ast.Constant)]
            yield (texts[0], texts[1]) if has_context else (None, texts[0])


def _calls(tree: ast.Module, *, hidden: bool) -> Iterator[ast.Call]:
    """The calls that mark a text; `hidden` ones stand within an f-string."""
    in_strings = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in MARKS:
            is_text = isinstance(node.args[0], ast.Constant)
            if is_text and (id(node) in in_strings) is hidden:
                yield node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _in_templates() -> Iterator[tuple[str | None, str]]:
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    keywords |= {"pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
    files = [*(PROJECT / "templates").rglob("*.html"), *(PROJECT / "templates").rglob("*.txt")]
    for file in sorted(files):
        code = templatize(file.read_text(), origin=str(file))
        lines = "\n".join(line.strip() for line in code.splitlines())  # for it is not Python
        for _, message, _, context in extract("python", BytesIO(lines.encode()), keywords=keywords):
            yield context, _first(message)
