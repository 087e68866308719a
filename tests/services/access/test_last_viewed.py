"""What is remembered of a look at an organization's page, and when that is written."""

import pytest

from customers.models import Customer, LastViewed
from customers.services.access.last_viewed import note_look
from customers.services.access.visible import visible_customers
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, stripe_customer


@pytest.fixture
def look(ana, anas, northwind):
    """Look at the one organization as Ana."""
    store([answered("northwind", anas, ago(60))])
    return lambda: note_look(ana, visible_customers(ana).get())


def test_only_the_first_look_and_one_after_a_change_write(look, anas, django_assert_num_queries):
    with django_assert_num_queries(3):
        look()
    with django_assert_num_queries(1):
        look()

    store([answered("northwind", anas, ago(5), stripe_customer(delinquent=True))])
    with django_assert_num_queries(3):
        look()
    with django_assert_num_queries(1):
        look()

    assert LastViewed.objects.get().looked_at == Customer.objects.get().checked_at
