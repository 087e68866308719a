"""A file has one subject and is read at once; a folder is taken in at a glance."""

import ast
from collections import Counter
from pathlib import Path

from tests.helpers.sandbox_process import PROJECT

MOST_LINES, MOST_FILES = 250, 16
MOST_DOCSTRING_LINES = 6  # of customers/, per 100 other lines
LONGER = {"billing_portal/settings.py": 300}
# One file per command, model, migration or decision.
OF_MANY = {"commands", "models", "migrations", "decisions"}
FOLDERS = (
    *("billing_portal", "observability", "demo", "customers", "sandbox", "benchmarks", "tests"),
    *("templates", "static", "docs"),
)
WRITTEN_BY_HAND = {".py", ".html", ".txt", ".css", ".js", ".sh"}


def files() -> list[Path]:
    return [
        path.relative_to(PROJECT)
        for folder in FOLDERS
        for path in (PROJECT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def test_no_file_is_too_long():
    long = [
        f"{path}: {lines}"
        for path in files()
        if path.suffix in WRITTEN_BY_HAND and "migrations" not in path.parts
        if (lines := len((PROJECT / path).read_text().splitlines()))
        > LONGER.get(str(path), MOST_LINES)
    ]

    assert long == []


def test_no_folder_holds_too_many_files():
    folders = Counter(path.parent for path in files() if path.name != "__init__.py")

    assert [
        f"{folder}: {count}"
        for folder, count in folders.items()
        if count > MOST_FILES and folder.name not in OF_MANY
    ] == []


def test_docstrings_stay_brief():
    modules = [
        (PROJECT / path).read_text()
        for path in files()
        if path.parts[0] == "customers" and path.suffix == ".py" and "migrations" not in path.parts
    ]
    all_lines = sum(_non_blank(module.splitlines()) for module in modules)
    of_docstrings = sum(docstring_lines(module) for module in modules)

    assert of_docstrings * 100 <= MOST_DOCSTRING_LINES * (all_lines - of_docstrings)


def docstring_lines(module: str) -> int:
    lines = module.splitlines()
    return sum(
        _non_blank(lines[node.body[0].lineno - 1 : node.body[0].end_lineno])
        for node in ast.walk(ast.parse(module))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if ast.get_docstring(node) is not None
    )


def _non_blank(lines: list[str]) -> int:
    return sum(bool(line.strip()) for line in lines)


def test_no_test_module_imports_another():
    imports = [
        f"{path} imports {node.module}"
        for path in files()
        if path.parts[0] == "tests" and path.suffix == ".py"
        for node in ast.walk(ast.parse((PROJECT / path).read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.startswith("tests.") and ".test_" in f".{node.module}."
    ]

    assert imports == []
