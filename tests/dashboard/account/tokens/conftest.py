"""The page of API tokens, and its form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.conftest import browser_of

Create = Callable[..., HttpResponse]


@pytest.fixture
def browser(ana) -> Client:
    return browser_of(ana)


@pytest.fixture
def create(browser: Client) -> Create:
    """Send the form of a fresh page, with some fields changed."""

    def sent(client: Client = browser, **fields: Any) -> HttpResponse:
        page = client.get("/tokens/").content.decode()
        key = re.search(r'name="form_key" value="([^"]+)"', page)
        form = {
            "form_key": key[1] if key else "",
            "name": "nightly report",
            "scopes": ["read", "history"],
            "lasts": str(7 * 24 * 60 * 60),
            "addresses": "",
        }
        return client.post("/tokens/create/", form | fields)

    return sent
