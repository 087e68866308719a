"""Changes of conditions, statements and values that break a rule."""

import ast

from tests.mutants.finding import Change, Slot, code, has, holds, is_choice, listed


def never(*names: str) -> Change:
    """A condition is false."""
    return Change(
        f"never if {listed(names)}",
        lambda slot: is_choice(slot.node, names),
        lambda slot: setattr(slot.node, "test", code("False")),
    )


def always(*names: str) -> Change:
    return Change(
        f"always if {listed(names)}",
        lambda slot: is_choice(slot.node, names),
        lambda slot: setattr(slot.node, "test", code("True")),
    )


def first_condition_alone(*names: str) -> Change:
    """Of `if a and b`, only `a` is asked."""
    return Change(
        f"only the first condition of {listed(names)}",
        lambda slot: is_choice(slot.node, names) and isinstance(slot.node.test, ast.BoolOp),
        lambda slot: setattr(slot.node, "test", slot.node.test.values[0]),
    )


def without_first_condition(*names: str) -> Change:
    return Change(
        f"without the first condition of {listed(names)}",
        lambda slot: is_choice(slot.node, names) and isinstance(slot.node.test, ast.BoolOp),
        lambda slot: slot.node.test.values.pop(0),
    )


def without_condition(*names: str) -> Change:
    """Of `a and b` or `a or b`, one is not asked."""
    return Change(
        f"without the condition {listed(names)}",
        lambda slot: isinstance(slot.parent, ast.BoolOp) and has(slot, ast.expr, names),
        Slot.drop,
    )


def without_statement(*names: str) -> Change:
    return Change(
        f"without the statement {listed(names)}",
        lambda slot: has(slot, ast.Expr | ast.Assign | ast.Return, names),
        lambda slot: slot.put(ast.Pass()),
    )


def without_element(*names: str) -> Change:
    """Of a tuple, a list or a set that is written out."""
    return Change(
        f"without the element {listed(names)}",
        lambda slot: slot.field == "elts" and holds(slot.node, names),
        Slot.drop,
    )


def without_first_element() -> Change:
    return Change(
        "without the first element",
        lambda slot: isinstance(slot.node, ast.Tuple),
        lambda slot: slot.node.elts.pop(0),
    )


def comparison(text: str, *names: str) -> Change:
    """Something else in place of a comparison."""
    return Change(
        f"{text}, not the comparison {listed(names)}",
        lambda slot: has(slot, ast.Compare, names),
        lambda slot: slot.put(code(text)),
    )


def compared(operator: type[ast.cmpop], *names: str) -> Change:
    """The same values, compared by another operator."""
    return Change(
        f"compared by {operator.__name__}: {listed(names)}",
        lambda slot: has(slot, ast.Compare, names) and len(slot.node.ops) == 1,
        lambda slot: setattr(slot.node, "ops", [operator()]),
    )


def operated(former: type[ast.operator], other: type[ast.operator], *names: str) -> Change:
    """The same values, joined by another operator."""
    return Change(
        f"{other.__name__}, not {former.__name__} of {listed(names)}",
        lambda slot: has(slot, ast.BinOp, names) and isinstance(slot.node.op, former),
        lambda slot: setattr(slot.node, "op", other()),
    )


def equals(value: str, *names: str) -> Change:
    """Of `a != b`, it is asked whether `a` is this value."""

    def edit(slot: Slot) -> None:
        slot.put(ast.Compare(slot.node.left, [ast.Eq()], [ast.Constant(value)]))

    return Change(
        f"equal to {value!r} is {listed(names)}",
        lambda slot: has(slot, ast.Compare, names),
        edit,
    )


def not_left_side(*names: str) -> Change:
    """Of `a != b`, only `not a` is asked."""
    return Change(
        f"not the left side of {listed(names)}",
        lambda slot: has(slot, ast.Compare, names),
        lambda slot: slot.put(ast.UnaryOp(ast.Not(), slot.node.left)),
    )


def comprehension(text: str, *names: str) -> Change:
    """Something else in place of a list comprehension."""
    return Change(
        f"{text}, not the list of {listed(names)}",
        lambda slot: has(slot, ast.ListComp, names),
        lambda slot: slot.put(code(text)),
    )


def returned(text: str, *names: str) -> Change:
    return Change(
        f"return {text}, not {listed(names)}",
        lambda slot: has(slot, ast.Return, names),
        lambda slot: setattr(slot.node, "value", code(text)),
    )


def opposite(*names: str) -> Change:
    """The other of true and false is assigned."""
    return Change(
        f"the opposite of {listed(names)}",
        lambda slot: has(slot, ast.Assign, names) and isinstance(slot.node.value, ast.Constant),
        lambda slot: setattr(slot.node, "value", ast.Constant(not slot.node.value.value)),
    )


def over_nothing(*names: str) -> Change:
    """A loop over nothing."""
    return Change(
        f"no loop over {listed(names)}",
        lambda slot: isinstance(slot.node, ast.For) and holds(slot.node.iter, names),
        lambda slot: setattr(slot.node, "iter", code("()")),
    )


def without_bytes(part: bytes) -> Change:
    """Bytes that are written out, without a part of them."""
    return Change(
        f"without {part!r}",
        lambda slot: isinstance(slot.node, ast.Constant) and part in _bytes(slot.node),
        lambda slot: slot.put(ast.Constant(_bytes(slot.node).replace(part, b""))),
    )


def sql(part: str, text: str) -> Change:
    """Something else in place of a part of a statement that is written out."""
    return Change(
        f"{text!r}, not {part!r}",
        lambda slot: isinstance(slot.node, ast.Constant) and part in str(slot.node.value),
        lambda slot: slot.put(ast.Constant(slot.node.value.replace(part, text, 1))),
    )


def _bytes(node: ast.Constant) -> bytes:
    return node.value if isinstance(node.value, bytes) else b""
