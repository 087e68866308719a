"""What SQL of the portal's own role can do to the disclosure log: it is refused, or it is noticed.

Not here: what needs DDL.
"""

import json
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, transaction

from customers.models import Customer, Disclosure
from customers.services.disclosures.chain import ChainBroken
from customers.services.disclosures.entry_hash import next_hash
from customers.services.disclosures.log import record
from customers.services.disclosures.pruning import prune
from tests.helpers.disclosures.disclosure_log import fill_log, head, is_broken
from tests.helpers.disclosures.log_attacks import (
    ATTACKS,
    IS_SQLITE,
    LAST,
    NEXT,
    OLD,
    REMOVAL,
    YOUNG,
)
from tests.helpers.rows import ago, make_customer


@pytest.fixture
def log(ana, ben, northwind, monkeypatch):
    fill_log(ana, make_customer(northwind, checked_with=ben), monkeypatch)
    assert not is_broken()


@pytest.mark.parametrize("statements", ATTACKS.values(), ids=ATTACKS)
def test_it_is_refused_or_noticed(log, ana, statements):
    noted_head = head().hash.hex()
    statements = [statement.format(**worked_out()) for statement in statements]

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        assert not is_broken(noted_head)
        return

    assert is_broken()
    assert is_broken(noted_head)
    go_on(ana)
    assert is_broken()


def go_on(user):
    """What the portal does afterwards, if it still can: it must not cover anything up."""
    with suppress(DatabaseError, TypeError, ValueError), transaction.atomic():
        record(user, [Customer.objects.get()], "page")
    with suppress(DatabaseError, ChainBroken, TypeError, ValueError), transaction.atomic():
        prune(ago(60 * 24 * 2500))


def worked_out():
    """The values for an attack that somebody who knows the portal's code would work out."""
    end, young = head(), Disclosure.objects.get(pk=YOUNG)
    says_young = json.dumps({"entries": 4, "through": YOUNG, "hash": young.hash.hex()})
    old = Disclosure.objects.get(pk=OLD[1])
    says_old = json.dumps({"entries": 2, "through": old.pk, "hash": old.hash.hex()})
    eve = {"id": NEXT, "username": "eve"}
    return {
        "nothing": blob(b""),
        "through": end.pruned_through,
        "pruned": blob(end.pruned_hash),
        "says_young": f"'{says_young}'",
        "says_old": f"'{says_old}'",
        "forged_old_removal": forged(REMOVAL, end.hash, id=NEXT, purpose=says_old),
        "forged": forged(LAST, end.hash, **eve),
        "forged_far": forged(LAST, end.hash, **eve | {"id": 10**12}),
        "forged_former": forged(LAST, end.hash, **eve, format=1),
        "forged_last": forged(LAST, young.hash, username="eve"),
        "forged_removal": forged(REMOVAL, end.hash, id=NEXT, purpose=says_young),
    }


def forged(number, before, **changes):
    """The hash of a copy of an entry, but for these changes, behind that hash."""
    entry = Disclosure.objects.get(pk=number)
    for name, value in changes.items():
        setattr(entry, name, value)
    return blob(next_hash(before, entry))


def blob(value):
    return f"x'{value.hex()}'" if IS_SQLITE else f"'\\x{value.hex()}'::bytea"
