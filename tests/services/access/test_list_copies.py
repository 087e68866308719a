"""What proofs show: copies of the stored answer that follow it, for everybody who has one."""

from datetime import date

import pytest

from customers.models import Access, Customer
from customers.services.access.list_copies import FACTS, copied_facts_of
from customers.services.access.visible import visible_customers
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, failure, not_set_up, refused, stripe_customer


def proof_of(user):
    return Access.objects.get(user=user)


def copied(user):
    proof = proof_of(user)
    return {name: getattr(proof, name) for name in FACTS}


def sees(user):
    return visible_customers(user).exists()


def test_a_proof_holds_the_facts_of_the_answer_that_made_it(ana, anas, northwind):
    store([answered("northwind", anas, ago(5), stripe_customer(delinquent=True))])

    assert copied(ana) == {
        "shows_set_up": True,
        "shows_state": "card",
        "shows_delinquent": True,
        "shows_expires_on": date(2031, 5, 31),
        "shows_failing": False,
    }


def test_everybodys_proofs_follow_an_answer_to_one(ana, anas, bens, northwind):
    store([answered("northwind", anas, ago(9))])

    store([answered("northwind", bens, ago(5), stripe_customer(delinquent=True, exp_year=2032))])

    assert proof_of(ana).shows_delinquent is True
    assert proof_of(ana).shows_expires_on == date(2032, 5, 31)


def test_everybodys_proofs_follow_a_failure_and_its_end(ana, anas, bens, northwind):
    store([answered("northwind", anas, ago(9))])

    store([refused("northwind", bens, ago(7), Result.UNAVAILABLE)])
    assert proof_of(ana).shows_failing is True

    store([answered("northwind", bens, ago(5))])
    assert proof_of(ana).shows_failing is False


def test_an_answer_that_came_too_late_changes_no_proof_of_others(ana, anas, bens, northwind):
    store([answered("northwind", anas, ago(5))])

    store([answered("northwind", bens, ago(9), stripe_customer(delinquent=True))])

    assert proof_of(ana).shows_delinquent is False


def test_one_batch_leaves_all_its_proofs_in_line(ana, anas, ben, bens, northwind):
    store([not_set_up("northwind", anas, ago(9)), answered("northwind", bens, ago(5))])

    assert copied(ana) == copied(ben) == copied_facts_of(Customer.objects.get())


def test_a_customer_sent_to_another_hides_it_from_who_was_told_not_set_up_and_none_shows_it_again(
    ana, anas, ben, bens, northwind
):
    store([not_set_up("northwind", anas, ago(9))])
    assert proof_of(ana).shows_since == proof_of(ana).proved_at

    store([answered("northwind", bens, ago(7))])
    assert (sees(ana), proof_of(ana).shows_since) == (False, None)
    assert sees(ben)

    store([not_set_up("northwind", bens, ago(5))])
    assert (sees(ana), proof_of(ana).shows_since) == (True, proof_of(ana).proved_at)


def test_a_later_not_set_up_does_not_prolong_what_an_earlier_customer_shows(
    ana, anas, bens, northwind
):
    store([answered("northwind", anas, ago(9))])
    sent_at = proof_of(ana).customer_sent_at
    store([not_set_up("northwind", anas, ago(7))])

    store([answered("northwind", bens, ago(5))])

    assert proof_of(ana).shows_since == sent_at < proof_of(ana).proved_at


@pytest.mark.parametrize("result", [Result.DENIED, Result.MISSING])
def test_a_refusal_shows_nothing_from_no_time_on(ana, anas, bens, northwind, result):
    store([answered("northwind", anas, ago(9))])

    store([refused("northwind", anas, ago(7), result)])
    store([not_set_up("northwind", bens, ago(5))])

    assert proof_of(ana).shows_since is None


def test_a_proof_without_an_answer_shows_nothing(ana, anas, northwind):
    Customer.objects.create(organization=northwind, last_error=failure("It failed."))

    store([refused("northwind", anas, ago(5), Result.DENIED)])

    assert copied(ana) == copied_facts_of(None)
