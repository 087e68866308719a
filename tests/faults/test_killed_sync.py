"""A sync that is killed between any two of its writes: the next one stores all of it, once."""

import pytest

from customers.models import Change, Customer, Organization, SyncRun
from tests.helpers.commands import run
from tests.helpers.shown import Desk, check_that_all_is_whole

pytestmark = pytest.mark.django_db(transaction=True)
SYNC = ("sync_customers", "--max-age=0s", "--concurrency=2")


def register(org_id: str) -> Organization:
    return Organization.objects.create(org_id=org_id)


def test_a_sync_may_be_killed_in_front_of_any_write(desk: Desk, sandbox, runner):
    write = 0

    while register(desk.have_news()) and runner.dies_at(write, *SYNC):
        again = run("sync_customers", "--max-age=0s", "--json")

        assert again.code == 0, again.err
        check_that_all_is_whole()
        desk.check_that_all_news_are_stored()
        assert not SyncRun.objects.filter(ending="").exists()
        assert not Customer.objects.filter(lease_until__isnull=False).exists()
        write += 1

    assert write > 8
    assert Change.objects.count() >= write
