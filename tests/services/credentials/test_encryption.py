"""Secrets can be decrypted only from this user's row and with one of our keys."""

import pytest
from cryptography.fernet import Fernet

from customers.services.credentials.encryption import SealBroken, seal, unseal
from customers.upstream.secrets import Secrets

SECRETS = Secrets("the api key", "the session token", "the user name", "the password")
TEXTS = ("the api key", "the session token", "the user name", "the password")


def test_a_blob_moved_to_another_users_row_does_not_open():
    sealed = seal(1, SECRETS)

    with pytest.raises(SealBroken, match="credentials_of_another"):
        unseal(2, sealed)


def test_a_wrong_key_does_not_open_it(settings):
    sealed = seal(1, SECRETS)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(SealBroken, match="no_key_opens"):
        unseal(1, sealed)


@pytest.mark.parametrize("position", [0, 12, 60, -1])
def test_a_changed_blob_does_not_open(position):
    sealed = bytearray(seal(1, SECRETS))
    sealed[position] ^= 1

    with pytest.raises(SealBroken):
        unseal(1, bytes(sealed))


@pytest.mark.parametrize("blob", [b"", b"not a token", b"\x00\xff"])
def test_what_was_never_sealed_does_not_open(blob):
    with pytest.raises(SealBroken):
        unseal(1, blob)


def test_the_sentence_of_a_broken_seal_holds_no_secret():
    with pytest.raises(SealBroken) as caught:
        unseal(2, seal(1, SECRETS))

    assert not any(text in str(caught.value) for text in TEXTS)


@pytest.mark.parametrize("text", TEXTS)
def test_the_blob_does_not_hold_the_secrets(text):
    assert text.encode() not in seal(1, SECRETS)


@pytest.mark.parametrize("text", TEXTS)
def test_a_repr_hides_the_secrets(text):
    assert text not in repr(SECRETS)
    assert text not in str(SECRETS)


@pytest.mark.parametrize("as_read", [bytes, memoryview])
def test_what_was_sealed_opens_as_the_database_returns_it(as_read):
    assert unseal(1, as_read(seal(1, SECRETS))) == SECRETS


def test_after_a_rotation_the_old_blob_still_opens(settings):
    sealed = seal(1, SECRETS)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode(), *settings.CREDENTIAL_KEYS]

    assert unseal(1, sealed) == SECRETS


def test_the_newest_key_seals(settings):
    newest = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [newest, *settings.CREDENTIAL_KEYS]
    sealed = seal(1, SECRETS)

    settings.CREDENTIAL_KEYS = [newest]

    assert unseal(1, sealed) == SECRETS
