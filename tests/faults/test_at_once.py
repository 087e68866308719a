"""Digests and pruning by two processes at once, and killed between any two writes."""

from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.utils import timezone

from customers.models import Change, Customer, Digest, Disclosure
from customers.services.disclosures.log import record
from tests.conftest import empty_log
from tests.helpers.commands import run
from tests.helpers.portals.ports import free_port
from tests.helpers.rows import ago, make_change, make_customer, make_organization, stripe_customer

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 24 * 60  # minutes
GONE, LONG_AGO = 1100 * DAY, 3000 * DAY
MANY = 1500
DIGEST, PRUNE = "send_digest", "prune_history"
NEWS = "digest-org"
NEVER = -1
ROUNDS = 4


class Mailbox(Message):
    """What a mail server was given."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[tuple[str, str]] = []

    def handle_message(self, message) -> None:
        self.mails.append((message["To"], message["Message-ID"]))

    def take(self) -> list[tuple[str, str]]:
        mails, self.mails = self.mails, []
        return sorted(mails)


@pytest.fixture
def mailbox(environment) -> Iterator[Mailbox]:
    kept = Mailbox()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    environment["EMAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
    yield kept
    controller.stop()


@pytest.fixture
def news(signed_in_ana, signed_in_ben, sandbox, environment, mailbox):
    """Something has happened that Ana and Ben get a mail about."""
    users = (signed_in_ana, signed_in_ben)
    for user in users:
        user.email = f"{user.get_username()}@staff.example"
        user.save()
    environment["DIGEST_RECIPIENTS"] = ",".join(user.email for user in users)
    environment["PORTAL_URL"] = "https://portal.example"
    make_organization(NEWS)
    sandbox.put_org(NEWS, payment=["ana", "ben"])
    for is_delinquent in (False, True):
        sandbox.put_customer(NEWS, stripe_customer(delinquent=is_delinquent))
        assert run("sync_customers", "--max-age=0s").code == 0


def another_day() -> None:
    """As if no digest had been sent since the news."""
    Digest.objects.all().delete()


def test_two_digests_at_once_send_each_recipient_one_mail(news, mailbox, two_runners):
    for _ in range(ROUNDS):
        another_day()
        for runner in two_runners:
            runner.begin(NEVER, DIGEST)
        for runner in two_runners:
            runner.end()

        assert [to for to, _ in mailbox.take()] == ["ana@staff.example", "ben@staff.example"]
        assert Digest.objects.filter(was_sent=True).count() == 2


def test_a_digest_may_be_killed_in_front_of_any_write(news, mailbox, runner):
    write = 0

    while another_day() or runner.dies_at(write, DIGEST):
        Digest.objects.filter(settled_at=None).update(claimed_until=timezone.now())  # in a while
        assert not runner.dies_at(NEVER, DIGEST)
        mails = mailbox.take()
        assert {to for to, _ in mails} == {"ana@staff.example", "ben@staff.example"}
        assert len(set(mails)) == 2, "a second copy is known by its Message-ID"
        assert Digest.objects.filter(was_sent=True).count() == 2
        write += 1

    assert write > 8


@pytest.fixture
def make_old_rows(ana, monkeypatch):
    """More than a batch of changes and disclosures that are too old, and one that is not."""

    def make() -> None:
        Change.objects.all().delete()
        empty_log()
        organization = make_organization(f"org-{Customer.objects.count()}")
        customer = make_customer(organization, first_checked_at=ago(LONG_AGO))
        Change.objects.bulk_create(
            Change(organization=organization, after=at, seen_at=at, differences={})
            for at in (ago(minutes) for minutes in range(GONE + MANY, GONE, -1))
        )
        make_change(organization, 10, last4=["2222", "4242"])
        long_ago = ago(LONG_AGO)
        with monkeypatch.context() as clock:
            clock.setattr(timezone, "now", lambda: long_ago)
            record(ana, [customer] * MANY, "page")
        record(ana, [customer], "page")

    return make


def check_that_what_is_old_is_gone() -> None:
    assert Change.objects.count() == Disclosure.objects.filter(where="page").count() == 1
    known = Customer.objects.values_list("first_checked_at", flat=True)
    assert all(ago(GONE + 30) < at < ago(GONE - 30) for at in known)
    verified = run("verify_disclosures")
    assert verified.code == 0, verified.err


def test_two_that_prune_at_once_do_no_harm(make_old_rows, two_runners):
    for _ in range(ROUNDS):
        make_old_rows()
        for runner in two_runners:
            runner.begin(NEVER, PRUNE)
        for runner in two_runners:
            runner.end()

        check_that_what_is_old_is_gone()


def test_pruning_may_be_killed_in_front_of_any_write(make_old_rows, runner):
    write = 0

    while make_old_rows() or runner.dies_at(write, PRUNE):
        assert run("verify_disclosures").code == 0
        assert not runner.dies_at(NEVER, PRUNE)
        write += 1
        check_that_what_is_old_is_gone()

    assert write > 6
