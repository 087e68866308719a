"""What only a noted head shows, and what it is compared with."""

import json

import pytest

from customers.models import Customer, Disclosure, DisclosureHead
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import ChainBroken, verify_log
from customers.services.disclosures.entry_hash import next_hash
from customers.services.disclosures.log import record
from tests.helpers.disclosures.disclosure_log import head, is_broken


def put_back(former: DisclosureHead) -> None:
    """The end as it was when somebody copied it, with the signature of then."""
    former.save()


def test_whoever_can_alter_the_tables_may_cut_the_log_to_a_copied_end_and_a_noted_head_shows_it(
    log, ana
):
    copied = head()
    record(ana, [Customer.objects.get()], "page")
    noted = verify_log().head
    Disclosure.objects.filter(pk__gt=copied.number).delete()

    assert is_broken()
    put_back(copied)

    assert not is_broken()
    assert is_broken(noted)


def test_a_log_that_was_cut_elsewhere_is_not_signed(log):
    Disclosure.objects.filter(pk=log[-1].pk).delete()
    DisclosureHead.objects.update(number=log[-2].pk, hash=log[-2].hash)

    assert is_broken()


def test_a_forged_end_is_not_signed_even_by_whoever_can_alter_the_tables(log):
    last = log[-1]
    last.username = "eve"
    last.hash = next_hash(log[-2].hash, last)
    last.save()
    DisclosureHead.objects.update(hash=last.hash)

    assert is_broken()


def test_whoever_can_alter_the_tables_cannot_forge_a_removal_of_young_entries(log):
    through, removal, last = log[3], log[2], log[-1]
    Disclosure.objects.filter(pk__lt=last.pk).delete()
    said = {"entries": 4, "through": through.pk, "hash": through.hash.hex()}
    removal.pk, removal.purpose = last.pk + 1, json.dumps(said)
    removal.hash = next_hash(last.hash, removal)
    removal.save(force_insert=True)
    DisclosureHead.objects.update(
        number=removal.pk, hash=removal.hash, pruned_through=through.pk, pruned_hash=through.hash
    )

    assert is_broken()


def test_a_log_that_was_made_anew_as_a_whole_lacks_the_head_that_was_noted(log, ana):
    noted = verify_log().head
    Disclosure.objects.all().delete()
    DisclosureHead.objects.all().delete()
    disclosure_triggers.restore()

    record(ana, [Customer.objects.get()], "page")

    assert verify_log().entries == 1
    with pytest.raises(ChainBroken, match="the log was rebuilt"):
        verify_log(noted)


@pytest.mark.parametrize("noted", ["0" * 64, "no hash at all", "ab"])
def test_what_no_entry_has_is_no_head(log, noted):
    assert is_broken(noted)


def test_a_head_that_was_noted_is_found_while_the_log_grows(log, ana):
    noted = verify_log().head

    record(ana, [Customer.objects.get()], "page")

    assert verify_log(noted).entries == 6
