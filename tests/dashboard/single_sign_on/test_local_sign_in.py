"""LOCAL_SIGN_IN leaves no password, or that of one user for emergencies."""

import time

import pytest

from customers.models import SecurityEvent
from tests.helpers.accounts.codes import is_in, signed_in_by_password
from tests.helpers.accounts.events import events


@pytest.fixture
def wait_for_mails(mailoutbox):
    """They are sent by a thread of their own."""

    def wait(number: int) -> list[str]:
        deadline = time.monotonic() + 10
        while len(mailoutbox) < number and time.monotonic() < deadline:
            time.sleep(0.02)
        return sorted(to for mail in mailoutbox for to in mail.to)

    return wait


def sign_in_page(client):
    return client.get("/admin/login/").content.decode()


def test_a_password_still_works_by_default(ana, provider, browser):
    assert is_in(signed_in_by_password())
    assert "Or with a password of this portal" in sign_in_page(browser)


def test_off_leaves_no_password(settings, ana, root, provider, browser):
    settings.LOCAL_SIGN_IN = "off"

    assert 'type="password"' not in sign_in_page(browser)
    assert not is_in(signed_in_by_password())
    assert not is_in(signed_in_by_password("root"))
    assert [event[0] for event in events(ana)] == ["signin.failed"]


def test_off_ends_sessions_that_began_with_a_password(settings, ana, provider):
    client = signed_in_by_password()
    assert is_in(client)
    settings.LOCAL_SIGN_IN = "off"

    assert not is_in(client)


def test_off_leaves_sessions_that_began_at_the_provider(
    settings, connected, browser, sign_in, provider
):
    sign_in(browser)
    settings.LOCAL_SIGN_IN = "off"

    assert is_in(browser)


def test_the_emergency_user_alone_may_use_a_password(settings, ana, root, provider, browser):
    settings.LOCAL_SIGN_IN = "root"

    assert "Emergency sign-in" in sign_in_page(browser)
    assert not is_in(signed_in_by_password("ana"))
    assert is_in(signed_in_by_password("root"))


@pytest.mark.django_db(transaction=True)
def test_each_emergency_sign_in_is_an_event_and_a_mail(
    settings, root, provider, wait_for_mails, django_user_model
):
    django_user_model.objects.create_superuser("chief", "chief@example.com")
    django_user_model.objects.create_user("staff", "staff@example.com", is_staff=True)
    settings.LOCAL_SIGN_IN = "root"

    for _ in range(2):
        signed_in_by_password("root")

    assert SecurityEvent.objects.filter(code="signin.emergency", user=root).count() == 2
    assert wait_for_mails(4) == ["chief@example.com"] * 2 + ["root@example.com"] * 2


def test_a_wrong_password_of_the_emergency_user_is_a_usual_failure(settings, root, provider):
    settings.LOCAL_SIGN_IN = "root"
    root.set_password("another")
    root.save()

    signed_in_by_password("root")

    assert [event[0] for event in events(root)][-1] == "signin.failed"
