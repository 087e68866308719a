"""Where a run over the disclosure log begins: at what an earlier one noted, if that is believed."""

from contextlib import contextmanager

import pytest
from django.db import connection

from customers.models import Disclosure, DisclosureHead, SecurityEvent
from customers.services.disclosures.chain import verify_log
from customers.services.disclosures.entry_hash import next_hash
from customers.services.disclosures.verified_positions import Run
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import (
    entry,
    head,
    is_broken,
)
from tests.helpers.disclosures.log_attacks import IS_SQLITE

IN_ALL = 5  # entries of `log`: 3 to 7


def test_a_run_reads_what_is_new_and_one_over_all_reads_all(noted):
    new, nothing, everything = (verify_log(run=each) for each in (Run.NEW, Run.NEW, Run.ALL))

    assert (new.after, new.entries) == (7, 3)
    assert (nothing.after, nothing.entries) == (10, 0)
    assert (everything.after, everything.entries) == (0, IN_ALL + 3)
    assert new.head == nothing.head == everything.head == head().hash.hex()
    assert new.pruned_through == everything.pruned_through == 2


def test_a_run_over_all_notes_where_the_next_run_begins(log, look):
    verify_log(run=Run.ALL)
    look()

    assert verify_log(run=Run.NEW).entries == 1


def cut_to(number):
    """Without a trace in the log itself: the end is as it was signed then."""
    former = head()
    return lambda: (Disclosure.objects.filter(pk__gt=number).delete(), former.save())


AFTERWARDS = {
    "altered": lambda: entry(9).update(username="eve"),
    "removed": lambda: entry(9).delete(),
    "removed at the end": lambda: entry(10).delete(),
    "the first of them removed": lambda: entry(8).delete(),
    "the noted entry": lambda: entry(7).update(hash=bytes(32)),
    "the noted entry removed": lambda: entry(7).delete(),
    "the removal by retention, which the head tells": lambda: DisclosureHead.objects.update(
        pruned_through=3, pruned_hash=entry(3).get().hash
    ),
}


def put_before_all(number):
    copy = entry(6).get()
    copy.pk = number
    copy.save(force_insert=True)


AFTERWARDS |= {
    f"added as {number}, before all": lambda number=number: put_before_all(number)
    for number in (-1, 1, 2)
}


@pytest.mark.parametrize("tamper", AFTERWARDS.values(), ids=AFTERWARDS)
def test_what_is_done_to_the_log_behind_the_noted_entry_is_found_every_night(noted, tamper):
    tamper()

    assert is_broken(run=Run.NEW)
    assert is_broken(run=Run.NEW)


EARLIER = {
    "altered": lambda: entry(6).update(username="eve"),
    "removed": lambda: entry(4).delete(),
    "retold with right hashes": lambda: retell(6),
}


def retell(number):
    told = entry(number).get()
    told.username = "eve"
    told.hash = next_hash(entry(number - 1).get().hash, told)
    told.save()


@pytest.mark.parametrize("tamper", EARLIER.values(), ids=EARLIER)
def test_what_is_done_to_entries_that_were_verified_is_found_by_a_run_over_all(noted, tamper):
    tamper()

    assert not is_broken(run=Run.NEW)
    assert is_broken(run=Run.ALL)


def test_a_log_that_was_cut_to_an_end_that_was_signed_is_found(log, look):
    cut = cut_to(7)
    look(3)
    verify_log(run=Run.NEW)

    cut()

    assert not is_broken()
    assert is_broken(run=Run.NEW)


def test_a_database_that_cannot_be_written_is_read(noted):
    with only_read():
        assert verify_log(run=Run.NEW).entries == 3
        assert verify_log(run=Run.NEW).entries == 3


@contextmanager
def only_read():
    on, off = ("PRAGMA query_only = on", "PRAGMA query_only = off")
    if not IS_SQLITE:  # until the test's own transaction ends
        on, off = "SET CONSTRAINTS ALL IMMEDIATE; SET TRANSACTION READ ONLY", "SELECT 1"
    with connection.cursor() as cursor:
        cursor.execute(on)
        yield
        cursor.execute(off)


def test_the_command_says_where_it_began(noted):
    outputs = [run("verify_disclosures", *words).out for words in ((), (), ("--all",))]

    assert [output.splitlines()[1:-1] for output in outputs] == [
        ["Entries up to 7 were verified before.", "3 entries hold together."],
        ["Entries up to 10 were verified before.", "0 entries hold together."],
        ["8 entries hold together."],
    ]


@pytest.mark.parametrize("words", [("--head", "{first}"), ("--sign",)])
def test_a_hash_noted_elsewhere_is_looked_for_in_the_whole_log(noted, log, words):
    ran = run("verify_disclosures", *(word.format(first=log[0].hash.hex()) for word in words))

    assert "8 entries hold together." in ran.out


@pytest.mark.parametrize("typed", ["{0}\n", " {0} ", "{1}"], ids=["line", "blanks", "capitals"])
def test_a_hash_is_found_however_it_was_noted(noted, log, typed):
    noted_hash = log[0].hash.hex()

    ran = run("verify_disclosures", "--head", typed.format(noted_hash, noted_hash.upper()))

    assert (ran.code, SecurityEvent.objects.filter(code="chain.broken").count()) == (0, 0)
    assert "8 entries hold together." in ran.out


@pytest.mark.parametrize("typed", ["", "{0}", "no hash at all"], ids=["empty", "cut", "text"])
def test_what_is_no_hash_is_refused_and_no_alarm(noted, log, typed):
    ran = run("verify_disclosures", f"--head={typed.format(log[0].hash.hex()[:-1])}")

    assert ran.code == 1
    assert "is not a hash" in ran.err
    assert not SecurityEvent.objects.filter(code="chain.broken").exists()
