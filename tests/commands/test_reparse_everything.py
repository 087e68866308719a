"""reparse: whatever Stripe sent fills the columns that a release adds, and nothing has happened."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from customers.models import Change, Customer, Organization
from customers.services.checking.store import store
from customers.services.lists.counts import count_worklists
from sandbox.world.world import World, WorldOptions
from tests.helpers.rows import ago, answered, give_credentials, look

RECORDED = Path(__file__).resolve().parents[3] / "shared" / "stripe_customers"
ADDED = ("phone", "address_country", "tax_exempt", "preferred_locales", "wallet")


def of_the_sandbox():
    world = World(WorldOptions(today=date(2026, 11, 30), organizations=300, is_odd=True))
    bodies = {org_id: world.find(org_id).customer for org_id, _name, _description in world.texts()}
    return {org_id: json.loads(body) for org_id, body in bodies.items() if body}


def recorded():
    return {file.stem: json.loads(file.read_bytes()) for file in RECORDED.glob("*.json")}


def of_its_column(name):
    return set(Customer.objects.exclude(**{name: ""}).values_list(name, flat=True))


@pytest.mark.parametrize(
    "payloads",
    [
        of_the_sandbox,
        pytest.param(
            recorded,
            marks=pytest.mark.skipif(
                not RECORDED.exists(), reason="no ../shared/stripe_customers beside this checkout"
            ),
        ),
    ],
)
def test_what_a_release_adds_is_filled_from_every_stored_payload(ana, payloads):
    anas, sent = give_credentials(ana), payloads()
    Organization.objects.bulk_create(Organization(org_id=org_id) for org_id in sent)
    store([answered(org_id, anas, ago(9), payload) for org_id, payload in sent.items()])
    for organization in Organization.objects.all():
        look(ana, organization, 8)
    stored = list(Customer.objects.order_by("pk").values())
    filled = {name: of_its_column(name) for name in ADDED}
    Customer.objects.update(**dict.fromkeys(ADDED, ""))

    call_command("reparse")

    assert list(Customer.objects.order_by("pk").values()) == stored
    assert {name: of_its_column(name) for name in ADDED} == filled
    store([answered(org_id, anas, ago(1), payload) for org_id, payload in sent.items()])
    assert not Change.objects.exists()
    assert count_worklists(ana, ["changed"]) == {"changed": 0}


def test_the_sandbox_sends_each_of_them_for_some_and_not_for_others(ana):
    anas, sent = give_credentials(ana), of_the_sandbox()
    Organization.objects.bulk_create(Organization(org_id=org_id) for org_id in sent)

    store([answered(org_id, anas, ago(9), payload) for org_id, payload in sent.items()])

    for name in ADDED:
        assert 2 <= len(of_its_column(name)) <= len(sent)
        assert Customer.objects.filter(**{name: ""}).exists()
