"""Who signed the end of the disclosure log, and with which key."""

import pytest
from cryptography.fernet import Fernet

from customers.models import Customer, DisclosureHead
from customers.services.disclosures.chain import NotSigned, verify_log
from customers.services.disclosures.log import record
from customers.services.disclosures.pruning import prune
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import LONG_AGO, fill_log, head, is_broken
from tests.helpers.rows import ago, make_customer

NEW, NEWER = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def log(ana, northwind, monkeypatch):
    fill_log(ana, make_customer(northwind), monkeypatch)


@pytest.fixture
def unsigned(log):
    DisclosureHead.objects.update(signature=b"")


def look(user):
    record(user, [Customer.objects.get()], "page")


def test_the_log_of_a_new_database_is_signed_before_its_first_entry(db):
    assert verify_log().entries == 0


def test_the_end_is_signed_wherever_the_log_ends(log, ana):
    signatures = {bytes(head().signature)}
    for _ in range(3):
        look(ana)
        signatures.add(bytes(head().signature))
        assert not is_broken()

    assert len(signatures) == 4


def test_a_signature_is_of_one_end_alone(log, ana):
    former = head().signature
    look(ana)

    DisclosureHead.objects.update(signature=former)

    with pytest.raises(NotSigned):
        verify_log()


def test_an_end_that_something_else_moved_is_never_signed_again(unsigned, ana):
    look(ana)
    assert prune(ago(LONG_AGO - 90)) > 0

    with pytest.raises(NotSigned):
        verify_log()


def test_processes_with_and_without_a_new_key_sign_in_turns(log, ana, settings):
    old = settings.CREDENTIAL_KEYS
    for keys in ([NEW, *old], old, [NEW, *old], old):
        settings.CREDENTIAL_KEYS = keys
        look(ana)

    assert not is_broken()


def test_after_a_rotation_the_newest_key_is_enough(log, ana, settings):
    settings.CREDENTIAL_KEYS = [NEWER, NEW, *settings.CREDENTIAL_KEYS]
    assert run("rotate_credential_keys").code == 0

    settings.CREDENTIAL_KEYS = [NEWER]
    look(ana)

    assert not is_broken()


def test_without_the_key_the_log_goes_on_and_putting_the_key_back_does_not_help(log, ana, settings):
    old, settings.CREDENTIAL_KEYS = settings.CREDENTIAL_KEYS, [NEW]
    assert is_broken()
    settings.CREDENTIAL_KEYS = [NEW, *old]
    assert not is_broken()

    settings.CREDENTIAL_KEYS = [NEW]
    look(ana)
    settings.CREDENTIAL_KEYS = [NEW, *old]

    assert is_broken()


def test_a_rotation_signs_nothing_that_the_portal_had_not_signed(unsigned, settings):
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]

    ran = run("rotate_credential_keys")

    assert "No key of CREDENTIAL_KEYS signed the end of the disclosure log." in ran.err
    assert is_broken()


def test_the_command_says_who_did_not_sign_and_signs_again_when_told_to(unsigned):
    ran = run("verify_disclosures")
    assert ran.code == 1
    assert "the portal did not sign the end of the log" in ran.err

    ran = run("verify_disclosures", "--sign")

    assert ran.code == 0
    assert ran.out.startswith("The end of the log is signed again.\n")
    assert "5 entries hold together." in ran.out
    assert run("verify_disclosures").code == 0


def test_what_does_not_hold_together_is_not_signed_either(unsigned):
    DisclosureHead.objects.update(number=6)

    ran = run("verify_disclosures", "--sign")

    assert ran.code == 1
    assert not bytes(head().signature)


def test_the_command_leaves_alone_what_is_signed(log):
    before = bytes(head().signature)

    ran = run("verify_disclosures", "--sign")

    assert "signed again" not in ran.out
    assert bytes(head().signature) == before
