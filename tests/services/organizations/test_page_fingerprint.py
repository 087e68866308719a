"""Whether a page would show anything anew, told by a digest of what it shows."""

import pytest

from customers.models import Customer
from customers.services.checking.store import store
from customers.services.organizations.page_fingerprint import fingerprint_of, is_fingerprint_of
from customers.services.organizations.payload_details import details_of
from tests.helpers.rows import ago, answered, show, stripe_customer


def digest_after(anas, payload, minutes):
    store([answered("northwind", anas, ago(minutes), payload)])
    customer = Customer.objects.get()
    return fingerprint_of("a session", customer, details_of(customer))


def test_the_same_answer_again_shows_nothing_new(ana, anas, northwind):
    before = digest_after(anas, stripe_customer(), 9)

    after = digest_after(anas, stripe_customer(), 5)

    assert before == after


@pytest.mark.parametrize(
    "changed", [{"delinquent": True}, {"exp_year": 2032}, {"discount": {"coupon": {"id": "X"}}}]
)
def test_another_fact_shows_something_new(ana, anas, northwind, changed):
    before = digest_after(anas, stripe_customer(), 9)

    digest_after(anas, stripe_customer(**changed), 5)

    customer = Customer.objects.get()
    assert not is_fingerprint_of(before, "a session", customer, details_of(customer))


@pytest.mark.parametrize("digest", ["", "made up", "ü"])
def test_a_digest_that_is_not_ours_is_not_believed(ana, anas, digest):
    customer = show(ana, "northwind")

    assert not is_fingerprint_of(digest, "a session", customer, None)


def test_a_digest_is_of_no_use_in_another_session(ana, anas):
    customer = show(ana, "northwind")

    assert not is_fingerprint_of(
        fingerprint_of("a session", customer, None), "another", customer, None
    )
