"""Names of organizations are written in one place, with all that follows from them."""

import ast
from collections.abc import Iterator

import pytest

from customers.models import Customer, Organization
from customers.services.access.organization_names import copy_names, save_all, take_over
from tests.helpers.code_imports import Code
from tests.helpers.rows import make_customer, make_organization
from tests.helpers.sandbox_process import PROJECT

WRITER = "customers.services.access.organization_names"
# Writes what it is told to; the model's own field folds.
TOOLS = {"customers.database.bulk_write", "customers.models.folded_field"}
NAMES = {"name", "folded_name"}
WRITES = {"bulk_update", "update", "update_or_create", "get_or_create", "create", "insert_from"}


def writers(trees: dict[str, ast.Module]) -> set[str]:
    """The modules of the app, but for migrations, that write a name."""
    return {
        module
        for module, tree in trees.items()
        if module.startswith("customers.") and ".migrations." not in module
        if any(_writes(tree))
    } - TOOLS


def _writes(tree: ast.Module) -> Iterator[bool]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = {word.arg for word in node.keywords}
            listed = {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
            yield function == "Organization" and bool(given)
            yield function in WRITES and "folded_name" in given | listed
            yield function in {"bulk_create", "save"} and "rganization" in ast.unparse(node.func)
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute):
                    about = ast.unparse(target.value)
                    yield target.attr == "folded_name"
                    yield target.attr == "name" and "rganization" in about


def test_only_one_module_writes_names():
    assert writers(Code(PROJECT).trees) == {WRITER}


@pytest.mark.parametrize(
    "line",
    [
        "Organization(org_id=org_id, name=name)",
        "Organization.objects.create(org_id=org_id, folded_name=name)",
        "Customer.objects.update(folded_name=Subquery(names))",
        'Organization.objects.bulk_update(rows, ["name", "folded_name"])',
        "Organization.objects.bulk_create(rows)",
        "customer.organization.name = name",
        "row.folded_name = name",
        "organization.save()",
    ],
)
def test_another_writer_would_be_found(line):
    assert writers({"customers.services.somewhere": ast.parse(line)})


def test_a_new_name_is_found_and_sorted_by_at_once(db):
    other, northwind = make_organization("other"), make_organization("northwind", "Northwind")
    for organization in (other, northwind):
        make_customer(organization)
    Customer.objects.filter(pk=other.pk).update(folded_name="as it was")

    assert take_over(northwind, "ZÜRICH Clinic", "Dentists")
    save_all([northwind])
    take_over(northwind, "", "")

    assert Organization.objects.get(pk=northwind.pk).folded_name == "zurich clinic"
    assert northwind.description == "Dentists"
    copies = Customer.objects.order_by("pk").values_list("folded_name", flat=True)
    assert list(copies) == ["as it was", "zurich clinic"]


def test_an_empty_name_leaves_what_is_known(db):
    northwind = make_organization("northwind", "Northwind")

    assert take_over(northwind, "", "")  # it had not been imported before
    assert not take_over(northwind, "", "")
    assert take_over(northwind, "Northwind", "")  # nor had its name
    assert not take_over(northwind, "Northwind", "")
    assert northwind.name == northwind.imported_name == "Northwind"


def test_a_row_that_fell_behind_is_brought_in_line(db):
    northwind = make_organization("northwind", "Northwind")
    make_customer(northwind)
    Customer.objects.update(folded_name="other")

    copy_names([northwind.pk])

    assert Customer.objects.get().folded_name == "northwind"
