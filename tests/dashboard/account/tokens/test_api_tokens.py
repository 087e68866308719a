"""Users list, create and revoke their own API tokens, and see each once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import ApiToken, SecurityEvent
from customers.services.tokens.authenticate import TokenRefused, authenticate
from tests.conftest import browser_of
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.accounts.shown_tokens import shown_token


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_created_token_works(ana, create):
    answer = create(addresses="192.0.2.0/24, 2001:db8::1")

    caller = authenticate(shown_token(answer), "192.0.2.7")
    assert (caller.user, caller.token_name) == (ana, "nightly report")
    assert caller.scopes == {"read", "history"}
    assert ApiToken.objects.get().addresses == ["192.0.2.0/24", "2001:db8::1"]


def test_it_is_shown_once_and_the_page_is_not_stored(browser, create):
    answer = create()

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.decode().count(shown_token(answer)) == 1
    for url in ("/tokens/", "/tokens/create/", "/sign-ins/"):
        assert not shown_token(browser.get(url, follow=True))


def test_a_reload_neither_shows_it_again_nor_creates_another(browser, create):
    sent = create().wsgi_request.POST

    answer = browser.post("/tokens/create/", sent, follow=True)

    assert not shown_token(answer)
    assert "This token was created and shown before." in text_of(answer)
    assert ApiToken.objects.count() == SecurityEvent.objects.count() == 1


def test_the_page_says_how_to_use_it_without_naming_it_to_the_shell(create):
    text = text_of(create())

    assert "read -rs TOKEN; printf" in text
    assert "curl --header @- http://testserver/api/v1/me" in text


def test_the_list_says_all_but_the_token(browser, create):
    create(addresses="192.0.2.0/24")
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(hours=3))

    text = text_of(browser.get("/tokens/"))

    assert "nightly report" in text
    assert '<span class="tag">read</span> <span class="tag">history</span>' in text
    assert "last used 3 hours ago" in text
    assert "only from 192.0.2.0/24" in text
    assert "Valid until" in text
    assert ApiToken.objects.get().digest not in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"scopes": []}, "This field is required."),
        ({"scopes": ["write"]}, "Select a valid choice. write"),
        ({"lasts": str(91 * 24 * 60 * 60)}, "Select a valid choice."),
        ({"addresses": "10.0.0.0/8, example.com"}, "“example.com” is not an IP address or network"),
        ({"addresses": " ".join(f"192.0.2.{n}" for n in range(21))}, "Enter at most 20 networks."),
        ({"form_key": "x"}, "Enter a valid UUID."),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_creates_nothing(create, fields, sentence):
    answer = create(**fields)

    assert sentence in text_of(answer)
    assert not ApiToken.objects.exists()


def test_no_lifetime_is_offered_beyond_the_longest(browser, create, settings):
    settings.API_TOKEN_MAX_AGE = timedelta(hours=36)

    page = text_of(browser.get("/tokens/"))

    assert ">1 day</option>" in page
    assert ">36 hours</option>" in page
    assert ">7 days</option>" not in page
    assert "Select a valid choice." in text_of(create())


def test_a_revoked_token_is_refused_and_listed_as_ended(ana, browser):
    token = give_token(ana, name="side panel")
    key = ApiToken.objects.get().pk

    answer = browser.post(f"/tokens/{key}/revoke/", follow=True)

    assert "Revoked “side panel”." in text_of(answer)
    assert "Revoke</button>" not in text_of(answer)
    with pytest.raises(TokenRefused):
        authenticate(token, None)
    assert SecurityEvent.objects.filter(code="token.revoked").count() == 1


def test_nobody_sees_or_revokes_the_token_of_another(ana, ben):
    token = give_token(ana, name="side panel")
    key = ApiToken.objects.get().pk
    other = browser_of(ben)

    assert "side panel" not in text_of(other.get("/tokens/"))
    other.post(f"/tokens/{key}/revoke/")

    assert authenticate(token, None).user == ana


def test_creating_and_revoking_are_mailed_and_listed_with_the_name(browser, create, mailed):
    with mailed() as mails:
        token = shown_token(create())
        browser.post(f"/tokens/{ApiToken.objects.get().pk}/revoke/")

    subjects = [mail.subject for mail in mails]
    assert subjects == [
        "Billing portal: API token created",
        "Billing portal: API token revoked",
    ]
    assert all("Token: nightly report\n" in mail.body for mail in mails)
    assert not any(token in mail.body for mail in mails)
    events = text_of(browser.get("/sign-ins/"))
    assert "API token revoked" in events
    assert "nightly report" in events


def test_names_of_right_to_left_scripts_stand_apart(browser, create):
    create(name="דוח לילי")

    assert "<bdi>דוח לילי</bdi>" in text_of(browser.get("/tokens/"))
