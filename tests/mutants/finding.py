"""Find places in the syntax tree by the names that stand in them.

Names are of functions, attributes, keywords and written-out values, but no local variables. So
neither a renamed variable nor another layout moves a mutant.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

# Of each kind of node, what may name something, or be a value that is written out.
_NAMING = ("id", "attr", "arg", "value")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where in its parent a node stands."""

    parent: ast.AST
    field: str
    index: int | None
    node: Any

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node

    def drop(self) -> None:
        getattr(self.parent, self.field).remove(self.node)


def slots(scope: ast.AST) -> Iterator[Slot]:
    """Every place below `scope`."""
    for parent in ast.walk(scope):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, list):
                yield from (Slot(parent, field, *item) for item in enumerate(value))
            else:
                yield Slot(parent, field, None, value)


def scope_of(tree: ast.Module, name: str) -> ast.AST:
    """The function, class or assignment that a qualified name names. KeyError without it."""
    scope: ast.AST = tree
    for part in name.split("."):
        scope = dict(_named(scope))[part]
    return scope


def _named(scope: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(scope):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node is not scope:
            yield node.name, node
        if isinstance(node, ast.Assign) and node in getattr(scope, "body", ()):
            yield from ((target.id, node) for target in node.targets if _is_name(target))


def _is_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name)


def called(node: object) -> str:
    """The name of the function that `node` calls, if it calls one."""
    function = node.func if isinstance(node, ast.Call) else None
    return str(getattr(function, "id", getattr(function, "attr", "")))


def holds(node: ast.AST, names: tuple[str, ...]) -> bool:
    """Whether all of `names` stand in `node`; a comparison goes by its kind, such as `Lt`."""
    parts = list(ast.walk(node))
    found = {str(getattr(part, name, "")) for part in parts for name in _NAMING}
    found |= {type(part).__name__ for part in parts if isinstance(part, ast.cmpop)}
    return set(names) <= found


def is_choice(node: object, names: tuple[str, ...]) -> bool:
    """Whether it is an `if` with them in its condition, or `a if b else c` with them anywhere."""
    if isinstance(node, ast.If):
        return holds(node.test, names)
    return isinstance(node, ast.IfExp) and holds(node, names)


def has(slot: Slot, kind: Any, names: tuple[str, ...]) -> bool:
    return isinstance(slot.node, kind) and holds(slot.node, names)


def code(text: str) -> ast.expr:
    """An expression that is put in place of another."""
    return ast.parse(text, mode="eval").body


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "it is so"


@dataclass(frozen=True, slots=True)
class Change:
    """`fits` finds where to make it, which should be one place; `edit` makes it there."""

    words: str
    fits: Callable[[Slot], bool]
    edit: Callable[[Slot], None]
    function: str = ""  # that it stands in a call of

    def __str__(self) -> str:
        return f"{self.words} in {self.function}()" if self.function else self.words

    def places(self, scope: ast.AST) -> list[Callable[[], None]]:
        """What makes it, for each place that fits."""
        parts: list[ast.AST] = [scope]
        if self.function:
            parts = [node for node in ast.walk(scope) if called(node) == self.function]
        fitting = [slot for part in parts for slot in slots(part) if self.fits(slot)]
        return [partial(self.edit, slot) for slot in fitting]
