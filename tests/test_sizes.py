"""A file has one subject and is read at once; a folder is taken in at a glance."""

import ast
from collections import Counter
from pathlib import Path

from tests.helpers.sandbox_process import PROJECT

MOST_LINES, MOST_FILES = 250, 16
LONGER = {"billing_portal/settings.py": 300}
# One file a command, a row, a change of the database, or a decision.
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
