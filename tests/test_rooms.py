"""The rooms of the code and their one direction, read from the imports of every module."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.helpers.code_imports import SUB_ROOMS, Code, is_in, name_of
from tests.helpers.sandbox_process import PROJECT

ROOMS = ("models", "services", "dashboard", "api", "management", "tasks")
MODELS, SERVICES, DASHBOARD, API, MANAGEMENT, TASKS = (f"customers.{room}" for room in ROOMS)
BEHIND_MODELS = (MODELS, SERVICES, DASHBOARD, API, MANAGEMENT, TASKS)
# What a room, named by its prefix, imports nothing of.
CLOSED = {
    "customers.upstream": ("django", "billing_portal", "customers.database", *BEHIND_MODELS),
    "customers.database": BEHIND_MODELS,
    MODELS: BEHIND_MODELS[1:],
    SERVICES: BEHIND_MODELS[2:],
    DASHBOARD: (API, MANAGEMENT, TASKS),
    API: (DASHBOARD, MANAGEMENT, TASKS),
    MANAGEMENT: (DASHBOARD, API),
    TASKS: (DASHBOARD, API, MANAGEMENT),
    "customers": ("sandbox", "demo", "tests", "benchmarks"),
    "billing_portal": ("sandbox", "demo", "tests", "benchmarks"),
    "observability": ("billing_portal", "customers", "sandbox", "demo", "tests", "benchmarks"),
    "demo": ("sandbox", "tests", "benchmarks"),
    "sandbox": ("customers", "billing_portal", "demo", "tests", "benchmarks", "django"),
    **{
        f"{SERVICES}.{room}": tuple(f"{SERVICES}.{above}" for above in SUB_ROOMS[:place])
        for place, room in enumerate(SUB_ROOMS)
    },
}
# Of the project, the app imports Celery's application alone.
MAY_IMPORT_THE_PROJECT = {TASKS: {"billing_portal.celery"}}
# Who alone imports a library.
_CLIENT = {
    f"customers.upstream.{module}" for module in ("client", "connections", "deadline", "transport")
}
_PROVIDER = f"{SERVICES}.single_sign_on.provider"
ONLY_FOR = {
    "requests": _CLIENT | {_PROVIDER},
    "urllib3": _CLIENT,
    "authlib": {_PROVIDER},
    "joserfc": {_PROVIDER},
    "environ": {"billing_portal.environment"},
    "celery": {"billing_portal.celery"},
    # Nothing of the portal may change the clock.
    "time_machine": {"demo.desk_work", "demo.fill", "demo.past_weeks"},
}
SETS_THE_SETTINGS = {
    *("manage", "demo.__main__"),
    *("billing_portal.wsgi", "billing_portal.asgi", "billing_portal.celery"),
}
READS_ITS_SECRETS = "customers.management.commands.set_credentials"


def problems(code: Code) -> list[str]:
    """Every import and every look into the environment that its room does not allow."""
    return [
        *_through_closed_doors(code),
        *_libraries_of_others(code),
        *_imports_of_the_project(code),
        *_cycles(code),
        *_looks_into_the_environment(code),
    ]


def _through_closed_doors(code: Code) -> Iterator[str]:
    for module, imports in code.imports.items():
        for room, closed in CLOSED.items():
            if is_in(module, room):
                yield from (
                    f"{module} imports {name}"
                    for name in imports
                    if any(is_in(name, other) for other in closed)
                )


def _imports_of_the_project(code: Code) -> Iterator[str]:
    for module, imports in code.imports.items():
        if is_in(module, "customers"):
            allowed = MAY_IMPORT_THE_PROJECT.get(module, set())
            yield from (
                f"{module} imports {name}"
                for name in imports - allowed
                if is_in(name, "billing_portal")
            )


def _libraries_of_others(code: Code) -> Iterator[str]:
    for module, imports in code.imports.items():
        for library, owners in ONLY_FOR.items():
            if module not in owners and any(is_in(name, library) for name in imports):
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
        for look, variable in looks(tree):
            sets = look == "setdefault" and variable == "DJANGO_SETTINGS_MODULE"
            if sets and module in SETS_THE_SETTINGS:
                continue
            if module == READS_ITS_SECRETS and look == "environ":
                continue
            yield f"{module} looks into the environment: {look} {variable}"


@cache
def looks(tree: ast.Module) -> list[tuple[str, str]]:
    return list(_looks(tree))


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


@pytest.fixture(scope="module")
def code():
    return Code(PROJECT)


UPSTREAM, NOTE = "customers/upstream/org_id.py", "customers/models/note.py"
WORDS, FORMS = "customers/services/wording/formats.py", "customers/dashboard/forms.py"
TABLE, PROBLEM = "customers/services/facts/table.py", "customers/api/problem.py"
ARGUMENTS, WORLD = "customers/management/arguments.py", "sandbox/world/world.py"
BY_NAME = "from importlib import import_module\n"
IDS, RETRY = "observability/request_id.py", "customers/database/retry.py"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (UPSTREAM, "from customers.models import Customer"),
        (UPSTREAM, "from customers.services import sync"),
        (UPSTREAM, "from customers.database import retry"),
        (UPSTREAM, "from django.conf import settings"),
        (UPSTREAM, "import django"),
        (UPSTREAM, "from billing_portal import settings"),
        (UPSTREAM, "from ..models import Organization"),
        (UPSTREAM, "import requests"),
        (UPSTREAM, "from urllib3 import PoolManager"),
        (RETRY, "from customers.models import Customer"),
        (RETRY, "from customers.services.sync import runner"),
        (NOTE, "from customers.services.wording.formats import balance_words"),
        (NOTE, "def late():\n    from customers import services"),
        (NOTE, "from customers.dashboard import forms"),
        (WORDS, "from customers.dashboard.forms import SearchForm"),
        (WORDS, "from customers.management import arguments"),
        (WORDS, "import customers.tasks"),
        (WORDS, "import requests"),
        (WORDS, "import celery"),
        (WORDS, "import environ"),
        (WORDS, "import os\nos.environ['X'] = os.getenv('X')"),
        (WORDS, "from os import environ"),
        (WORDS, "import os\nos.environ.setdefault('X', 'y')"),
        (WORDS, "from tests.conftest import organization"),
        (WORDS, "import sandbox\nfrom benchmarks import sync"),
        (WORDS, "from billing_portal.settings import DEBUG"),
        (WORDS, "from customers.services.disclosures.log import record"),
        (WORDS, "from customers.services.facts.table import FACTS"),
        (TABLE, "from customers.services.history.differences import TRACKED"),
        ("customers/services/access/visible.py", "import customers.services.lists.listing"),
        ("customers/services/lists/listing.py", "from customers.services.sync import due"),
        ("customers/services/search/find.py", "from customers.services.checking import check"),
        (FORMS, "from customers.management.arguments import duration"),
        (FORMS, "from customers import tasks"),
        (FORMS, "from customers.api.problem import Problem"),
        (PROBLEM, "from customers.dashboard import forms"),
        (ARGUMENTS, "from customers.dashboard import forms"),
        (ARGUMENTS, f"{BY_NAME}import_module('customers.dashboard.forms')"),
        ("billing_portal/urls.py", "import benchmarks"),
        ("billing_portal/urls.py", "from sandbox.world.world import World"),
        ("billing_portal/wsgi.py", "os.environ.setdefault('SECRET_KEY', 'x')"),
        ("billing_portal/settings.py", "import os\nos.environ['X']"),
        (IDS, "from customers.models import Customer"),
        (IDS, "from billing_portal import settings"),
        (WORLD, "from customers.upstream.org_id import clean_org_id"),
        (WORLD, "from billing_portal import settings"),
        (WORLD, "from benchmarks.machinery.payloads import bodies"),
        ("customers/upstream/errors.py", "from customers.upstream.client import Limits"),
    ],
)
def test_what_a_room_does_not_allow_is_found(code, file, line):
    module = name_of(PROJECT, PROJECT / file)
    tree = ast.parse(f"{(PROJECT / file).read_text()}\n{line}\n")

    found = problems(code.spoiled(module, tree))

    assert [problem for problem in found if module in problem]


@pytest.mark.parametrize("room", CLOSED)
def test_every_room_is_there(code, room):
    assert any(is_in(module, room) for module in code.trees)


def test_every_room_of_services_has_its_place_in_the_order():
    folders = {path.parent.name for path in (PROJECT / "customers/services").glob("*/*.py")}

    assert folders == set(SUB_ROOMS)


def test_every_import_goes_in_the_one_direction(code):
    assert problems(code) == []
