"""The organizations that a report names."""

from customers.models import Access
from customers.services.reports.longest_delinquent import MOST_NAMED, longest_delinquent
from tests.helpers.rows import ago, show

DAY = 24 * 60


def names(user):
    return [row.organization.org_id for row in longest_delinquent(user)]


def test_the_longest_come_first_and_no_more_than_some(ana, anas, ben, bens):
    for number in range(MOST_NAMED):
        show(ana, f"org-{number}", delinquent=True, delinquent_seen_at=ago(number * DAY))
    show(ana, "always", delinquent=True)
    show(ana, "paid", delinquent=False)
    show(ben, "bens", delinquent=True)

    assert names(ana) == ["always", *(f"org-{number}" for number in range(MOST_NAMED - 1, 0, -1))]


def test_what_one_may_no_longer_see_is_not_named_within_the_minute(ana, anas):
    show(ana, "northwind", delinquent=True)
    assert names(ana) == ["northwind"]

    Access.objects.update(state=Access.State.DENIED, customer_sent_at=None)

    assert names(ana) == []
