"""`send_digest`: what is new, verified, to each who may see it, once a day."""

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.utils import timezone

from customers.models import Credentials, Customer, Digest, DisclosureHead, View
from customers.services.digest import send as digest
from customers.services.digest.news import find_news
from customers.services.disclosures.log import record
from tests.conftest import organization
from tests.helpers import sending
from tests.helpers.commands import run

PORTAL = "https://portal.example"
ORG, OTHER = "digest-org", "digest-other"
CARD = {"object": "card", "id": "card_1", "brand": "Visa", "last4": "4242", "exp_month": 5}


@pytest.fixture(autouse=True)
def addressed(settings, ana, ben):
    settings.PORTAL_URL = PORTAL
    settings.DIGEST_RECIPIENTS = ["ana@staff.example"]
    for user in (ana, ben):
        user.email = f"{user.get_username()}@staff.example"
        user.save()


@pytest.fixture
def known(signed_in_ana, sandbox):
    """Two organizations with a good card, of which Ana may see both and Ben the other."""
    for org_id, name, payment in (
        (ORG, "Digest Org", ["ana"]),
        (OTHER, "Other <Org>", ["ana", "ben"]),
    ):
        sandbox.put_org(org_id, name=name, payment=payment)
        sandbox.put_customer(org_id, customer())
        organization(org_id, name)
    assert run("sync_customers").code == 0


def customer(year=2035, **more):
    card = CARD | {"exp_year": year}
    return {"object": "customer", "id": "cus_1", "delinquent": False, "active_card": card} | more


def happens(sandbox, org_id, **more):
    """The upstream has something new, and the nightly run has noticed."""
    sandbox.put_customer(org_id, customer(**more))
    assert run("sync_customers", "--max-age=0s").code == 0


def named(mail):
    return [name for name in ("Digest Org", "Other <Org>") if name in mail.body]


def test_a_newly_delinquent_organization_is_told_once(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)

    first = run("send_digest")
    second = run("send_digest")

    assert (first.code, first.out, first.err) == (0, "ana: sent, about 1 organizations\n", "")
    assert (second.code, second.out) == (0, "ana: already sent today\n")
    (mail,) = mailoutbox
    assert mail.to == ["ana@staff.example"]
    assert mail.subject == "Billing: updates for 1 organization"
    assert "Newly delinquent" in mail.body
    assert "Digest Org: last charge failed, noticed" in mail.body
    assert f"{PORTAL}/orgs/{ORG}/" in mail.body
    assert named(mail) == ["Digest Org"]


def test_the_html_is_the_same_and_escapes_names(known, sandbox, mailoutbox):
    happens(sandbox, OTHER, delinquent=True)

    run("send_digest")

    ((html, kind),) = mailoutbox[0].alternatives
    assert kind == "text/html"
    assert f'<a href="{PORTAL}/orgs/{OTHER}/"><bdi>Other &lt;Org&gt;</bdi></a>' in html
    assert "Other <Org>:" in mailoutbox[0].body


def test_no_digits_of_a_card_travel_by_mail(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True, year=2020)

    run("send_digest")

    text = mailoutbox[0].body + mailoutbox[0].alternatives[0][0]
    assert "4242" not in text
    assert "cus_1" not in text


def test_a_lost_and_an_expired_payment_method_are_told(known, sandbox, mailoutbox):
    sandbox.delete_customer(ORG)
    happens(sandbox, OTHER, year=2020)

    run("send_digest")

    body = mailoutbox[0].body
    assert "Payment method removed\n\n- Digest Org: nothing on file since" in body
    assert "Card expired\n\n- Other <Org>: valid through 31 May 2020" in body
    assert mailoutbox[0].subject == "Billing: updates for 2 organizations"


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(-2, []), (-1, ["expired"]), (0, []), (59, []), (60, ["expiring"]), (61, [])],
)
def test_a_card_is_told_on_the_day_it_comes_onto_a_list(known, ana, days, kinds):
    expires_on = timezone.localdate() + timedelta(days=days)
    Customer.objects.filter(organization__org_id=ORG).update(expires_on=expires_on)

    found = find_news(ana, timezone.now() - timedelta(days=1), [])

    assert [kind for _, kind in found] == kinds


