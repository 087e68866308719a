"""`rehash`: shared cards are matched by keyed hashes, which a new key invalidates."""

import pytest
from django.core.management import call_command

from customers.models import Customer
from customers.services.checking import reread as rereading
from customers.services.checking.store import store
from tests.helpers.rows import (
    ago,
    answered,
    give_credentials,
    make_organization,
    not_set_up,
    stripe_customer,
)


@pytest.fixture
def stored(ana):
    """Two organizations share a card, one has another, one has none."""
    anas = give_credentials(ana)
    for org_id, card in (("a", "print1"), ("b", "print1"), ("c", "print2")):
        make_organization(org_id)
        store([answered(org_id, anas, ago(5), stripe_customer(fingerprint=card))])
    make_organization("d")
    store([not_set_up("d", anas, ago(5))])


def hashes():
    rows = Customer.objects.order_by("organization__org_id")
    return list(rows.values_list("fingerprint_hash", flat=True))


@pytest.mark.parametrize("rows_at_a_time", [1, 3, 500])
def test_shared_cards_are_found_again_after_a_new_key(
    stored, settings, monkeypatch, capsys, rows_at_a_time
):
    monkeypatch.setattr(rereading, "_ROWS_AT_A_TIME", rows_at_a_time)
    before = hashes()
    settings.SECRET_KEY = "another key of the tests"

    call_command("rehash")

    a, b, c, none = hashes()
    assert a == b != c
    assert none == ""
    assert not {a, b, c} & set(before)
    assert capsys.readouterr().out == "4 organizations read again, 3 hashes recomputed.\n"


def test_a_second_run_finds_nothing_to_do(stored, capsys):
    call_command("rehash")

    assert capsys.readouterr().out == "4 organizations read again, 0 hashes recomputed.\n"
