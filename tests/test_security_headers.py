"""The headers and cookies that guard a browser, named one by one, on whatever is answered."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import browser_of
from tests.helpers.rows import give_credentials, grant, make_customer, make_organization

PASSWORD = "a password of the tests"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
GUARDS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


@pytest.fixture(autouse=True)
def as_in_production(settings, db):
    """What test_settings.py finds to be the defaults; files are served without collectstatic."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def root():
    """A superuser who may see one organization."""
    user = User.objects.create_superuser("root", password=PASSWORD)
    give_credentials(user)
    northwind = make_organization("northwind")
    make_customer(northwind)
    grant(user, northwind)
    return user


def ask(client, url):
    client.raise_request_exception = False
    answer = client.get(url, secure=True)
    if answer.streaming:
        answer.getvalue()
    return answer


def is_guarded(answer):
    directives = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    found = {name: answer.headers.get(name) for name in GUARDS}
    return (directives, found) == (POLICY, GUARDS)


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/orgs/",
        "/orgs/northwind/",
        "/export/",
        "/changes/",
        "/credentials/",
        "/sign-ins/",
        "/tokens/",
        "/second-factor/",
        "/admin/",
        "/admin/auth/user/",
        "/admin/customers/securityevent/",
        "/admin/password_change/",
    ],
)
def test_pages_are_guarded_and_kept_by_no_cache(root, url):
    answer = ask(browser_of(root), url)

    assert answer.status_code == 200
    assert is_guarded(answer)
    cached = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert {"no-store", "private", "max-age=0"} <= cached


def test_a_check_in_place_is_guarded_and_kept_by_no_cache(root, settings):
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for

    answer = browser_of(root).post("/orgs/northwind/check/", {"in_place": "on"}, secure=True)

    assert is_guarded(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_sign_in_page_and_probes_are_guarded():
    for url in ("/admin/login/", "/healthz"):
        answer = ask(Client(), url)
        assert answer.status_code == 200
        assert is_guarded(answer)
    assert "no-store" in ask(Client(), "/admin/login/").headers["Cache-Control"]


@pytest.mark.parametrize("url", ["/static/css/base.css", "/static/js/copy.js"])
def test_files_are_guarded(url):
    answer = ask(Client(), url)

    assert answer.status_code == 200
    assert is_guarded(answer)


def test_refusals_are_guarded(ana, root, settings, monkeypatch):
    settings.SIGN_IN_ATTEMPTS = 3
    form = {"username": "ana", "password": "wrong"}
    for _ in range(3):
        Client().post("/admin/login/", form, secure=True)
    as_ana = browser_of(ana)
    strict = Client(enforce_csrf_checks=True)
    monkeypatch.setattr("customers.dashboard.account.keyboard_help.render", lambda *_: 1 // 0)

    answers = {
        403: ask(as_ana, "/credentials/board/"),
        404: ask(as_ana, "/no-such-page/"),
        429: Client().post("/admin/login/", form, secure=True),
        500: ask(as_ana, "/keys/"),
    }
    forged = strict.post("/admin/login/", form, secure=True)
    settings.MAX_UPLOAD_MB = 0
    answers[413] = as_ana.post("/purpose/", {"purpose": "x"}, secure=True)

    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    assert forged.status_code == 403
    assert [answer for answer in (*answers.values(), forged) if not is_guarded(answer)] == []


def test_plain_http_is_sent_to_https_and_sets_no_cookie():
    answer = Client().get("/admin/login/")

    assert (answer.status_code, answer.url) == (301, "https://testserver/admin/login/")
    assert not answer.cookies


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "known_browser", "django_language"])
def test_cookies_are_for_https_and_for_this_site_and_hidden_from_scripts(ana, name):
    client = Client()
    client.get("/admin/login/", secure=True)
    client.post("/admin/login/", {"username": "ana", "password": PASSWORD}, secure=True)
    client.post("/language/", {"language": "de"}, secure=True)

    cookie = client.cookies[name]

    assert cookie["secure"] is True
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["domain"] == ""
