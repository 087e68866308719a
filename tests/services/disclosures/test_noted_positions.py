"""Which notes of how far the log was verified are believed, and where runs go on from them."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from customers.models import DisclosureHead, VerifiedPosition
from customers.services.disclosures import chain as disclosure_chain
from customers.services.disclosures.chain import NotSigned, verify_log
from customers.services.disclosures.pruning import prune
from customers.services.disclosures.verified_positions import Run
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import (
    LONG_AGO,
    at_the_time,
    entry,
    head,
    is_broken,
    position,
)
from tests.helpers.rows import ago, make_customer

IN_ALL = 5  # entries of `log`: 3 to 7


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

    assert is_broken(run=Run.NEW)


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
    """Runs over the log stop at entry 9 or another, and have noted the one before."""

    def run_until_killed(run, at=9):
        follow = disclosure_chain.follow

        def until_killed(entries, before):
            for each in follow(entries, before):
                if each.id == at:
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


def test_a_run_over_all_that_is_interrupted_again_and_again_is_not_continued_for_ever(
    killed, monkeypatch
):
    for hours, at in ((30, 6), (20, 9)):
        with at_the_time(monkeypatch, hours * 60):
            killed(Run.ALL, at)
    assert position(Run.ALL).get().number == 8

    assert verify_log(run=Run.ALL).after == 0


def test_a_run_over_all_of_a_clock_that_was_ahead_is_not_continued(killed, monkeypatch):
    with at_the_time(monkeypatch, -60):
        killed(Run.ALL)

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

    assert is_broken(run=Run.ALL)


def test_the_note_of_a_nightly_run_counts_for_as_long_as_it_is_there(log, monkeypatch):
    with at_the_time(monkeypatch, 25 * 60):
        verify_log(run=Run.NEW)

    assert verify_log(run=Run.NEW).after == 7


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
