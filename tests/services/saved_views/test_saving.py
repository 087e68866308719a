"""Views are made, changed, shared and deleted by their owner; a shared one says who and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import SavedView
from customers.services.lists.listing import Listed
from customers.services.operations import retention
from customers.services.saved_views.refusals import Refusal, ViewRefused
from customers.services.saved_views.saving import (
    MOST_VIEWS,
    change_view,
    delete_view,
    make_view,
    update_view,
)
from customers.services.saved_views.visible_views import find_view, may_delete, own_views

DELINQUENT = Listed("delinquent", sort="renewal")
SEARCH = Listed(text="northwind", sort="best")


def make(user, name="Late", listed=DELINQUENT, *, shared=False, columns=("state", "email")):
    return make_view(user, name, listed, columns, is_shared=shared)


def why(act):
    with pytest.raises(ViewRefused) as refused:
        act()
    return refused.value.why


def test_a_view_keeps_the_list_and_its_columns_in_order(ana):
    view = make(ana, columns=("email", "nonsense", "state"))

    view.refresh_from_db()
    assert (view.name, view.parameters) == ("Late", {"worklist": "delinquent"})
    assert view.columns == ["state", "email"]
    assert (view.owner, view.private_to, view.shared_at) == (ana, ana, None)


@pytest.mark.parametrize("name", ["Late", "LATE", "Láte"])
def test_a_user_has_no_two_views_of_one_name(ana, ben, name):
    make(ana)

    assert why(lambda: make(ana, name)) is Refusal.NAME_TAKEN
    other = make(ana, "Other")
    assert why(lambda: change_view(ana, other, name, is_shared=False)) is Refusal.NAME_TAKEN
    assert make(ben, name).owner == ben
    assert [view.name for view in own_views(ana)] == ["Late", "Other"]


def test_a_view_may_keep_its_own_name(ana):
    view = make(ana)

    assert change_view(ana, view, "late", is_shared=False)


def test_a_user_keeps_only_so_many_views(ana, ben):
    SavedView.objects.bulk_create(
        SavedView(
            name=f"{number}",
            folded_name=f"{number}",
            owner=ana,
            private_to=ana,
            made_at=timezone.now(),
            changed_at=timezone.now(),
        )
        for number in range(MOST_VIEWS)
    )

    assert why(lambda: make(ana)) is Refusal.TOO_MANY
    assert make(ben)


def test_sharing_notes_since_when_and_unsharing_ends_it(ana):
    view = make(ana)
    before = timezone.now()

    change_view(ana, view, "Late", is_shared=True)
    first = view.shared_at
    change_view(ana, view, "Later", is_shared=True)

    view.refresh_from_db()
    assert view.shared_at == first >= before
    assert (view.owner, view.private_to) == (ana, None)
    change_view(ana, view, "Later", is_shared=False)
    view.refresh_from_db()
    assert (view.shared_at, view.private_to) == (None, ana)


def test_a_search_is_neither_shared_nor_put_into_a_shared_view(ana):
    shared, own = make(ana, "shared", shared=True), make(ana, "own", SEARCH)

    assert why(lambda: make(ana, "new", SEARCH, shared=True)) is Refusal.SHARES_TEXT
    assert why(lambda: change_view(ana, own, "own", is_shared=True)) is Refusal.SHARES_TEXT
    assert why(lambda: update_view(ana, shared, SEARCH, ())) is Refusal.SHARES_TEXT
    shared.refresh_from_db()
    assert shared.parameters == {"worklist": "delinquent"}


def test_only_the_owner_changes_a_shared_view(ana, ben):
    view = make(ana, shared=True)

    assert not change_view(ben, view, "Mine now", is_shared=True)
    assert not update_view(ben, view, Listed(), ())
    assert not delete_view(ben, view)

    view.refresh_from_db()
    assert (view.name, view.parameters) == ("Late", {"worklist": "delinquent"})
    assert view.deleted_at is None


def test_of_a_deleted_shared_view_stays_who_and_when_and_its_name_is_free(ana, ben):
    shared, own = make(ana, "shared", shared=True), make(ana, "own")

    assert delete_view(ana, shared)
    assert delete_view(ana, own)

    row = SavedView.objects.get()
    assert (row.name, row.deleted_by) == ("shared", ana)
    assert row.deleted_at is not None
    assert find_view(ana, row.pk) is find_view(ben, row.pk) is None
    assert make(ana, "shared")


def test_deleted_views_are_pruned_in_time(ana):
    view = make(ana, shared=True)
    make(ana, "kept", shared=True)
    delete_view(ana, view)
    now = timezone.now()

    assert retention.old_deleted_views(now - timedelta(days=1)).count() == 0
    assert retention.prune_rows(retention.old_deleted_views, now + timedelta(days=1)) == 1
    assert [view.name for view in own_views(ana)] == ["kept"]


@pytest.mark.parametrize("leaves", ["deactivated", "not staff", "deleted"])
def test_what_somebody_shared_stays_when_they_leave(ana, ben, leaves):
    shared, own = make(ana, "shared", shared=True), make(ana, "own", SEARCH)

    if leaves == "deleted":
        ana.delete()
    else:
        ana.is_active, ana.is_staff = leaves != "deactivated", leaves != "not staff"
        ana.save()

    view = find_view(ben, shared.pk)
    assert view is not None
    assert find_view(ben, own.pk) is None
    assert SavedView.objects.filter(pk=own.pk).exists() == (leaves != "deleted")
    assert not change_view(ben, view, "Mine now", is_shared=True)
    assert may_delete(ben, view)
    assert delete_view(ben, view)
    assert SavedView.objects.get(pk=shared.pk).deleted_by == ben


def test_a_user_who_deleted_a_view_can_be_deleted(ana, ben):
    view = make(ana, shared=True)
    delete_view(ana, view)

    ana.delete()

    row = SavedView.objects.get()
    assert (row.owner, row.deleted_by) == (None, None)
