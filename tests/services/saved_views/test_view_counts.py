"""A view counts for each user what they may see of it, at most once a minute."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import KeptFigures
from customers.services.cases.steps import assign
from customers.services.lists.counts import worklist_counts
from customers.services.lists.list_parameters import stored_list
from customers.services.lists.listing import Listed, page
from customers.services.saved_views import view_counts as counting
from customers.services.saved_views.saving import make_view, update_view
from customers.services.saved_views.view_counts import view_counts
from customers.services.saved_views.visible_views import MOST_IN_RAIL, rail_views
from tests.helpers.rows import give_credentials, grant, show

LISTS = [
    Listed(),
    Listed("delinquent"),
    Listed("delinquent", filters={"brand": "Visa", "currency": "eur"}),
    Listed(case="mine"),
    Listed("mine"),
    Listed(text="north", sort="best"),
    Listed(card_of="both"),
    Listed("changed", sort="-since"),
]


@pytest.fixture
def desk(ana, ben):
    """Two organizations that both see, and one that Ana alone sees."""
    for user in (ana, ben):
        give_credentials(user, f"a token of {user}")
    for org_id, brand in (("both", "Visa"), ("north", "Visa"), ("alone", "JCB")):
        customer = show(ana, org_id, f"Clinic {org_id}", delinquent=True, brand=brand)
        if org_id != "alone":
            grant(ben, customer.organization)
    return ana, ben


def counts_of(user, views):
    return view_counts(user, views, worklist_counts(user).counts).counts


def counted(user, view):
    return counts_of(user, [view])[view.pk][0]


@pytest.mark.parametrize("listed", LISTS)
def test_a_view_counts_what_its_list_shows_to_each(desk, listed):
    ana, ben = desk
    assign(ana, [row.pk for row in page(ana, Listed()).rows][:2], ana)
    view = make_view(ana, "view", listed, (), is_shared=False)

    for user in (ana, ben):
        assert counted(user, view) == page(user, stored_list(view.parameters)).count


def test_mine_means_whoever_opens_it(desk):
    ana, ben = desk
    view = make_view(ana, "mine", Listed(case="mine"), (), is_shared=True)
    assign(ana, [row.pk for row in page(ana, Listed()).rows], ana)
    assign(ben, [page(ben, Listed()).rows[0].pk], ben)

    assert (counted(ana, view), counted(ben, view)) == (2, 1)


def test_counts_are_kept_for_a_minute_and_cost_one_statement(desk):
    ana, _ben = desk
    views = [make_view(ana, f"{at}", one, (), is_shared=False) for at, one in enumerate(LISTS)]
    worklists = worklist_counts(ana).counts
    view_counts(ana, views, worklists)
    show(ana, "newer", delinquent=True)

    with CaptureQueriesContext(connection) as asked:
        again = view_counts(ana, views, worklists)

    assert len(asked) == 1
    assert again.counts[views[1].pk][0] == 3
    old = KeptFigures.objects.get(user=ana, kind="views").counted_at - timedelta(minutes=1)
    KeptFigures.objects.filter(user=ana, kind="views").update(counted_at=old)
    KeptFigures.objects.filter(user=ana, kind="worklists").delete()
    assert counts_of(ana, views)[views[1].pk][0] == 4


def test_a_changed_view_is_counted_at_once(desk):
    ana, _ben = desk
    view = make_view(ana, "view", Listed("delinquent"), (), is_shared=False)
    assert counted(ana, view) == 3

    update_view(ana, view, Listed("delinquent", filters={"brand": "JCB"}), ())

    assert counted(ana, view) == 1


def test_views_without_end_do_not_hold_up_a_list(desk, monkeypatch):
    """What could not be counted in time has no count."""
    ana, _ben = desk
    views = [make_view(ana, name, Listed(), (), is_shared=False) for name in ("a", "b")]
    monkeypatch.setattr(counting, "COUNTED_FOR", -1)

    assert counts_of(ana, views) == {}


def test_without_views_nothing_is_asked(ana, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert view_counts(ana, [], {}).counts == {}


def test_a_rail_has_room_for_some_views_ones_own_first(desk):
    ana, ben = desk
    for number in range(MOST_IN_RAIL):
        make_view(ben, f"a {number:02}", Listed(), (), is_shared=True)
    own = make_view(ana, "z", Listed(), (), is_shared=False)

    with CaptureQueriesContext(connection) as asked:
        found = rail_views(ana, None)

    assert len(asked) == 2  # the second for their owners
    assert found.views[0] == own
    assert (len(found.views), found.has_more) == (MOST_IN_RAIL, True)
    beyond = found.views[-1].pk + 1
    assert rail_views(ana, beyond).opened.name == f"a {MOST_IN_RAIL - 1:02}"
