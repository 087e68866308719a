"""`rotate_credential_keys`: everything is encrypted with the newest key, and nothing is lost."""

import threading

import pytest
from cryptography.fernet import Fernet
from django.db import connections

from customers.models import Credentials
from customers.services.credentials import store as credentials
from customers.services.credentials.encryption import seal
from customers.services.credentials.key_rotation import rotate_keys
from customers.services.credentials.store import open_credentials
from tests.helpers.commands import run
from tests.helpers.rows import give_credentials

NEW = Fernet.generate_key().decode()


@pytest.fixture
def two_users(ana, ben):
    give_credentials(ana, "a first token")
    give_credentials(ben, "a second token")
    return ana, ben


def test_everything_opens_with_the_newest_key_alone(two_users, settings):
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]

    ran = run("rotate_credential_keys")

    settings.CREDENTIAL_KEYS = [NEW]
    assert ran.code == 0
    assert ran.out == "2 re-encrypted, 0 were already under the newest key.\n"
    tokens = [open_credentials(user.pk).secrets.session_token for user in two_users]
    assert tokens == ["a first token", "a second token"]


def test_a_rotation_voids_no_proof(two_users, settings):
    rows = Credentials.objects.order_by("pk")
    before = rows.values_list("user_id", "saved_at", "proves_since", "state")
    expected = list(before)
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]

    run("rotate_credential_keys")

    assert list(before.all()) == expected


def test_a_second_run_has_nothing_to_do(two_users, settings):
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]
    run("rotate_credential_keys")
    sealed = [bytes(row.sealed) for row in Credentials.objects.order_by("pk")]

    ran = run("rotate_credential_keys")

    assert ran.out == "0 re-encrypted, 2 were already under the newest key.\n"
    assert [bytes(row.sealed) for row in Credentials.objects.order_by("pk")] == sealed


def test_what_no_key_opens_is_named_and_left_as_it_is(two_users, settings):
    ana, ben = two_users
    lost = Fernet(Fernet.generate_key()).encrypt(b"{}")
    Credentials.objects.filter(user=ben).update(sealed=lost)
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]

    ran = run("rotate_credential_keys")

    assert ran.code == 1
    assert "ben: no key" in ran.err
    assert "ana" not in ran.err
    assert bytes(Credentials.objects.get(user=ben).sealed) == lost
    settings.CREDENTIAL_KEYS = [NEW]
    assert open_credentials(ana.pk).secrets.session_token == "a first token"


def test_a_row_swapped_with_another_users_is_named_and_left_as_it_is(two_users, settings):
    ana, ben = two_users
    bens = bytes(Credentials.objects.get(user=ben).sealed)
    Credentials.objects.filter(user=ana).update(sealed=bens)
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]

    ran = run("rotate_credential_keys")

    assert (ran.code, "ana: no key" in ran.err) == (1, True)
    assert bytes(Credentials.objects.get(user=ana).sealed) == bens


def test_a_run_that_is_killed_is_finished_by_the_next(two_users, settings, monkeypatch):
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]
    with monkeypatch.context() as patch:
        patch.setattr(
            "customers.services.credentials.key_rotation.seal", killed_at_the_second_call()
        )
        with pytest.raises(KeyboardInterrupt):
            rotate_keys()

    report = rotate_keys()

    assert (report.rotated, report.current) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_new_credentials_saved_while_it_runs_are_kept(ana, settings):
    settings.CREDENTIAL_KEYS = [NEW, *settings.CREDENTIAL_KEYS]
    give_credentials(ana, "an old token")
    threads = [threading.Thread(target=in_thread, args=(rotate_keys,)) for _ in range(3)]

    for thread in threads:
        thread.start()
    credentials.save_pasted(ana, "browser tests.invalid 0123456789abcdef", "a newer token")
    for thread in threads:
        thread.join()

    assert open_credentials(ana.pk).secrets.session_token == "a newer token"


def in_thread(work):
    try:
        work()
    finally:
        connections.close_all()


def killed_at_the_second_call():
    calls = []

    def killed(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return seal(*arguments)

    return killed
