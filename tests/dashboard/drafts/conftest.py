"""Ana's browser on the page of an organization that she sees, and what she sends from it."""

from urllib.parse import parse_qs, urlsplit

import pytest

from customers.models import Draft
from tests.helpers.pages.lists import put_customer, see
from tests.helpers.pages.sent_forms import browser, end_session, form_on, sign_in

PAGE, NOTES = "/orgs/acme/", "/orgs/acme/notes/"
TYPED = "She says: the card's new.\n\n<b>Ends</b> 1142 & “ü”"


@pytest.fixture
def desk(signed_in_ana, sandbox):
    """The browser, with everything that guards forms."""
    for name in ("acme", "birch", "cedar"):
        put_customer(sandbox, name, payment=("ana", "ben"))
    client = browser()
    sign_in(client)
    see(client, "acme", "birch", "cedar")
    return client


@pytest.fixture
def send_late(desk):
    """Send a form of a page of the desk's after the session has ended, by its button `to` an
    address if one is given; returns where it leads."""

    def send(page=PAGE, action=NOTES, to="", **typed):
        form = form_on(desk.get(page), action)
        end_session(desk)
        return desk.post(
            to or action, form | typed, headers={"referer": f"http://testserver{page}"}
        )

    return send


def place(answer):
    """Where sign-in leads on to."""
    url = urlsplit(answer.headers["Location"])
    assert (answer.status_code, url.path) == (302, "/admin/login/")
    return parse_qs(url.query)["next"][0]


def key():
    return str(Draft.objects.get().pk)
