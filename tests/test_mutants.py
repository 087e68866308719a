"""Each mutant breaks one place that is there, whatever its variables are called and laid out."""

import ast
import builtins

import pytest

from tests.helpers.sandbox_process import PROJECT
from tests.mutants import MUTANTS
from tests.mutants.calls import call
from tests.mutants.changes import never
from tests.mutants.mutant import Mutant

each = pytest.mark.parametrize("mutant", MUTANTS, ids=str)
SOURCE = """
def guarded(user):
    if allowed(user):
        return shown(user)
    if allowed(user, again=True):
        return shown(user)
"""


class Renamed(ast.NodeTransformer):
    """The same code with other names for all that is bound within functions."""

    def __init__(self) -> None:
        self.bound: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        before = self.bound
        parts = list(ast.walk(node))
        stored = {n.id for n in parts if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        self.bound = before | stored | {n.arg for n in parts if isinstance(n, ast.arg)}
        self.generic_visit(node)
        self.bound = before
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.bound:
            node.id += "_renamed"
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg += "_renamed"
        return node


def source_of(mutant):
    return (PROJECT / mutant.file).read_text()


@each
def test_a_mutant_changes_one_place_and_leaves_a_module(mutant):
    whole = ast.unparse(ast.parse(source_of(mutant)))

    broken = mutant.applied_in(PROJECT)

    compile(broken, mutant.file, "exec")
    assert broken != whole


@each
def test_a_mutant_names_nothing_that_its_module_lacks(mutant):
    """Or tests would notice a NameError, whatever the rule."""
    before, after = (names(text) for text in (source_of(mutant), mutant.applied_in(PROJECT)))
    imported = {"Access", "Change", "Customer", "Note"}

    assert after - before - imported <= set(dir(builtins))


@each
def test_a_mutant_is_found_among_renamed_variables(mutant):
    renamed = Renamed().visit(ast.parse(source_of(mutant)))

    assert mutant.applied_to(ast.unparse(renamed))


@each
def test_the_tests_of_a_mutant_are_there(mutant):
    file, _, name = mutant.tests.partition("::")

    assert name.partition("[")[0] in (PROJECT / file).read_text()


def test_no_mutant_stands_twice():
    assert len({(str(mutant), mutant.tests) for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("gone", never("allowed")),
        ("guarded", never("allowed")),
        ("guarded", never("somebody")),
        ("guarded", call("shown", "None")),
    ],
)
def test_a_mutant_of_no_place_or_of_several_is_refused(name, change):
    with pytest.raises(ValueError, match=r"has no gone|^[02] places"):
        Mutant(f"module:{name}", change, "").applied_to(SOURCE)


def test_a_mutant_changes_what_it_names():
    broken = Mutant("module:guarded", never("allowed", "again"), "").applied_to(SOURCE)

    assert broken == ast.unparse(ast.parse(SOURCE.replace("allowed(user, again=True)", "False")))


def names(source):
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)} | {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
