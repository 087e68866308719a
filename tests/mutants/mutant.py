"""A mutant: where a rule stands, the change that breaks it, and the tests that must notice."""

import ast
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.finding import Change, scope_of

# What a change may name whether or not the module imports it.
_MODELS = {"Access", "Change", "Customer", "Note"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """`place` is a module of customers/, or one of billing_portal/ with that in front, and the
    qualified name of what is changed in it."""

    place: str
    change: Change
    tests: str

    def __str__(self) -> str:
        return f"{self.place}: {self.change}"

    @property
    def file(self) -> str:
        file = f"{self.place.partition(':')[0]}.py"
        return file if file.startswith("billing_portal/") else f"customers/{file}"

    def applied_to(self, source: str) -> str:
        """The module with the change. ValueError unless there is one place for it."""
        tree = ast.parse(source)
        name = self.place.partition(":")[2]
        try:
            places = self.change.places(scope_of(tree, name))
        except KeyError:
            raise ValueError(f"{self.file} has no {name}.") from None
        if len(places) != 1:
            raise ValueError(f"{len(places)} places for {self}; bring the mutant up to date.")
        (make,) = places
        make()
        _import_models(tree)
        return ast.unparse(ast.fix_missing_locations(tree))

    def applied_in(self, project: Path) -> str:
        return self.applied_to((project / self.file).read_text())


def _import_models(tree: ast.Module) -> None:
    """Import the models that are named and not there, below the docstring."""
    bound = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if missing := sorted(_MODELS & named - bound):
        names = ", ".join(missing)
        tree.body[1:1] = ast.parse(f"from customers.models import {names}").body
