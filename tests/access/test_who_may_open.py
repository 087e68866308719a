"""The whole table of pages, models, actions and commands against every kind of user.

The upstream is out of reach, so that what was proved before decides alone.
"""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.core.management import get_commands
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import browser_of
from tests.helpers.access import access_table as table
from tests.helpers.access.access_table import (
    ANYONE,
    FORMS,
    PAGES,
    STAFF,
    TOKEN,
    Page,
)
from tests.helpers.access.back_office_table import MODEL_PAGES, MODELS, SITE_PAGES
from tests.helpers.access.command_table import COMMANDS
from tests.helpers.access.people import EMPTIED_ORG, KINDS, MARKS, WALKED_ORG, Kind, make_world
from tests.helpers.commands import run
from tests.helpers.pages.visits import back_office_urls, body, is_catch_all, visits

OWN_APPS = {"customers", "billing_portal"}


@pytest.fixture(params=KINDS)
def kind(request, db, monkeypatch, settings) -> Kind:
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    monkeypatch.setenv("CATALYZE_API_KEY", "browser tests.invalid 0123456789abcdef")
    monkeypatch.setenv("CATALYZE_SESSION_TOKEN", "one more token of the tests")
    make_world()
    return KINDS[request.param]


def test_every_page_has_a_row():
    """Those of the API have a table of their own: tests/api/test_who_may_ask.py."""
    others = {"admin", "api"}
    names = [each.name for each in patterns(get_resolver()) if each.namespace not in others]

    assert None not in names, "a URL without a name cannot stand in the table"
    assert set(names) == set(PAGES)


def test_every_page_of_the_back_office_has_a_row():
    names = {pattern.name for pattern in patterns(get_resolver()) if pattern.namespace == "admin"}
    of_models = {
        f"{label.replace('.', '_')}_{page}"
        for label in MODELS
        for page in ("changelist", "add", "history", "delete", "change")
    }

    assert names - {None} == SITE_PAGES | MODEL_PAGES | of_models


def test_every_model_of_the_back_office_has_a_row_with_its_actions(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user

    found = {
        model._meta.label_lower: set(site_admin.get_actions(request))
        for model, site_admin in admin.site._registry.items()
    }

    assert found == MODELS


def test_every_command_has_a_row():
    own = {name for name, app in get_commands().items() if app in OWN_APPS}

    assert own == set(COMMANDS)


def test_each_page_opens_to_those_who_may_and_shows_what_they_proved(kind):
    user = kind.make()
    client = browser_of(user) if user else Client()
    wrong = []

    for name, page in PAGES.items():
        answers = list(visits(client, page))
        if name in FORMS:  # who opens it is led to another page: see test_ended_sessions.py
            answers = [answer for answer in answers if answer.request["REQUEST_METHOD"] == "POST"]
        wrong += [f"{name}: {how}" for how in opened_wrongly(kind, page, answers)]
        # The page of a refusal repeats what was typed into the search box, and nothing else.
        text = "".join(body(answer) for answer in answers if answer.status_code != 403)
        shows = page.shows if opens(kind, page) else frozenset[str]()
        wrong += [f"{name} {how}" for how in shown_wrongly(kind.sees_on_pages, shows, text)]

    assert wrong == []


def test_the_back_office_opens_to_superusers_and_shows_no_billing(kind):
    user = kind.make()
    client = browser_of(user) if user else Client()
    wrong = []

    for url in back_office_urls():
        with transaction.atomic():
            answer = client.get(url, follow=kind.is_superuser)
            transaction.set_rollback(True)
        expected = {200, 403} if kind.is_superuser else {302, 403}
        if url == "/admin/" and kind.is_staff:
            expected = {200}  # an index of nothing
        if answer.status_code not in expected:
            wrong.append(f"{url} answers {answer.status_code}")
        text = body(answer)
        wrong += [f"{url} shows {mark}" for mark in BILLING_MARKS if mark in text]

    assert wrong == []


def test_each_command_shows_what_its_user_proved(kind):
    user = kind.make()
    name = user.get_username() if user else "nobody"
    wrong = []

    for command, row in COMMANDS.items():
        shown = ""
        for org in (WALKED_ORG, EMPTIED_ORG):
            with transaction.atomic():
                ran = run(command, *(text.format(user=name, org=org) for text in row.arguments))
                transaction.set_rollback(True)
            shown += ran.out + ran.err
        wrong += [f"{command} {how}" for how in shown_wrongly(kind.sees, row.shows, shown)]

    assert wrong == []


# The names of organizations are the back office's to know; their billing is not.
BILLING_MARKS = ("9876", "cus_walked", "billing@walked.example", *MARKS[table.PAST])


def test_what_machines_read_names_nobody(db, settings):
    settings.METRICS_TOKEN = "a token for the metrics of the tests"
    make_world()
    token = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}

    answers = [Client().get("/healthz"), Client().get("/metrics", headers=token)]

    assert [answer.status_code for answer in answers] == [200, 200]
    # A method that is none is counted as "other", which is also somebody's name here.
    text = "".join(body(answer) for answer in answers).lower().replace('method="other"', "")
    for mark in ("walked", "emptied", "cus_", "other"):  # digits may stand in any count
        assert mark not in text, mark


def opens(kind: Kind, page: Page) -> bool:
    if page.needs == ANYONE:
        return True
    if page.needs == STAFF:
        return kind.is_staff
    return kind.is_staff and (
        kind.is_superuser or {page.needs, *page.needs_too} <= kind.permissions
    )


def opened_wrongly(kind: Kind, page: Page, answers: list[HttpResponseBase]) -> Iterator[str]:
    for answer in answers:
        status = answer.status_code
        if status == 405 and answer.request["REQUEST_METHOD"] == "POST":
            continue
        if page.needs == TOKEN:
            if status != 404:
                yield f"answers {status} without the token"
        elif opens(kind, page):
            if status not in {200, 302, 404}:
                yield f"answers {status} to those who may open it"
        elif kind.is_staff:
            if status != 403:
                yield f"answers {status} instead of 403"
        elif status != 302 or not answer.headers["Location"].startswith("/admin/login/"):
            yield f"answers {status} instead of sending to sign in"


def shown_wrongly(sees: frozenset[str], shows: frozenset[str], text: str) -> Iterator[str]:
    """Each mark that is there and should not be, or the other way round."""
    for what, marks in MARKS.items():
        found = [mark for mark in marks if mark in text]
        if found and what not in sees:
            yield f"shows {found}, of {what}"
        if not found and what in sees & shows:
            yield f"does not show {what}, so that the walk proves nothing"


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator["Named"]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, namespace or pattern.namespace or "")
        elif isinstance(pattern, URLPattern) and not is_catch_all(pattern):
            yield Named(pattern.name, namespace)


class Named:
    def __init__(self, name: str | None, namespace: str) -> None:
        self.name, self.namespace = name, namespace
