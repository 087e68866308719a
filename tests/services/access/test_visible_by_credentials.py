"""What forgotten, replaced and renewed credentials still show."""

from django.utils import timezone

from customers.models import Access, Credentials
from customers.services.access.visible import (
    visible_changes,
)
from customers.services.credentials import store as credentials
from customers.upstream.message import Message
from tests.helpers.access.visible import sees
from tests.helpers.rows import (
    API_KEY,
    ago,
    give_credentials,
    make_change,
    show,
)


def test_forgotten_credentials_show_nothing(ana, anas, sandbox):
    show(ana, "northwind")

    credentials.forget(ana)

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_what_forgotten_credentials_proved_stays_void_after_the_next_sign_in(ana, anas, sandbox):
    show(ana, "northwind")
    credentials.forget(ana)

    give_credentials(ana, "another token")

    assert sees(ana) == set()


def test_credentials_of_another_upstream_user_void_older_proofs(ana, anas):
    organization = show(ana, "northwind").organization
    make_change(organization, last4=["1881", "4242"])

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_a_clock_that_was_set_back_revives_no_proof_of_another_upstream_user(ana, anas):
    organization = show(ana, "northwind").organization
    make_change(organization, last4=["1881", "4242"])
    Access.objects.update(proved_at=ago(-60), customer_sent_at=ago(-60))

    credentials.save_pasted(ana, API_KEY, "the token of somebody else")

    assert sees(ana) == set()
    assert not visible_changes(ana).exists()


def test_a_clock_that_was_set_back_does_not_void_what_a_new_session_proves(signed_in_ana, sandbox):
    password = sandbox.users()["ana"]["password"]
    Credentials.objects.update(proves_since=ago(-60))

    credentials.sign_in(signed_in_ana, "ana", password, "", keep=False)

    show(signed_in_ana, "northwind")
    Access.objects.update(proved_at=timezone.now(), customer_sent_at=timezone.now())
    assert sees(signed_in_ana) == {"northwind"}


def test_a_new_session_of_the_same_upstream_user_keeps_older_proofs(signed_in_ana, sandbox):
    password = sandbox.users()["ana"]["password"]
    Credentials.objects.update(proves_since=ago(60))
    organization = show(signed_in_ana, "northwind").organization
    make_change(organization, last4=["1881", "4242"])

    credentials.sign_in(signed_in_ana, "ana", password, "", keep=False)

    assert sees(signed_in_ana) == {"northwind"}
    assert visible_changes(signed_in_ana).exists()


def test_signing_in_as_another_upstream_user_voids_older_proofs(signed_in_ana, sandbox):
    password = sandbox.users()["ben"]["password"]
    Credentials.objects.update(proves_since=ago(60))
    show(signed_in_ana, "northwind")

    credentials.sign_in(signed_in_ana, "ben", password, "", keep=False)

    assert sees(signed_in_ana) == set()


def test_an_ended_session_does_not_void_a_fresh_proof(ana, anas):
    show(ana, "northwind")

    credentials.note_expired(anas, Message("session_ended"))

    assert sees(ana) == {"northwind"}
