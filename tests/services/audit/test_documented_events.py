"""docs/events.md says of each code what the code itself says, and each code is raised somewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.translation import override

from customers.models import Disclosure, SecurityEvent
from customers.services.audit.exported_logs import event_line
from customers.services.disclosures.log_export import LOG_COLUMNS
from tests.helpers.sandbox_process import PROJECT

PAGE = (PROJECT / "docs" / "events.md").read_text()
RAISED_IN = ("services", "dashboard", "management", "api")
_NAMES = re.compile(r"`([a-z_]+)`")


def rows(columns: int) -> list[list[str]]:
    """The cells of all tables with so many columns, without their heads."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.splitlines()
        if line.startswith("| `")
    ]
    return [cells for cells in found if len(cells) == columns]


def documented() -> dict[str, tuple[str, set[str], str]]:
    """By code: its meaning, the names in its detail, and its severity."""
    return {
        code.strip("`"): (meaning, set(_NAMES.findall(detail)), severity)
        for code, meaning, _when, detail, severity in rows(5)
    }


def trees() -> Iterator[ast.Module]:
    for room in RAISED_IN:
        for file in sorted(Path(PROJECT, "customers", room).rglob("*.py")):
            yield ast.parse(file.read_text())


def codes_in(tree: ast.AST) -> set[str]:
    """The values of the codes that are named somewhere in it."""
    return {
        SecurityEvent.Code[node.attr].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in SecurityEvent.Code.names
        if ast.unparse(node.value) in {"SecurityEvent.Code", "_Code"}
    }


def recorded() -> dict[str, set[str]]:
    """By code: the names in the details that it is recorded with."""
    found: dict[str, set[str]] = {code: set() for tree in trees() for code in codes_in(tree)}
    for tree in trees():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in calls_with_detail(function):
                # A code that is handed on is named elsewhere in the file.
                for code in codes_in(call.args[0]) or codes_in(tree):
                    found[code] |= names_in(detail_of(call), function)
    return found


def calls_with_detail(function: ast.FunctionDef) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "record_event"
        if any(word.arg == "detail" for word in node.keywords)
    ]


def detail_of(call: ast.Call) -> ast.expr:
    return next(word.value for word in call.keywords if word.arg == "detail")


def names_in(detail: ast.expr, function: ast.FunctionDef) -> set[str]:
    """Of the dict itself, or of all that is put into the variable of its name."""
    name = ast.unparse(detail)
    found = [detail]
    names = set()
    for node in ast.walk(function):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
        for target in targets:
            if ast.unparse(target) == name:
                found.append(node.value)
            elif isinstance(target, ast.Subscript) and ast.unparse(target.value) == name:
                names.add(str(target.slice.value))
    dicts = [node for part in found for node in ast.walk(part) if isinstance(node, ast.Dict)]
    assert dicts, f"not written out: {name}"
    return names | {str(key.value) for one in dicts for key in one.keys if key}


def test_every_code_is_in_the_table_with_its_meaning_and_severity():
    with override("en"):
        known = {code.value: (str(code.label), severity_of(code)) for code in SecurityEvent.Code}

    assert {code: (row[0], row[2]) for code, row in documented().items()} == known


def test_every_code_is_raised_with_the_details_of_the_table():
    assert recorded() == {code: detail for code, (_, detail, _) in documented().items()}


def test_every_field_of_both_logs_is_in_a_table():
    event = SecurityEvent(code="signout", happened_at=timezone.now())
    fields = [name for cells in rows(2) for name in _NAMES.findall(cells[0])]

    assert fields == [*event_line(event), *LOG_COLUMNS]


def test_every_way_to_be_shown_billing_is_named():
    (cells,) = (cells for cells in rows(2) if cells[0] == "`where`")

    assert set(_NAMES.findall(cells[1])) - {"purpose"} == set(Disclosure.Where.values)


@pytest.mark.parametrize("proof", Disclosure.Proof.values)
def test_every_kind_of_proof_is_named(proof):
    assert f"`{proof}`" in next(cells[1] for cells in rows(2) if cells[0] == "`proof`")


def severity_of(code: SecurityEvent.Code) -> str:
    return SecurityEvent(code=code).severity
