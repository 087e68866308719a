"""Saved views, made through a browser as its forms do, and what a list says of them."""

import re

from customers.models import SavedView
from tests.helpers.pages.sent_forms import form_on


def save_view(browser, name, query="worklist=delinquent", *, shared=False, **more):
    """Press "Save view" above the list with this query; the view that comes of it."""
    form = form_on(browser.get(f"/orgs/?{query}"), "/views/")
    sent = form | {"name": name} | ({"shared": "on"} if shared else {}) | more
    answer = browser.post("/views/", sent)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.latest("pk")


def rail_of(browser, url="/orgs/"):
    """The saved views of the rail: each label with its count."""
    groups = browser.get(url, follow=True).context["rail"]
    links = [link for group in groups if group.label == "Saved views" for link in group.links]
    return {link.label: link.count for link in links if link.url != "/views/"}


def current_in_rail(answer):
    return [
        link.label for group in answer.context["rail"] for link in group.links if link.is_current
    ]


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(re.sub("<[^>]*>", " ", answer.content.decode()).split())
