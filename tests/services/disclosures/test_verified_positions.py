"""Where a run over the disclosure log begins: at what an earlier one noted, if that is believed."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.utils import timezone

from customers.models import Customer, Disclosure, DisclosureHead, VerifiedPosition
from customers.services.disclosures import chain as disclosure_chain
from customers.services.disclosures.chain import ChainBroken, NotSigned, verify_log
from customers.services.disclosures.entry_hash import next_hash
from customers.services.disclosures.log import record
from customers.services.disclosures.pruning import prune
from customers.services.disclosures.verified_positions import Run
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import LONG_AGO, at_the_time, head
from tests.helpers.disclosures.log_attacks import IS_SQLITE
from tests.helpers.rows import ago, make_customer

IN_ALL = 5  # entries of `log`: 3 to 7


@pytest.fixture
def look(ana):
    return lambda times=1: record(ana, [Customer.objects.get()] * times, "page")


@pytest.fixture
def noted(log, look):
    """Entries 3 to 7 were verified; 8 to 10 are new."""
    verify_log(run=Run.NEW)
    look(3)


def entry(number):
    return Disclosure.objects.filter(pk=number)


def position(run=Run.NEW):
    return VerifiedPosition.objects.filter(run=run)


def is_found(run):
    try:
        verify_log(run=run)
    except ChainBroken:
        return True
    return False


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

    assert is_found(Run.NEW)
    assert is_found(Run.NEW)


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

    assert not is_found(Run.NEW)
    assert is_found(Run.ALL)


def test_a_log_that_was_cut_to_an_end_that_was_signed_is_found(log, look):
    cut = cut_to(7)
    look(3)
    verify_log(run=Run.NEW)

    cut()

    assert not is_found("")
    assert is_found(Run.NEW)


FORGED = {
    "moved on": lambda: position().update(number=10, hash=entry(10).get().hash),
    "moved on, and unsigned": lambda: position().update(
        number=10, hash=entry(10).get().hash, signature=b""
    ),
    "signed as an end": lambda: position().update(
        number=10, hash=head().hash, signature=head().signature
    ),
    "gone": lambda: position().delete(),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_note_that_the_portal_did_not_write_is_not_believed(noted, forge):
    entry(9).update(username="eve")
    forge()

    assert is_found(Run.NEW)


def test_a_note_signed_with_a_lost_key_is_not_believed(log, settings):
    verify_log(run=Run.NEW)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode(), *settings.CREDENTIAL_KEYS]
    assert verify_log(run=Run.NEW).entries == 0
    assert run("rotate_credential_keys").code == 0
    settings.CREDENTIAL_KEYS = settings.CREDENTIAL_KEYS[:1]
    assert verify_log(run=Run.NEW).entries == 0  # noted with the newest

    VerifiedPosition.objects.update(signature=b"of another key")

    assert verify_log(run=Run.NEW).entries == IN_ALL


@pytest.fixture
def killed(noted, monkeypatch):
    """Runs over the log stop at entry 9, and have noted entry 8 or before."""

    def run_until_killed(run):
        follow = disclosure_chain.follow

        def until_killed(entries, before):
            for each in follow(entries, before):
                if each.id == 9:
                    raise KeyboardInterrupt
                yield each

        with monkeypatch.context() as patched:
            patched.setattr(disclosure_chain, "_NOTED_EVERY", 1)
            patched.setattr(disclosure_chain, "follow", until_killed)
            with pytest.raises(KeyboardInterrupt):
                verify_log(run=run)

    return run_until_killed


@pytest.mark.parametrize("run", [Run.NEW, Run.ALL])
def test_a_run_that_was_interrupted_goes_on_from_where_it_was(killed, run):
    killed(run)

    verified = verify_log(run=run)

    assert (verified.after, verified.entries) == (8, 2)


def test_a_run_over_all_that_has_ended_is_not_continued(killed):
    killed(Run.ALL)
    verify_log(run=Run.ALL)

    assert verify_log(run=Run.ALL).after == 0


BY_HAND = {
    "put back after a day": lambda note: note.save(force_insert=True),
    "put back with a new time": lambda note: (
        setattr(note, "began_at", timezone.now()),
        note.save(force_insert=True),
    ),
}


@pytest.mark.parametrize("put_back", BY_HAND.values(), ids=BY_HAND)
def test_a_run_over_all_does_not_begin_at_the_note_of_a_former_one(killed, monkeypatch, put_back):
    with monkeypatch.context() as clock:
        long_ago = timezone.now() - timedelta(hours=25)
        clock.setattr(timezone, "now", lambda: long_ago)
        killed(Run.ALL)
    copied = position(Run.ALL).get()
    assert verify_log(run=Run.ALL).after == 0
    entry(4).update(username="eve")

    put_back(copied)

    assert is_found(Run.ALL)


def test_a_run_over_all_does_not_begin_where_the_nightly_one_does(noted):
    position().update(run=Run.ALL)

    assert verify_log(run=Run.ALL).after == 0


def test_after_retention_has_removed_the_noted_entry_all_that_is_left_is_read(
    northwind, look, monkeypatch
):
    make_customer(northwind)
    with at_the_time(monkeypatch, LONG_AGO):
        look(2)
    verify_log(run=Run.NEW)
    look()
    assert prune(ago(LONG_AGO - 60)) == 2

    verified = verify_log(run=Run.NEW)

    assert (verified.after, verified.entries, verified.pruned_through) == (0, 2, 2)


def test_an_end_that_the_portal_did_not_sign_is_noted_by_no_run(noted):
    DisclosureHead.objects.update(signature=b"")

    for _ in range(2):
        with pytest.raises(NotSigned):
            verify_log(run=Run.NEW)

    assert position().get().number == 7


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
