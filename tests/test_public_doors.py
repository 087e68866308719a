"""No code reaches into the private parts of what it depends on."""

import ast
from collections.abc import Iterator

import pytest

from tests.helpers.code_imports import Code
from tests.helpers.sandbox_process import PROJECT

# Documented as public in spite of the underscore: Django's model options, and named tuples.
PUBLIC = {"_meta", "_replace", "_asdict", "_fields"}
# The total deadline of a call, which no library gives (docs/decisions/0018).
EXEMPT = {"customers.upstream.deadline"}
BY_NAME = {"getattr", "setattr", "hasattr"}
FACTORIES = {"partial", "partialmethod", "wraps"}


def problems(module: str, tree: ast.Module) -> list[str]:
    """What `module` does through a door that is not public."""
    own = _own_private_names(tree)
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return [
        f"{module}:{node.lineno}: {what}"
        for node in ast.walk(tree)
        for what in (
            *_private_attribute(node, own),
            *_private_import(node),
            *_replaced_method(node, functions),
            *_built_around_the_constructor(node),
        )
    ]


def _own_private_names(tree: ast.Module) -> set[str]:
    """The private names that the module defines itself, on its classes or on `self`."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _is_own(node):
            names.add(node.attr)
    return names


def _is_own(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in PUBLIC


def _private_attribute(node: ast.AST, own: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and _is_private(node.attr) and node.attr not in own:
        yield f"a private attribute, {node.attr}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) > 1:
        name = node.args[1]
        named = name.value if isinstance(name, ast.Constant) else ""
        if node.func.id in BY_NAME and _is_private(str(named)) and named not in own:
            yield f"a private attribute by its name, {named}"


def _private_import(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
        yield from (f"a private import, {name}" for name in names if _is_private(name))


def _replaced_method(node: ast.AST, functions: set[str]) -> Iterator[str]:
    """An attribute of something else that is made a function of ours."""
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        of_another = isinstance(target, ast.Attribute) and not _is_own(target)
        if of_another and _is_function(node.value, functions):
            yield f"a method replaced on an instance, {target.attr}"


def _is_function(value: ast.expr, functions: set[str]) -> bool:
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in FACTORIES
    return isinstance(value, ast.Lambda) or (isinstance(value, ast.Name) and value.id in functions)


def _built_around_the_constructor(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and node.attr == "__new__":
        yield "an instance made around its constructor"


@pytest.mark.parametrize(
    "code",
    [
        "def f(query):\n    return query._chain()",
        "def f(response):\n    return response._fp.fp.raw",
        "def f(response):\n    return getattr(response, '_body')",
        "from http.client import _UNKNOWN",
        "from django.db._base import Model",
        "def read(n): ...\ndef f(response):\n    response.read = read",
        "def f(response):\n    response.read = lambda n: b''",
        "from functools import partial\ndef f(response):\n    response.read = partial(print)",
        "def f(Model):\n    return Model.__new__(Model)",
        "def f(connection):\n    connection._keep = 1",
    ],
)
def test_what_must_not_come_back_is_found(code):
    assert problems("module", ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "class A:\n    def __eq__(self, other):\n        self._x = 1\n        return other._x",
        "def f(model):\n    return model._meta.db_table",
        "def f(url):\n    return url._replace(scheme='')",
        "class A:\n    def f(self):\n        self.read = lambda: 1",
        "def f(form, purpose):\n    form.purpose = purpose",
    ],
)
def test_what_is_public_is_let_through(code):
    assert problems("module", ast.parse(code)) == []


def test_only_public_doors_are_used():
    trees = Code(PROJECT).trees

    assert [
        problem
        for module, tree in trees.items()
        if module not in EXEMPT
        for problem in problems(module, tree)
    ] == []
