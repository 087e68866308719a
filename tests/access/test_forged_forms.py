"""No form of anybody else is taken: every URL refuses a POST without a CSRF token."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from tests.helpers.access.access_table import PAGES
from tests.helpers.access.people import make_world
from tests.helpers.pages.forms import addresses


@pytest.fixture
def victim(db, settings) -> Client:
    """The browser of somebody who may do everything, as it meets a form of another site."""
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    settings.MCP = True
    make_world()
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("victim"))
    return client


def test_every_form_is_refused_without_a_token(victim):
    found = list(addresses(get_resolver()))

    taken = [
        f"{pattern.name} at {address} answers {answer.status_code}"
        for pattern, address in found
        if not is_refused(answer := victim.post(address, {"action": "delete_selected"}))
    ]

    assert {pattern.name for pattern, _ in found} >= set(PAGES)
    assert taken == []


def is_refused(answer: HttpResponse) -> bool:
    """401: what programs ask takes no cookie, and so no form of a browser's user."""
    if answer.status_code == 401:
        return True
    return answer.status_code == 403 and b"This form has expired" in answer.content
