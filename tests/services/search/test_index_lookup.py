"""A condition and the keys of its rows find the same rows."""

import pytest
from django.db.models import Q

from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.organizations.csv_import import import_organizations
from customers.services.search import index_lookup as candidates
from customers.services.search.find import search
from customers.services.search.index_lookup import by_key_if_few, holds
from tests.helpers.rows import make_customer, make_organization, show


@pytest.mark.parametrize("few", [0, 1000])
def test_the_same_is_found_by_key_and_by_condition(ana, anas, monkeypatch, few):
    wanted = show(ana, "northwind", name="Northwind Health")
    show(ana, "elm", name="Elm Park")
    monkeypatch.setattr(candidates, "FEW_HITS", few)

    condition = by_key_if_few(Q(folded_name__contains="wind hea"))

    assert list(Customer.objects.filter(condition)) == [wanted]


def test_a_condition_with_few_rows_becomes_their_keys(ana, anas):
    wanted = show(ana, "northwind", name="Northwind Health")

    assert by_key_if_few(Q(folded_name="northwind health")) == Q(pk__in=among([wanted.pk]))


def test_a_renamed_organization_is_found_by_its_new_name(ana, anas, tmp_path):
    wanted = show(ana, "northwind", name="Northwind Health")
    file = tmp_path / "renamed.csv"
    file.write_text("org_id,name,description\nnorthwind,Southwind Clinics,\n")

    with file.open(newline="") as opened:
        import_organizations(opened)

    assert list(search(Customer.objects.all(), "southwind")) == [wanted]
    assert not search(Customer.objects.all(), "northwind health").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("billing4711@", ["billing4711@clinic.example"]),
        ("4711@", ["billing4711@clinic.example", "pay4711@clinic.example"]),
        ("g4711", ["billing4711@clinic.example"]),
        (
            "4711",
            ["4711pay@clinic.example", "billing4711@clinic.example", "pay4711@clinic.example"],
        ),
        ("billing@", []),
    ],
)
def test_a_number_in_a_part_widens_nothing(db, text, found):
    for email in ("billing4711@clinic.example", "pay4711@clinic.example", "4711pay@clinic.example"):
        make_customer(make_organization(email), email=email)

    rows = Customer.objects.filter(holds("folded_email", text)).order_by("email")

    assert list(rows.values_list("email", flat=True)) == found


def test_a_number_in_a_part_is_asked_for_first():
    sql = f"{Customer.objects.filter(holds('folded_email', 'billing4711@')).query}"

    assert 0 < sql.index("%4711%") < sql.index("%billing4711@%")
