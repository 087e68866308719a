"""The rooms of the code and their one direction, read from the imports of every module."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.sandbox_process import PROJECT

PACKAGES = ("billing_portal", "customers", "sandbox")
BEHIND_MODELS = (
    "customers.models",
    "customers.services",
    "customers.dashboard",
    "customers.management",
    "customers.tasks",
)
# What a room, named by its prefix, imports nothing of.
CLOSED = {
    "customers.upstream": ("django", "billing_portal", *BEHIND_MODELS),
    "customers.models": BEHIND_MODELS[1:],
    "customers.services": BEHIND_MODELS[2:],
    "customers.dashboard": ("customers.management", "customers.tasks"),
    "customers.management": ("customers.dashboard",),
    "customers.tasks": ("customers.dashboard", "customers.management"),
    "customers": ("sandbox", "tests", "benchmarks"),
    "billing_portal": ("sandbox", "tests", "benchmarks"),
    "sandbox": ("customers", "billing_portal", "tests", "benchmarks", "django"),
}
# Who alone imports a library.
ONLY_FOR = {
    "requests": {"customers.upstream.transport", "customers.upstream.deadline"},
    "urllib3": {"customers.upstream.transport", "customers.upstream.deadline"},
    "environ": {"billing_portal.settings"},
    "celery": {"billing_portal.celery"},
}
SETS_THE_SETTINGS = {
    "manage",
    "demo.__main__",
    "billing_portal.wsgi",
    "billing_portal.asgi",
    "billing_portal.celery",
}
READS_ITS_SECRETS = "customers.management.commands.set_credentials"


class Code:
    """Every module of a checkout by its dotted name."""

    def __init__(self, root: Path) -> None:
        files = [root / "manage.py"]
        for package in PACKAGES:
            files += sorted((root / package).rglob("*.py"))
        self.trees = {_name(root, file): ast.parse(file.read_text()) for file in files}
        self.imports = {
            module: set(self._imported(module, tree)) for module, tree in self.trees.items()
        }

    def _imported(self, module: str, tree: ast.Module) -> Iterator[str]:
        """What a module imports, wherever in it; `import_module("a text")` counts."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = _absolute(module, node)
                yield from (self._module_of(base, alias.name) for alias in node.names)
            elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
                yield from (str(a.value) for a in node.args[:1] if isinstance(a, ast.Constant))

    def _module_of(self, base: str, name: str) -> str:
        inner = f"{base}.{name}"
        return inner if inner in self.trees else base


def problems(root: Path) -> list[str]:
    """Every import and every look into the environment that its room does not allow."""
    code = Code(root)
    return [
        *_through_closed_doors(code),
        *_libraries_of_others(code),
        *_cycles(code),
        *_looks_into_the_environment(code),
    ]


def _through_closed_doors(code: Code) -> Iterator[str]:
    for module, imports in code.imports.items():
        for room, closed in CLOSED.items():
            if _is_in(module, room):
                yield from (
                    f"{module} imports {name}"
                    for name in imports
                    if any(_is_in(name, other) for other in closed)
                )


def _libraries_of_others(code: Code) -> Iterator[str]:
    for module, imports in code.imports.items():
        for library, owners in ONLY_FOR.items():
            if module not in owners and any(_is_in(name, library) for name in imports):
                yield f"{module} imports {library}"


def _cycles(code: Code) -> Iterator[str]:
    """The modules that are left when those that import nothing of the rest are taken away."""
    left = {
        module: {name for name in imports if name in code.trees and name != module}
        for module, imports in code.imports.items()
    }
    while free := {module for module, imports in left.items() if not imports & left.keys()}:
        left = {module: imports for module, imports in left.items() if module not in free}
    if left:
        yield f"in or before a cycle: {', '.join(sorted(left))}"


def _looks_into_the_environment(code: Code) -> Iterator[str]:
    for module, tree in code.trees.items():
        for look, variable in _looks(tree):
            sets = look == "setdefault" and variable == "DJANGO_SETTINGS_MODULE"
            if sets and module in SETS_THE_SETTINGS:
                continue
            if module == READS_ITS_SECRETS and look == "environ":
                continue
            yield f"{module} looks into the environment: {look} {variable}"


