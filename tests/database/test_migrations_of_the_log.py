"""Migrations of the disclosure log: they verify, chain, number and sign it."""

from importlib import import_module

import pytest
from django.core.management import CommandError

from customers.models import (
    Disclosure,
    DisclosureHead,
    Organization,
)
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import verify_log
from tests.helpers.migrations.former_models import FORMER_MODELS
from tests.helpers.rows import (
    ago,
    make_organization,
)

chain = import_module("customers.migrations.0018_chain_the_disclosures")
removals = import_module("customers.migrations.0050_removals_are_entries")
signature = import_module("customers.migrations.0051_sign_the_end_of_the_log")
holds = import_module("customers.migrations.0048_the_log_holds_together")


@pytest.mark.parametrize("rows_at_a_time", [1, 500])
def test_the_disclosures_so_far_are_chained(ana, monkeypatch, rows_at_a_time):
    monkeypatch.setattr(chain, "_ROWS_AT_A_TIME", rows_at_a_time)
    northwind = make_organization("northwind")
    disclosure_triggers.drop()
    DisclosureHead.objects.all().delete()
    for minutes, user_id in ((9, ana.pk), (7, None), (5, ana.pk)):
        Disclosure.objects.create(
            user_id=user_id, organization=northwind, seen_at=ago(minutes), where="page"
        )

    chain.chain(FORMER_MODELS, None)

    upgrade_log()
    assert verify_log().entries == 3
    assert list(Disclosure.objects.order_by("pk").values_list("username", "org_id")) == [
        ("ana", "northwind"),
        ("", "northwind"),
        ("ana", "northwind"),
    ]


def upgrade_log():
    removals.write(FORMER_MODELS, None)
    signature.sign(FORMER_MODELS, None)


@pytest.fixture
def former_log(ana):
    """Entries as release 0.3.0 wrote them, of which the first was removed by retention."""
    make_organization("northwind")
    disclosure_triggers.drop()
    DisclosureHead.objects.all().delete()
    for minutes in (9, 7, 5):
        Disclosure.objects.create(
            user_id=ana.pk, organization=Organization.objects.get(), seen_at=ago(minutes)
        )
    chain.chain(FORMER_MODELS, None)
    first = Disclosure.objects.earliest("pk")
    DisclosureHead.objects.update(pruned_through=first.pk, pruned_hash=first.hash)
    first.delete()
    return list(Disclosure.objects.order_by("pk"))


def test_a_log_that_holds_together_is_upgraded_and_says_what_retention_removed(former_log):
    holds.verify(FORMER_MODELS, None)
    upgrade_log()

    verified = verify_log()
    removal = Disclosure.objects.latest("pk")
    assert (verified.entries, verified.pruned_through) == (3, former_log[0].pk - 1)
    assert (removal.where, removal.format, removal.pk) == ("pruned", 2, former_log[-1].pk + 1)
    assert [entry.hash for entry in former_log] == [
        entry.hash for entry in Disclosure.objects.filter(format=1).order_by("pk")
    ]


def test_where_retention_removed_all_of_a_log_the_numbers_go_on(former_log):
    last = former_log[-1]
    Disclosure.objects.all().delete()
    DisclosureHead.objects.update(pruned_through=last.pk, pruned_hash=last.hash)

    holds.verify(FORMER_MODELS, None)
    upgrade_log()

    assert Disclosure.objects.get().pk == last.pk + 1
    assert verify_log().entries == 1


def test_where_nothing_was_removed_nothing_is_said(db):
    holds.verify(FORMER_MODELS, None)
    upgrade_log()

    assert not Disclosure.objects.exists()
    assert verify_log().entries == 0


@pytest.mark.parametrize(
    "altered",
    [
        lambda log: Disclosure.objects.filter(pk=log[0].pk).update(username="eve"),
        lambda log: Disclosure.objects.filter(pk=log[-1].pk).update(purpose="none"),
        lambda log: Disclosure.objects.filter(pk=log[0].pk).update(hash=b""),
        lambda log: Disclosure.objects.filter(pk=log[0].pk).delete(),
        lambda log: Disclosure.objects.filter(pk=log[-1].pk).delete(),
        lambda log: Disclosure.objects.all().delete(),
        lambda log: DisclosureHead.objects.update(hash=b""),
        lambda log: DisclosureHead.objects.update(pruned_hash=b""),
        lambda log: DisclosureHead.objects.all().delete(),
    ],
)
def test_a_log_that_does_not_hold_together_is_not_upgraded(former_log, altered):
    altered(former_log)

    with pytest.raises(CommandError, match="The disclosure log does not hold together"):
        holds.verify(FORMER_MODELS, None)
