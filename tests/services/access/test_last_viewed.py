"""What is remembered of a look at an organization's page, and when that is written."""

import pytest

from customers.models import Customer, LastViewed
from customers.services.access.last_viewed import note_look
from customers.services.access.sight import sight_of
from customers.services.access.visible import changed_since_looked, visible_customers
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


def test_one_look_suffices_at_an_answer_that_was_held_and_believed_later(look, ana):
    Customer.objects.update(checked_at=ago(60), changed_at=ago(5))

    look()

    customer = visible_customers(ana).get()
    assert sight_of(customer).looked_at == customer.changed_at
    assert not visible_customers(ana).filter(changed_since_looked(ana)).exists()