def test_nothing_is_sent_when_nothing_happened(known, mailoutbox):
    ran = run("send_digest")

    assert (ran.code, ran.out) == (0, "ana: no news\n")
    assert mailoutbox == []
    assert Digest.objects.get().was_sent is False


def test_what_is_no_longer_true_is_not_said(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    sandbox.put_customer(ORG, customer())

    ran = run("send_digest")

    assert ran.out == "ana: no news\n"
    assert mailoutbox == []
    assert Customer.objects.get(organization__org_id=ORG).delinquent is False


def test_what_the_recipient_has_just_lost_access_to_is_not_said(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    sandbox.put_org(ORG, payment=["ben"])

    ran = run("send_digest")

    assert ran.out == "ana: no news\n"
    assert mailoutbox == []


def test_each_gets_only_what_they_may_see(known, sandbox, signed_in_ben, settings, mailoutbox):
    settings.DIGEST_RECIPIENTS = ["ana@staff.example", "BEN@staff.example"]
    run("sync_customers", "--max-age=0s")
    sandbox.put_customer(OTHER, customer(delinquent=True))
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    assert {mail.to[0]: named(mail) for mail in mailoutbox} == {
        "ana@staff.example": ["Digest Org", "Other <Org>"],
        "ben@staff.example": ["Other <Org>"],
    }


def test_superusers_get_only_what_their_own_credentials_proved(
    known, sandbox, ben, settings, mailoutbox
):
    User.objects.filter(pk=ben.pk).update(is_superuser=True)
    settings.DIGEST_RECIPIENTS = ["ben@staff.example"]
    happens(sandbox, OTHER, delinquent=True)

    ran = run("send_digest")

    assert ran.out == "ben: no news\n"
    assert mailoutbox == []


def test_every_organization_that_is_named_is_in_the_disclosure_log(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    logged = View.objects.filter(where="digest")
    assert [(v.user_id, v.organization.org_id) for v in logged] == [
        (User.objects.get(username="ana").pk, ORG)
    ]


def test_it_is_recorded_before_it_is_sent(known, sandbox, settings, mailoutbox, monkeypatch):
    happens(sandbox, ORG, delinquent=True)
    recorded = []
    settings.EMAIL_BACKEND = sending.PATH
    monkeypatch.setattr(
        sending.MailServer,
        "meanwhile",
        lambda: recorded.extend(View.objects.filter(where="digest")),
    )

    run("send_digest")

    assert [entry.org_id for entry in recorded] == [ORG]
    assert named(mailoutbox[0]) == ["Digest Org"]


def test_what_cannot_be_recorded_is_not_sent(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    record(User.objects.get(username="ana"), [Customer.objects.first()], "page")
    DisclosureHead.objects.update(number=0)

    with pytest.raises(IntegrityError):
        run("send_digest")

    assert mailoutbox == []
    assert not Digest.objects.filter(settled_at__isnull=False).exists()


def test_news_that_come_while_a_digest_is_sent_are_told_by_the_next(
    known, sandbox, settings, mailoutbox, monkeypatch
):
    happens(sandbox, ORG, delinquent=True)
    settings.EMAIL_BACKEND = sending.PATH
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(
            sending.MailServer, "meanwhile", lambda: happens(sandbox, OTHER, delinquent=True)
        )
        run("send_digest")
    let_a_day_pass()

    run("send_digest")

    assert [named(mail) for mail in mailoutbox] == [["Digest Org"], ["Other <Org>"]]


@pytest.mark.parametrize("told_before", [["Digest Org"], []])
def test_news_that_come_while_others_are_verified_are_told_by_the_next(
    known, sandbox, mailoutbox, monkeypatch, told_before
):
    if told_before:
        happens(sandbox, ORG, delinquent=True)
    verify_news = digest.verify_news

    def meanwhile(user, found):
        happens(sandbox, OTHER, delinquent=True)
        return verify_news(user, found)

    with monkeypatch.context() as patched:
        patched.setattr(digest, "verify_news", meanwhile)
        run("send_digest")
    let_a_day_pass()

    run("send_digest")

    assert [name for mail in mailoutbox for name in named(mail)] == [*told_before, "Other <Org>"]


def test_a_digest_that_was_not_taken_covers_the_same_days_when_it_is(
    known, sandbox, settings, mailoutbox
):
    happens(sandbox, ORG, delinquent=True)
    backend, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    settings.EMAIL_PORT = 1  # nothing listens there
    assert run("send_digest").code == 1
    let_a_day_pass()
    settings.EMAIL_BACKEND = backend

    assert run("send_digest").code == 0

    assert named(mailoutbox[0]) == ["Digest Org"]


def test_an_upstream_that_is_down_says_nothing_and_forgets_nothing(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    sandbox.set_fault("503")

    ran = run("send_digest")

    assert ran.code == 1
    assert "ana: 1 organizations could not be checked, so nothing was sent yet" in ran.err
    assert mailoutbox == []

    sandbox.clear_faults()
    again = run("send_digest")

    assert again.code == 0
    assert named(mailoutbox[0]) == ["Digest Org"]


def test_what_could_not_be_verified_is_taken_up_by_the_next_digest(known, sandbox, mailoutbox):
    sandbox.put_customer(OTHER, customer(delinquent=True))
    happens(sandbox, ORG, delinquent=True)
    sandbox.set_fault("503", org=ORG)

    run("send_digest")
    sandbox.clear_faults()
    let_a_day_pass()
    run("send_digest")

    assert [named(mail) for mail in mailoutbox] == [["Other <Org>"], ["Digest Org"]]
    assert "1 other organization could not be checked" in mailoutbox[0].body


def let_a_day_pass():
    for row in Digest.objects.all():
        row.day -= timedelta(days=1)
        row.save()


def test_a_digest_that_the_mail_server_did_not_take_is_sent_by_the_next_run(
    known, sandbox, settings, mailoutbox
):
    happens(sandbox, ORG, delinquent=True)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nothing listens there

    ran = run("send_digest")

    assert ran.code == 1
    assert "The mail server of EMAIL_URL did not accept it: " in ran.err

    settings.EMAIL_BACKEND = backend
    assert run("send_digest").code == 0
    assert len(mailoutbox) == 1


def test_a_run_killed_after_sending_is_repeated_under_the_same_message_id(
    known, sandbox, mailoutbox, monkeypatch
):
    happens(sandbox, ORG, delinquent=True)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(digest, "_settle", killed)
        with pytest.raises(KeyboardInterrupt):
            run("send_digest")
    run("send_digest")

    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@portal.example>")


def test_two_runs_at_once_send_one_mail(known, sandbox, ana, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    now = timezone.now()
    Digest.objects.create(
        user=ana,
        day=timezone.localdate(),
        covers_from=now - timedelta(days=1),
        claimed_until=now + digest.LEASE,
    )

    ran = run("send_digest")

    assert ran.code == 1
    assert "Another run is on it" in ran.err
    assert mailoutbox == []

    Digest.objects.update(claimed_until=now)
    assert run("send_digest").code == 0
    assert len(mailoutbox) == 1


def test_an_ended_session_is_told_once(known, sandbox, mailoutbox):
    sandbox.expire_sessions("ana")
    run("sync_customers", "--max-age=0s")

    run("send_digest")
    let_a_day_pass()
    again = run("send_digest")

    (mail,) = mailoutbox
    assert "Your Catalyze session has ended. Sign in again" in mail.body
    assert f"{PORTAL}/credentials/" in mail.body
    assert mail.subject == "Billing portal: your Catalyze session has ended"
    assert again.out == "ana: no news\n"


def test_a_session_that_is_about_to_end_is_told(known, ana, mailoutbox):
    Credentials.objects.update(saved_at=timezone.now() - timedelta(hours=20))

    run("send_digest")

    (mail,) = mailoutbox
    assert "Your Catalyze session is likely to end at" in mail.body
    assert mail.subject == "Billing portal: your Catalyze session is about to end"


@pytest.mark.parametrize("facts", [{"renews_itself": True}, {"hours": 30}, {"hours": 2}])
def test_a_session_of_which_nothing_speaks_for_its_end_is_not_told(known, mailoutbox, facts):
    facts = {"hours": 20} | facts
    saved_at = timezone.now() - timedelta(hours=facts.pop("hours"))
    Credentials.objects.update(saved_at=saved_at, **facts)

    run("send_digest")

    assert mailoutbox == []


def test_answers_older_than_the_objective_are_told(known, mailoutbox):
    Customer.objects.update(checked_at=timezone.now() - timedelta(hours=7))

    run("send_digest", "--objective=6h")

    assert "2 organizations are overdue for a check." in mailoutbox[0].body
    assert "The oldest check is from" in mailoutbox[0].body


def test_too_many_are_counted_and_not_said_as_facts(known, sandbox, mailoutbox, monkeypatch):
    monkeypatch.setattr("customers.services.digest.news.MOST_VERIFIED", 1)
    sandbox.put_customer(OTHER, customer(delinquent=True))
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    body = mailoutbox[0].body
    assert named(mailoutbox[0]) == ["Digest Org"]
    assert f"1 more, not checked again:\n  {PORTAL}/orgs/?worklist=delinquent" in body


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("nobody@elsewhere.example", "belongs to no active user of this portal"),
        ("switched-off@staff.example", "belongs to no active user of this portal"),
        ("olga@staff.example", "belongs to olga, who may not see billing"),
        ("shared@staff.example", "belongs to more than one user (sam, sue)"),
    ],
)
def test_an_address_that_is_nobodys_is_said_and_the_others_get_theirs(
    known, sandbox, settings, mailoutbox, address, why
):
    User.objects.create_user("former", "switched-off@staff.example", is_staff=True, is_active=False)
    User.objects.create_user("olga", "olga@staff.example", is_staff=True)
    for name in ("sue", "sam"):
        User.objects.create_superuser(name, "shared@staff.example")
    settings.DIGEST_RECIPIENTS = [address, "ana@staff.example"]
    happens(sandbox, ORG, delinquent=True)

    ran = run("send_digest")

    assert ran.code == 1
    assert why in ran.err
    assert "1 of 2 were not sent." in ran.err
    assert [mail.to for mail in mailoutbox] == [["ana@staff.example"]]


def test_a_dry_run_counts_and_leaves_everything_alone(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    calls = sandbox.counts(ORG)["calls"]

    ran = run("send_digest", "--dry-run")

    assert (ran.code, ran.out) == (0, "ana: 1 to check again, 0 answers too old\n")
    assert mailoutbox == []
    assert sandbox.counts(ORG)["calls"] == calls
    assert not Digest.objects.exists()
    assert not View.objects.filter(where="digest").exists()


@pytest.mark.parametrize(("name", "empty"), [("DIGEST_RECIPIENTS", []), ("PORTAL_URL", "")])
def test_what_is_missing_in_the_settings_is_said(settings, name, empty):
    setattr(settings, name, empty)

    ran = run("send_digest")

    assert ran.code == 1
    assert name in ran.err


class Kept(Message):
    """Keeps what a mail server would deliver."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def handle_message(self, message):
        self.messages.append(message)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_a_real_mail_server_takes_it(known, sandbox, settings):
    happens(sandbox, ORG, delinquent=True)
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    try:
        ran = run("send_digest")
    finally:
        controller.stop()

    assert ran.code == 0, ran.err
    (mail,) = kept.messages
    assert mail["To"] == "ana@staff.example"
    assert mail["From"] == settings.EMAIL_FROM
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]
