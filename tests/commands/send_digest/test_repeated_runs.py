"""`send_digest`: what came too late, failed or was killed is told by the next run, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Digest
from customers.services.digest import send as digest
from tests.helpers.commands import run
from tests.helpers.mail.digests import ORG, OTHER, customer, happens, let_a_day_pass, named


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
        claimed_until=now + digest.MAIL_LEASE,
    )

    ran = run("send_digest")

    assert ran.code == 1
    assert "Another run is sending it" in ran.err
    assert mailoutbox == []

    Digest.objects.update(claimed_until=now)
    assert run("send_digest").code == 0
    assert len(mailoutbox) == 1
