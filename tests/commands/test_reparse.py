"""`reparse`: rows match today's parser, and no change is recorded."""

import pytest
from django.core.management import CommandError, call_command

from customers.models import Change, Customer, Organization, Payload
from customers.services.access.visible import visible_customers
from customers.services.checking import reread as rereading
from customers.services.checking.store import store
from customers.services.lists.counts import count_worklists
from customers.services.lists.export import export_row
from tests.helpers.rows import (
    ago,
    answered,
    give_credentials,
    look,
    make_organization,
    not_set_up,
    stripe_customer,
)

NOTHING = {"default_source": None, "sources": {"object": "list", "data": []}}
SOON = 1_900_000_000


def subscribed(**subscription):
    plain = {"id": "sub_1", "status": "active", "current_period_end": SOON}
    return stripe_customer(**NOTHING, subscriptions={"data": [plain | subscription]})


CHECKOUT = subscribed(
    default_payment_method={
        "id": "pm_1",
        "type": "card",
        "card": {
            "brand": "visa",
            "last4": "4242",
            "networks": {"preferred": "cartes_bancaires"},
            "wallet": {"type": "apple_pay", "dynamic_last4": "0012"},
        },
    }
)
INVOICED = subscribed(collection_method="send_invoice")
PAUSED = stripe_customer(
    subscriptions=[
        {
            "id": "sub_1",
            "status": "active",
            "current_period_end": SOON,
            "pause_collection": {"behavior": "void", "resumes_at": None},
        }
    ]
)
HOME = {
    "phone": "+49 30 23125\u202e 000",
    "address": {"country": "DE", "city": "Berlin"},
    "tax_exempt": "reverse",
    "preferred_locales": ["de", "en-GB"],
}
AT_HOME = {
    "phone": "+49 30 23125 000",
    "address_country": "DE",
    "tax_exempt": "reverse",
    "preferred_locales": "de,en-GB",
    "wallet": "apple_pay",
}
# What release 0.3.0 had read in them.
FORMER = {
    "checkout": {
        "state": "none",
        "default_id": "",
        "method_type": "",
        "brand": "",
        "last4": "",
        "dynamic_last4": "",
    },
    "invoiced": {"state": "none"},
    "paused": {"subscription_status": "active", "next_renewal": ago(-5)},
    "plain": {},
    "started": {},
}
TIMES = ("changed_at", "checked_at", "asked_at", "first_checked_at", "attempted_at")


@pytest.fixture
def anas(ana):
    return give_credentials(ana)


@pytest.fixture
def upgraded(anas):
    """Rows as today's parser would store them."""
    payloads = {"checkout": CHECKOUT, "invoiced": INVOICED, "paused": PAUSED}
    payloads["plain"] = stripe_customer()
    for org_id, payload in payloads.items():
        make_organization(org_id)
        store([answered(org_id, anas, ago(9), payload)])
    make_organization("started")
    store([not_set_up("started", anas, ago(9))])
    today = rows()
    for org_id, former in FORMER.items():
        Customer.objects.filter(organization__org_id=org_id).update(**former)
    return today


def rows():
    return {
        row["organization__org_id"]: row
        for row in Customer.objects.values(
            "organization__org_id", *rereading.PARSED_COLUMNS, *TIMES
        )
    }


def look_at_all(user):
    for organization in Organization.objects.all():
        look(user, organization, 8)


@pytest.mark.parametrize("rows_at_a_time", [1, 2, 500])
def test_rows_say_what_is_read_today(upgraded, monkeypatch, capsys, rows_at_a_time):
    monkeypatch.setattr(rereading, "_ROWS_AT_A_TIME", rows_at_a_time)

    call_command("reparse")

    assert rows() == upgraded
    states = {org_id: row["state"] for org_id, row in rows().items()}
    assert states["checkout"] == "card"
    assert states["invoiced"] == "invoice"
    assert rows()["checkout"]["dynamic_last4"] == "0012"
    assert rows()["paused"]["subscription_status"] == "paused"
    assert capsys.readouterr().out == "5 organizations read again, 3 rows updated.\n"


def test_lists_are_counted_by_what_is_read_today(ana, upgraded):
    call_command("reparse")

    counts = count_worklists(ana, ["no-payment-method", "by-invoice", "changed"])
    assert counts == {"no-payment-method": 1, "by-invoice": 1, "changed": 0}


def test_nothing_has_happened(ana, anas, upgraded):
    look_at_all(ana)

    call_command("reparse")
    store([answered("checkout", anas, ago(1), CHECKOUT)])
    store([answered("invoiced", anas, ago(1), INVOICED)])

    assert not Change.objects.exists()
    assert count_worklists(ana, ["changed"]) == {"changed": 0}


def test_facts_that_a_release_adds_are_filled_in_and_nothing_has_happened(ana, anas, capsys):
    make_organization("checkout")
    store([answered("checkout", anas, ago(9), CHECKOUT | HOME)])
    look_at_all(ana)
    Customer.objects.update(**dict.fromkeys(AT_HOME, ""))
    before = Customer.objects.values().get()

    call_command("reparse")
    assert Customer.objects.values().get() == before | AT_HOME
    assert capsys.readouterr().out == "1 organizations read again, 1 rows updated.\n"

    store([answered("checkout", anas, ago(1), CHECKOUT | HOME)])
    assert not Change.objects.exists()
    assert count_worklists(ana, ["changed"]) == {"changed": 0}


def test_since_when_it_is_so_is_not_known(ana, upgraded):
    Customer.objects.update(state_after=ago(20), state_seen_at=ago(15))

    call_command("reparse")

    told = {
        row.organization.org_id: export_row(row)["state_since"] for row in visible_customers(ana)
    }
    assert (told["checkout"], told["invoiced"]) == (None, None)
    assert told["plain"] is not None


def test_a_second_run_finds_nothing_to_do(upgraded, capsys):
    call_command("reparse")
    capsys.readouterr()

    call_command("reparse")

    assert capsys.readouterr().out == "5 organizations read again, 0 rows updated.\n"


def test_a_run_that_was_killed_is_done_by_the_next(upgraded, monkeypatch, capsys):
    monkeypatch.setattr(rereading, "_ROWS_AT_A_TIME", 1)
    next(rereading.reread())

    call_command("reparse")

    assert rows() == upgraded
    assert capsys.readouterr().out == "5 organizations read again, 2 rows updated.\n"


@pytest.mark.parametrize(
    "body", [b"not compressed", Payload.compress(b"{"), Payload.compress(b"[]")]
)
def test_what_cannot_be_read_stays_and_is_named(upgraded, capsys, body):
    Payload.objects.filter(customer__organization__org_id="checkout").update(compressed=body)

    with pytest.raises(CommandError, match="^1 stored answers could not be read .*: checkout$"):
        call_command("reparse")

    assert rows()["checkout"]["state"] == "none"
    assert rows()["invoiced"] == upgraded["invoiced"]
    assert "5 organizations read again, 2 rows" in capsys.readouterr().out
