"""Results of former or untried credentials do not count."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from customers.models import Access, Change, Credentials, Customer
from customers.services.access.visible import past_of, visible_customers
from customers.services.checking.check import check
from customers.services.checking.outcome import Outcome, Result
from customers.services.checking.store import store
from customers.services.credentials.sessions import renew
from customers.services.credentials.store import (
    CredentialsUnusable,
    forget,
    open_credentials,
    save_pasted,
)
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from customers.upstream.client import CatalyzeClient, CustomerAnswer
from customers.upstream.errors import SessionExpired
from customers.upstream.stripe.stripe_customer import NOT_SET_UP, parse_customer
from tests.conftest import organization, sign_in_upstream

CARD = {"object": "card", "last4": "4242", "brand": "Visa", "exp_month": 5, "exp_year": 2031}
CUSTOMER = parse_customer({"object": "customer", "id": "cus_1", "active_card": CARD})


def outcome(opened, *, is_set_up=True, org_id="northwind"):
    answer = CustomerAnswer(CUSTOMER, b"{}") if is_set_up else CustomerAnswer(NOT_SET_UP, b"")
    now = timezone.now()
    return Outcome(org_id, opened, Result.ANSWERED, now, now, answer)


@pytest.fixture
def northwind(db):
    return organization("northwind")


def test_a_check_that_ends_after_the_credentials_were_forgotten_proves_nothing(
    northwind, signed_in_ana
):
    opened = open_credentials(signed_in_ana.pk)
    forget(signed_in_ana)

    (counted,) = store([outcome(opened)])

    assert counted.result is Result.DISCOUNTED
    assert not Access.objects.exists()
    assert not Customer.objects.exists()


def test_credentials_that_no_key_opens_may_have_been_anybodys(signed_in_ana, settings):
    secrets = open_credentials(signed_in_ana.pk).secrets
    before = Credentials.objects.get().proves_since
    save_pasted(signed_in_ana, secrets.api_key, secrets.session_token)
    assert Credentials.objects.get().proves_since == before
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]

    save_pasted(signed_in_ana, secrets.api_key, secrets.session_token)

    assert Credentials.objects.get().proves_since > before


def test_a_check_with_replaced_credentials_proves_nothing_for_the_new_ones(
    northwind, signed_in_ana, sandbox
):
    opened = open_credentials(signed_in_ana.pk)
    save_pasted(signed_in_ana, sandbox.api_key, sandbox.sign_in("ben"))

    store([outcome(opened)])

    assert not visible_customers(signed_in_ana).exists()


@pytest.mark.django_db(transaction=True)
def test_a_run_stops_asking_with_credentials_that_were_replaced(signed_in_ana, sandbox):
    for number in range(30):
        sandbox.put_org(f"org-{number}", payment=["ana"])
        sandbox.put_customer(f"org-{number}", {"object": "customer", "active_card": CARD})
        organization(f"org-{number}")
    sandbox.set_latency(0.05)
    run = Sync(Options((signed_in_ana.pk,), concurrency=1), "test")

    replaced = []

    def replace_once(report):
        if report.checked and not replaced:
            replaced.append(True)
            save_pasted(signed_in_ana, sandbox.api_key, sandbox.sign_in("ben"))

    report = run.run(replace_once)

    assert not visible_customers(signed_in_ana).exists()
    assert not report.is_complete
    assert sum(sandbox.counts()["calls"]["customer"].values()) < 30


def test_a_400_to_credentials_that_never_worked_does_not_remove_a_known_card(
    northwind, signed_in_ana, ben, sandbox
):
    store([outcome(open_credentials(signed_in_ana.pk))])
    save_pasted(ben, "a key", "a token that was mistyped")

    (counted,) = store([outcome(open_credentials(ben.pk), is_set_up=False)])

    assert counted.result is Result.DISCOUNTED
    assert Customer.objects.get().last4 == "4242"
    assert not Change.objects.exists()
    assert not visible_customers(ben).exists()


def test_a_400_to_credentials_that_work_is_believed(northwind, signed_in_ana, signed_in_ben):
    store([outcome(open_credentials(signed_in_ana.pk))])

    store([outcome(open_credentials(signed_in_ben.pk), is_set_up=False)])

    assert Customer.objects.get().state == "none"


def test_pasted_credentials_are_tried_out_before_a_400_is_believed(ana, sandbox):
    organization("northwind")
    sandbox.put_org("northwind", payment=["ana"])
    sandbox.set_fault("status", status=400, body='{"errors": []}')
    save_pasted(ana, sandbox.api_key, "0c7f26c8-5b4a-4a32-b35a-2e249448bbf2")

    found = check(ana, "northwind")

    assert found.result is Result.EXPIRED
    assert Credentials.objects.get().state == "expired"


def test_a_renewal_under_way_does_not_bring_forgotten_credentials_back(ana, sandbox, monkeypatch):
    sign_in_upstream(ana, sandbox, keep=True)
    opened = open_credentials(ana.pk)
    real_sign_in = CatalyzeClient.sign_in

    def forget_meanwhile(client, *args):
        Credentials.objects.all().delete()
        return real_sign_in(client, *args)

    monkeypatch.setattr(CatalyzeClient, "sign_in", forget_meanwhile)

    with pytest.raises(CredentialsUnusable):
        renew(opened)

    assert not Credentials.objects.exists()
    assert sandbox.counts()["calls"]["signout"] == {"200": 1}


def test_a_refused_password_is_not_sent_again(ana, sandbox):
    sign_in_upstream(ana, sandbox, keep=True)
    sandbox.expire_sessions()
    sandbox.set_fault("status", route="signin", status=401, body="{}")
    opened = open_credentials(ana.pk)
    for _ in range(3):
        with pytest.raises(SessionExpired):
            renew(opened)

    assert sandbox.counts()["calls"]["signin"].get("401", 0) == 1
    assert Credentials.objects.get().state == "refused"


def test_what_others_were_sent_in_between_is_no_past_of_ones_own(northwind, signed_in_ana):
    store([outcome(open_credentials(signed_in_ana.pk))])
    long_ago = timezone.now() - timedelta(days=300)
    Credentials.objects.update(proves_since=long_ago - timedelta(days=1))
    Access.objects.update(customer_sent_at=long_ago)
    Customer.objects.update(state="none", is_set_up=False, last4="")
    for days, before, after in ((200, "card", "card"), (100, "card", "none")):
        at = timezone.now() - timedelta(days=days)
        Change.objects.create(
            organization=northwind,
            after=at,
            seen_at=at,
            differences={"state": [before, after], "last4": ["6666", ""]},
        )

    assert past_of(signed_in_ana, northwind.customer) == []
