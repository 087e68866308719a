"""Searching and sorting use indexes, on both databases."""

import pytest
from django.db import connection

from customers.models import Customer, Organization
from customers.services.search.index_lookup import holds
from tests.helpers.rows import make_customer, make_organization

pytestmark = pytest.mark.django_db
ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def names():
    for number in range(40):
        organization = make_organization(f"org-{number}", f"Clinic {number}")
        make_customer(organization, email=f"billing{number}@clinic.example")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if ON_POSTGRESQL:  # which would scan so few rows
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Customer.objects.order_by("folded_name", "pk")[:26], "customer_by_name"),
        (Customer.objects.order_by("-folded_name", "-pk")[:26], "customer_by_name"),
        (Customer.objects.filter(brand="JCB").order_by("folded_name", "pk"), "customer_brand"),
        (Customer.objects.filter(folded_name="clinic 7"), "customer_by_name"),
        (Customer.objects.filter(folded_email="b@clinic.example"), "customer_found_by_email"),
        (Organization.objects.all()[:26], "organization_by_name"),
    ],
)
def test_an_order_and_a_whole_name_are_read_from_an_index(names, rows, index):
    plan = rows.explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no trigrams, and reads the rows")
@pytest.mark.parametrize(
    ("column", "index"),
    [
        ("folded_name", "customer_trigrams_of_name"),
        ("folded_email", "customer_trigrams_of_email"),
    ],
)
@pytest.mark.parametrize("text", ["inic", "inic 39", "g39@"])
def test_a_part_is_found_by_its_trigrams(names, column, index, text):
    assert index in Customer.objects.filter(holds(column, text)).explain()


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite orders by code points in any case")
def test_names_are_ordered_by_code_points_whatever_the_language_of_the_server(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE column_name LIKE 'folded%' AND collation_name = 'C' ORDER BY 1, 2"
        )
        assert cursor.fetchall() == [
            ("customers_customer", "folded_email"),
            ("customers_customer", "folded_name"),
            ("customers_organization", "folded_name"),
            ("customers_savedview", "folded_name"),
        ]
