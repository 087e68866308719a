"""No form of anybody else is taken: every URL refuses a POST without a CSRF token."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from customers.models import Organization
from tests.access.test_who_may_open import is_catch_all
from tests.helpers.access_table import PAGES
from tests.helpers.people import WALKED_ORG, make_world

VALUES = {"org_id": WALKED_ORG, "language": "de", "state": "card", "app_label": "customers"}


@pytest.fixture
def victim(db, settings) -> Client:
    """The browser of somebody who may do everything, as it meets a form of another site."""
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    make_world()
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("victim"))
    return client


def addresses(resolver: URLResolver, prefix: str = "/"):
    """One address for each URL of the portal, with a row that is there where it names one."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern) and not is_catch_all(pattern):
            yield pattern, filled(route)


def filled(route: str) -> str:
    """The route with values in place of its parameters, and no pattern in it."""
    row = str(Organization.objects.get(org_id=WALKED_ORG).pk)
    parts = route.replace("^", "").replace("$", "").split("<")
    names = [part.partition(">") for part in parts[1:]]
    return parts[0] + "".join(
        VALUES.get(name.rpartition(":")[2], row) + rest for name, _, rest in names
    )


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
    return answer.status_code == 403 and b"This form has expired" in answer.content