def _looks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each use of os.environ or os.getenv, and the variable if it is written out."""
    named: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            variable = node.args[0] if node.args else None
            if node.func.attr == "setdefault" and _is_environ(node.func.value):
                named.add(node.func.value)
                yield (
                    "setdefault",
                    str(variable.value) if isinstance(variable, ast.Constant) else "",
                )
    for node in ast.walk(tree):
        if node not in named and _is_environ(node):
            yield "environ", ""
        if isinstance(node, ast.Attribute) and node.attr in {"getenv", "environb", "putenv"}:
            yield node.attr, ""
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (
                (alias.name, "") for alias in node.names if alias.name in {"environ", "getenv"}
            )


def _is_environ(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "environ"
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    )


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def _absolute(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parts = module.split(".")[: -node.level]
    return ".".join([*parts, node.module] if node.module else parts)


def _is_in(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def _name(root: Path, file: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.fixture
def copy(tmp_path):
    """A copy of the code that may be spoiled."""
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / package, tmp_path / package, ignore=ignored)
    shutil.copy(PROJECT / "manage.py", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("customers/upstream/client.py", "from customers.models import Customer"),
        ("customers/upstream/client.py", "from customers.services import sync"),
        ("customers/upstream/error_body.py", "from django.conf import settings"),
        ("customers/upstream/error_body.py", "import django"),
        (
            "customers/upstream/org_id.py",
            "from customers.services.wording.durations import parse_duration",
        ),
        ("customers/upstream/org_id.py", "from ..models import Organization"),
        ("customers/upstream/reading.py", "import requests"),
        ("customers/upstream/reading.py", "from urllib3 import PoolManager"),
        (
            "customers/models/note.py",
            "from customers.services.wording.formats import balance_words",
        ),
        ("customers/models/note.py", "def late():\n    from customers import services"),
        ("customers/models/note.py", "from customers.dashboard import forms"),
        (
            "customers/services/wording/formats.py",
            "from customers.dashboard.forms import SearchForm",
        ),
        ("customers/services/wording/formats.py", "from customers.management import arguments"),
        ("customers/services/wording/formats.py", "import customers.tasks"),
        ("customers/services/wording/formats.py", "import requests"),
        ("customers/services/wording/formats.py", "import celery"),
        ("customers/services/wording/formats.py", "import environ"),
        ("customers/services/wording/formats.py", "import os\nos.environ['X']"),
        ("customers/services/wording/formats.py", "import os\nos.getenv('X')"),
        ("customers/services/wording/formats.py", "from os import environ"),
        ("customers/services/wording/formats.py", "import os\nos.environ.setdefault('X', 'y')"),
        ("customers/services/wording/formats.py", "from tests.conftest import organization"),
        ("customers/services/wording/formats.py", "import sandbox"),
        (
            "customers/services/wording/formats.py",
            "from benchmarks.machinery.machine import machine",
        ),
        ("customers/services/wording/durations.py", "import benchmarks"),
        ("sandbox/world/world.py", "from benchmarks.machinery.payloads import bodies"),
        ("customers/dashboard/forms.py", "from customers.management.arguments import duration"),
        ("customers/dashboard/forms.py", "from customers import tasks"),
        ("customers/management/arguments.py", "from customers.dashboard import forms"),
        (
            "customers/management/arguments.py",
            "from importlib import import_module\nimport_module('customers.dashboard.forms')",
        ),
        ("customers/services/wording/durations.py", "from sandbox.world.world import World"),
        ("billing_portal/wsgi.py", "os.environ.setdefault('SECRET_KEY', 'x')"),
        ("billing_portal/settings.py", "import os\nos.environ['X']"),
        ("sandbox/world/world.py", "from customers.upstream.org_id import clean_org_id"),
        ("sandbox/world/world.py", "from billing_portal import durations"),
        ("customers/upstream/errors.py", "from customers.upstream.client import Limits"),
        (
            "customers/services/wording/formats.py",
            "from customers.services.organizations.replies import answer_for",
        ),
    ],
)
def test_what_a_room_does_not_allow_is_found(copy, file, line):
    path = copy / file
    path.write_text(f"{path.read_text()}\n{line}\n")

    found = problems(copy)

    assert [problem for problem in found if _name(copy, path) in problem]


@pytest.mark.parametrize("room", CLOSED)
def test_every_room_is_there(room):
    assert any(_is_in(module, room) for module in Code(PROJECT).trees)


def test_every_import_goes_in_the_one_direction():
    assert problems(PROJECT) == []
