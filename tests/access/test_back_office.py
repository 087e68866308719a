"""What the back office keeps to itself beside its pages: deletions, filters, links to the site."""

import pytest
from django.contrib.auth.models import User

from customers.models import Organization
from customers.services.disclosures import record
from customers.services.origin import Origin, asked_from
from tests.access.people import make_world
from tests.conftest import browser_of
from tests.services.rows import make_customer


@pytest.fixture
def root(db):
    make_world()
    return browser_of(User.objects.create_superuser("root"))


def test_a_deletion_lists_no_billing(root):
    organization = Organization.objects.get(org_id="walked-org")
    other = User.objects.get(username="other")

    for url in (
        f"/admin/customers/organization/{organization.pk}/delete/",
        f"/admin/auth/user/{other.pk}/delete/",
    ):
        text = root.get(url).content.decode()
        for telling in ("card", "granted", "Customer", "Payload", "Change:"):
            assert telling not in text.split("Are you sure")[1], telling


@pytest.mark.parametrize("lookup", ["change__isnull", "note__isnull", "view__isnull"])
def test_organizations_are_not_filtered_by_their_billing(root, lookup):
    assert root.get(f"/admin/customers/organization/?{lookup}=0").status_code == 400


@pytest.mark.parametrize("lookup", ["hash", "hash__in", "organization__customer__state"])
def test_the_log_is_filtered_by_what_it_shows(root, lookup):
    assert root.get(f"/admin/customers/view/?{lookup}=0").status_code == 400


def test_names_in_lists_turn_nothing_around_them(root):
    name = "מרפאה"
    Organization.objects.update(name=name, description=f"{name} <b>")
    User.objects.filter(username="other").update(first_name=name)

    listed = root.get("/admin/customers/organization/?o=1.2").content.decode()
    people = root.get("/admin/auth/user/").content.decode()

    row = Organization.objects.get(org_id="walked-org")
    change = f"/admin/customers/organization/{row.pk}/change/"
    assert f'field-name"><a href="{change}' in listed
    assert f"<bdi>{name}</bdi></a>" in listed
    assert f"<bdi>{name} &lt;b&gt;</bdi>" in listed
    assert "<bdi>walked-org</bdi>" in listed
    assert f"<bdi>{name}</bdi>" in people
    assert "<bdi>root</bdi>" in people
    deletion = root.get(f"/admin/customers/organization/{row.pk}/delete/").content.decode()
    assert f"<bdi>{name}</bdi>" in deletion


def test_no_link_leads_from_the_key_of_a_row_to_its_organization(db, ana):
    make_world()
    organization = Organization.objects.get(org_id="walked-org")

    for kind in range(1, 40):
        answer = browser_of(ana).get(f"/admin/r/{kind}/{organization.pk}/")
        assert answer.status_code == 404


def test_neither_do_those_of_the_disclosure_log(root, ana):
    northwind = Organization.objects.create(org_id="מרפאה")
    with asked_from(Origin(purpose="כרטיס 7")):
        record(ana, [make_customer(northwind)], "page")

    log = root.get("/admin/customers/view/").content.decode()

    for text in ("ana", "מרפאה", "כרטיס 7"):
        assert f"<bdi>{text}</bdi>" in log
