"""`send_digest`: who gets a mail, what is recorded before, and what a real mail server gets."""

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.contrib.auth.models import User
from django.db import IntegrityError

from customers.models import Customer, Digest, Disclosure, DisclosureHead
from customers.services.disclosures.log import record
from tests.helpers.commands import run
from tests.helpers.mail import sending
from tests.helpers.mail.digests import ORG, happens, named
from tests.helpers.portals.ports import free_port


def test_every_organization_that_is_named_is_in_the_disclosure_log(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    logged = Disclosure.objects.filter(where="digest")
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
        lambda: recorded.extend(Disclosure.objects.filter(where="digest")),
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


def test_a_dry_run_counts_and_leaves_everything_alone(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    calls = sandbox.counts(ORG)["calls"]

    ran = run("send_digest", "--dry-run")

    assert (ran.code, ran.out) == (0, "ana: 1 to check again, 0 answers too old\n")
    assert mailoutbox == []
    assert sandbox.counts(ORG)["calls"] == calls
    assert not Digest.objects.exists()
    assert not Disclosure.objects.filter(where="digest").exists()


@pytest.mark.parametrize(("name", "empty"), [("DIGEST_RECIPIENTS", []), ("PORTAL_URL", "")])
def test_what_is_missing_in_the_settings_is_said(settings, name, empty):
    setattr(settings, name, empty)

    ran = run("send_digest")

    assert ran.code == 1
    assert name in ran.err


class Kept(Message):
    """Keeps delivered mails."""

    def __init__(self):
        super().__init__()
        self.messages = []

    def handle_message(self, message):
        self.messages.append(message)


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
