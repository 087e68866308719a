"""`send_digest`: a session that has ended or soon will is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Credentials
from tests.helpers.commands import run
from tests.helpers.mail.digests import PORTAL, let_a_day_pass


def test_an_ended_session_is_told_once(known, sandbox, mailoutbox):
    sandbox.expire_sessions("ana")
    run("sync_customers", "--max-age=0s")

    run("send_digest")
    let_a_day_pass()
    again = run("send_digest")

    (mail,) = mailoutbox
    assert "Your session with Catalyze has ended. Sign in again" in mail.body
    assert f"{PORTAL}/credentials/" in mail.body
    assert mail.subject == "Billing portal: your session with Catalyze has ended"
    assert again.out == "ana: nothing happened\n"


def test_a_session_that_is_about_to_end_is_told(known, ana, mailoutbox):
    Credentials.objects.update(saved_at=timezone.now() - timedelta(hours=20))

    run("send_digest")

    (mail,) = mailoutbox
    assert "Your session with Catalyze is likely to end at" in mail.body
    assert mail.subject == "Billing portal: your session with Catalyze is about to end"


@pytest.mark.parametrize("facts", [{"renews_itself": True}, {"hours": 30}, {"hours": 2}])
def test_a_session_of_which_nothing_speaks_for_its_end_is_not_told(known, mailoutbox, facts):
    facts = {"hours": 20} | facts
    saved_at = timezone.now() - timedelta(hours=facts.pop("hours"))
    Credentials.objects.update(saved_at=saved_at, **facts)

    run("send_digest")

    assert mailoutbox == []
