"""Changes of calls and of what they are given."""

import ast

from tests.mutants.finding import Change, Slot, called, code, holds, listed


def within(function: str, change: Change) -> Change:
    """A change in what a function is called with."""
    return Change(change.words, change.fits, change.edit, function)


def without_keyword(name: str) -> Change:
    return Change(f"without {name}=", lambda slot: _is_keyword(slot, name), Slot.drop)


def keyword(name: str, text: str) -> Change:
    return Change(
        f"{name}={text}",
        lambda slot: _is_keyword(slot, name),
        lambda slot: setattr(slot.node, "value", code(text)),
    )


def argument(function: str, place: int, text: str, *names: str) -> Change:
    return Change(
        f"{text} as argument {place} of {function}({listed(names)})",
        lambda slot: called(slot.node) == function and holds(slot.node, names),
        lambda slot: slot.node.args.__setitem__(place, code(text)),
    )


def first_argument(function: str) -> Change:
    """The first argument of a call, in place of the call."""
    return Change(
        f"the first argument, not {function}()",
        lambda slot: called(slot.node) == function,
        lambda slot: slot.put(slot.node.args[0]),
    )


def calls(function: str, other: str) -> Change:
    """Another function is called with the same arguments."""

    def edit(slot: Slot) -> None:
        callee = slot.node.func
        setattr(callee, "id" if isinstance(callee, ast.Name) else "attr", other)

    return Change(f"{other}(), not {function}()", lambda slot: called(slot.node) == function, edit)


def call(function: str, text: str) -> Change:
    """Something else in place of a call."""
    return Change(
        f"{text}, not {function}()",
        lambda slot: called(slot.node) == function,
        lambda slot: slot.put(code(text)),
    )


def not_filtered(*names: str) -> Change:
    """What is filtered, without the filter."""
    return Change(
        f"not filtered by {listed(names)}",
        lambda slot: _filters(slot, names),
        lambda slot: slot.put(slot.node.func.value),
    )


def not_excluded(*names: str) -> Change:
    """What something is excluded from, whole."""
    return Change(
        f"nothing excluded by {listed(names)}",
        lambda slot: called(slot.node) == "exclude" and holds(_given(slot.node), names),
        lambda slot: slot.put(slot.node.func.value),
    )


def filtered_from(text: str, *names: str) -> Change:
    """The same filter on something else."""
    return Change(
        f"{text} filtered by {listed(names)}",
        lambda slot: _filters(slot, names),
        lambda slot: setattr(slot.node.func, "value", code(text)),
    )


def _filters(slot: Slot, names: tuple[str, ...]) -> bool:
    if called(slot.node) != "filter":
        return False
    return holds(_given(slot.node), names)


def _given(node: ast.Call) -> ast.AST:
    """What a function is called with."""
    return ast.Tuple([*node.args, *node.keywords])


def _is_keyword(slot: Slot, name: str) -> bool:
    return isinstance(slot.node, ast.keyword) and slot.node.arg == name
