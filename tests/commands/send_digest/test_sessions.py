"""What a digest says of sessions that have ended or are about to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Credentials
from tests.helpers.commands import run
from tests.helpers.mail.digests import PORTAL, let_a_day_pass


def test_an_ended_session_is_reported_once(known, sandbox, mailoutbox):
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


def test_a_session_about_to_end_is_reported(known, ana, mailoutbox):
    Credentials.objects.update(saved_at=timezone.now() - timedelta(hours=20))

    run("send_digest")

    (mail,) = mailoutbox
    assert "Your Catalyze session is likely to end at" in mail.body
    assert mail.subject == "Billing portal: your Catalyze session is about to end"


@pytest.mark.parametrize("facts", [{"renews_itself": True}, {"hours": 30}, {"hours": 2}])
def test_a_session_without_a_likely_end_is_not_reported(known, mailoutbox, facts):
    facts = {"hours": 20} | facts
    saved_at = timezone.now() - timedelta(hours=facts.pop("hours"))
    Credentials.objects.update(saved_at=saved_at, **facts)

    run("send_digest")

    assert mailoutbox == []
