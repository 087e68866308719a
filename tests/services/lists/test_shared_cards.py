"""One card, many organizations: told to those who may see them, and counted over those alone."""

from customers.models import Customer
from customers.services.lists import shared_cards
from customers.services.lists.shared_cards import Shared, paid_by_card_of, sharing, sharing_of
from tests.helpers.rows import make_customer, make_organization, show


def test_a_card_that_pays_several_is_counted_over_what_the_user_may_see(ana, anas, ben, bens):
    first = show(ana, "first", fingerprint_hash="one")
    second = show(ana, "second", fingerprint_hash="one")
    alone = show(ana, "alone", fingerprint_hash="two")
    without = show(ana, "without", fingerprint_hash="")
    show(ana, "without-2", fingerprint_hash="")
    show(ben, "bens", fingerprint_hash="one")
    make_customer(make_organization("nobodys"), fingerprint_hash="two")

    found = sharing(ana, [first, second, alone, without])

    assert found == {first.pk: Shared(2, False), second.pk: Shared(2, False)}
    assert found[first.pk].others == 1


def test_counts_beyond_the_bound_say_so(ana, anas, monkeypatch):
    monkeypatch.setattr(shared_cards, "_MOST_COUNTED", 2)
    rows = [show(ana, f"org-{number}", fingerprint_hash="one") for number in range(4)]

    assert sharing(ana, rows[:1]) == {rows[0].pk: Shared(3, True)}


def test_the_organizations_of_a_card_are_those_with_its_hash(ana, anas):
    first = show(ana, "first", fingerprint_hash="one")
    second = show(ana, "second", fingerprint_hash="one")
    show(ana, "third", fingerprint_hash="two")
    show(ana, "without", fingerprint_hash="")

    assert set(paid_by_card_of(ana, Customer.objects.all(), "first")) == {first, second}
    assert not paid_by_card_of(ana, Customer.objects.all(), "without")
    assert not paid_by_card_of(ana, Customer.objects.all(), "unknown")


def test_a_card_that_the_user_may_not_see_leads_nowhere(ana, anas, ben, bens):
    show(ana, "anas", fingerprint_hash="one")
    show(ben, "bens", fingerprint_hash="one")

    assert not paid_by_card_of(ana, Customer.objects.all(), "bens")


def test_the_first_few_others_of_a_card_are_named_to_those_who_may_see_them(
    ana, anas, ben, bens, monkeypatch
):
    monkeypatch.setattr(shared_cards, "_NAMED", 2)
    own = show(ana, "own", fingerprint_hash="one")
    others = [show(ana, org_id, org_id, fingerprint_hash="one") for org_id in ("c", "a", "b")]
    show(ben, "bens", "0", fingerprint_hash="one")
    without = show(ana, "without", fingerprint_hash="")
    show(ana, "without-2", fingerprint_hash="")

    assert sharing_of(ana, own) == (Shared(4, False), [others[1], others[2]])
    assert sharing_of(ana, without) == (None, [])


def test_few_others_are_counted_by_naming_them(ana, anas, ben, bens):
    own, other, alone = (show(ana, key, fingerprint_hash=key[:1]) for key in ("a-1", "a-2", "b"))
    show(ben, "a-bens", fingerprint_hash="a")
    show(ben, "b-bens", fingerprint_hash="b")

    assert sharing_of(ana, own) == (Shared(2, False), [other])
    assert sharing_of(ana, alone) == (None, [])
