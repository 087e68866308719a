"""Every address of the API against every kind of caller."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.api.v1 import api
from customers.models import ApiToken, Disclosure, Organization
from customers.services.tokens.token_text import new_token_text
from tests.conftest import browser_of, make_staff
from tests.helpers.access.access_table import CARD, EMPTIED, VIEW
from tests.helpers.access.people import EMPTIED_ORG, KINDS, MARKS, WALKED_ORG, make_world
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.programs.api_table import ADDRESSES, CHECK, HISTORY, READ
from tests.helpers.programs.program import Program
from tests.helpers.rows import give_credentials, grant

OF_ORG = {CARD: WALKED_ORG, EMPTIED: EMPTIED_ORG}


@pytest.fixture
def world(db, settings) -> None:
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    settings.API_MAX_RPM = 0
    make_world()


def test_every_address_has_a_row():
    names = {pattern.name for pattern in api.urls[0]} - {"api-root"}

    assert names == {row.split()[0] for row in ADDRESSES}


def _user_with(*scopes: str) -> tuple[User, str]:
    user = make_staff("prover")
    give_credentials(user)
    for organization in Organization.objects.all():
        grant(user, organization)
    return user, give_token(user, *scopes)


def _nobody() -> Program:
    return Program()


def _garbage() -> Program:
    return Program("bpt_garbage")


def _unknown() -> Program:
    return Program(new_token_text())


def _expired() -> Program:
    _, token = _user_with()
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return Program(token)


def _revoked() -> Program:
    _, token = _user_with()
    ApiToken.objects.update(revoked_at=timezone.now())
    return Program(token)


def _of_user_with(**facts: Any) -> Callable[[], Program]:
    def make() -> Program:
        user, token = _user_with()
        User.objects.filter(pk=user.pk).update(**facts)
        return Program(token)

    return make


def _without_permission() -> Program:
    user, token = _user_with()
    user.groups.clear()
    return Program(token)


def _elsewhere() -> Program:
    user, _ = _user_with()
    return Program(give_token(user, addresses=["192.0.2.7"]))


def _by_cookie() -> Program:
    """A browser in which somebody is signed in who may see everything."""
    user, _ = _user_with()
    return Program(client=browser_of(user))


def _by_basic() -> Program:
    _, token = _user_with()
    program = Program()
    program.client.defaults["HTTP_AUTHORIZATION"] = f"Basic {token}"
    return program


REFUSED: dict[str, Callable[[], Program]] = {
    "no token": _nobody,
    "garbage": _garbage,
    "unknown": _unknown,
    "expired": _expired,
    "revoked": _revoked,
    "inactive": _of_user_with(is_active=False),
    "no longer staff": _of_user_with(is_staff=False),
    "without the permission": _without_permission,
    "from elsewhere": _elsewhere,
    "by session cookie": _by_cookie,
    "by another scheme": _by_basic,
}


@pytest.mark.parametrize("caller", REFUSED)
def test_a_caller_without_a_valid_token_is_refused_alike_and_nothing_is_written(world, caller):
    program = REFUSED[caller]()

    for address in ADDRESSES.values():
        with CaptureQueriesContext(connection) as captured:
            answer = address.asked(program, WALKED_ORG)

        assert answer.status_code == 401, address.path
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        problem = answer.json()
        assert problem.pop("request_id")
        assert problem == REFUSAL
        assert [sql for sql in _statements(captured) if not sql.startswith("SELECT")] == []
        assert not any("session" in sql for sql in _statements(captured))
        assert answer.cookies == {}


REFUSAL = {
    "type": "token-refused",
    "title": "No valid token",
    "status": 401,
    "detail": "Send a valid token in the Authorization header, as in "
    "`Authorization: Bearer bpt_…`.",
}


@pytest.mark.parametrize("missing", [READ, HISTORY, CHECK])
def test_a_missing_scope_is_named_and_nothing_is_shown(world, missing):
    _, token = _user_with(*({READ, HISTORY, CHECK} - {missing}))

    for address in ADDRESSES.values():
        answer = address.asked(Program(token), WALKED_ORG)

        if missing in address.scopes:
            assert answer.status_code == 403, address.path
            assert answer.json()["type"] == "scope-missing"
            assert missing in answer.json()["detail"]
        else:
            assert answer.status_code in {200, 503}, address.path  # nothing answers a check
    if missing == READ:
        assert not Disclosure.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_each_address_shows_what_its_user_proved(world, kind):
    made = KINDS[kind]
    user = made.make()
    may_ask = made.is_staff and (made.is_superuser or VIEW in made.permissions)
    sees = made.sees if may_ask else frozenset[str]()
    program = Program(give_token(user, READ, HISTORY) if user else "")
    wrong: list[str] = []

    for name, address in ADDRESSES.items():
        answers = [address.asked(program, org) for org in (WALKED_ORG, EMPTIED_ORG)]
        text = "".join(_without_times(answer.content.decode()) for answer in answers)
        wrong += [f"{name} {how}" for how in _shown_wrongly(sees, address, text)]
        if not may_ask:
            wrong += [
                f"{name} {answer.status_code}" for answer in answers if answer.status_code != 401
            ]
        elif name in {"organization", "history"}:
            seen = [answer.status_code == 200 for answer in answers]
            assert seen == [what in made.sees for what in OF_ORG], name
            refused = [answer.json()["type"] for answer in answers if answer.status_code != 200]
            assert set(refused) <= {"not-proved"}, name

    assert wrong == []


def _shown_wrongly(sees: frozenset[str], address: Any, text: str) -> Iterator[str]:
    for what, marks in MARKS.items():
        found = [mark for mark in marks if mark in text]
        if found and what not in sees:
            yield f"shows {found}, of {what}"
        needs_check = CHECK in address.scopes
        if not found and not needs_check and what in sees & address.shows:
            yield f"does not show {what}, so that the walk proves nothing"


def test_an_unproved_organization_costs_and_says_the_same_whether_or_not_it_is_known(world):
    user = make_staff("stranger")
    give_credentials(user)
    program = Program(give_token(user, READ, HISTORY))
    asked = ["/orgs/{}", "/orgs/{}/history", "/orgs/{}?as_of=2026-01-31"]
    program.get("/me")

    for path in asked:
        told = []
        for org in (WALKED_ORG, "unknown-or"):
            with CaptureQueriesContext(connection) as captured:
                answer = program.get(path.format(org))
            problem = answer.json() | {"request_id": ""}
            told.append((answer.status_code, problem, [_shape(each) for each in captured]))

        assert told[0] == told[1]
        assert told[0][1]["type"] == "not-proved"


def _without_times(text: str) -> str:
    """Times and ids of requests, in which any digits may stand."""
    return re.sub(r'"\d{4}-\d\d-\d\dT[^"]+"|"[0-9a-f]{32}"', "", text)


def _shape(query: dict[str, str]) -> str:
    return query["sql"].split("WHERE")[0]


def _statements(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured]
