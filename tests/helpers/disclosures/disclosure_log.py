"""A disclosure log with old and pruned entries."""

from contextlib import contextmanager

from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Customer, Disclosure, DisclosureHead, VerifiedPosition
from customers.services.disclosures.chain import ChainBroken, verify_log
from customers.services.disclosures.log import record
from customers.services.disclosures.pruning import prune
from customers.services.disclosures.request_origin import Origin
from customers.services.disclosures.verified_positions import Run
from tests.helpers.rows import ago

LONG_AGO = 3000 * 24 * 60  # minutes; longer than DISCLOSURE_RETENTION
ORIGIN = Origin("192.0.2.7", "ticket 4711", "nightly report")


@contextmanager
def at_the_time(monkeypatch, minutes):
    """Records inside the block are dated `minutes` ago."""
    then = ago(minutes)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: then)
        yield


def fill_log(user, customer: Customer, monkeypatch) -> None:
    """Entries 1 and 2 were removed, as 5 records; 3 and 4 may be pruned, 6 and 7 may not."""
    with at_the_time(monkeypatch, LONG_AGO):
        record(user, [customer, customer], "page", ORIGIN)
    with at_the_time(monkeypatch, LONG_AGO - 60):
        record(user, [customer, customer], "list", ORIGIN)
    assert prune(ago(LONG_AGO - 30)) == 2
    record(user, [customer], "page", ORIGIN)
    record(user, [customer], "export", ORIGIN)


def is_broken(noted_head: str = "", run: str = "") -> bool:
    try:
        verify_log(noted_head, run)
    except ChainBroken:
        return True
    return False


def entry(number: int) -> QuerySet[Disclosure]:
    return Disclosure.objects.filter(pk=number)


def position(run: str = Run.NEW) -> QuerySet[VerifiedPosition]:
    return VerifiedPosition.objects.filter(run=run)


def head() -> DisclosureHead:
    return DisclosureHead.objects.get()
