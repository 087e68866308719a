"""Markup, templates and formulas in every field of the upstream stay text wherever it is shown."""

import csv
import json
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from customers.models import Digest
from customers.upstream.clean_text import clean_line
from tests.helpers.commands import run
from tests.upstream.stripe.test_any_payload import CUSTOMERS

PAYLOADS = (
    "\"'><boom onclick=alert(1)>{{7*7}}{% now %}&lt;\u202e",
    "=1+1;</title></textarea></script><boom>",
    "\u200b@SUM(1)<boom>",
)
CSV_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
# What the parser must understand, so that everything else is shown.
KEPT = ("object", "type", "status", "interval", "last4")
PAGES_OF_A_KIND = 3


class Tags(HTMLParser):
    """The tags of a page with their attributes, and all text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [href for tag, attrs in self.tags if tag == "a" and (href := attrs.get("href"))]


def spoilt(value, payload, key=""):
    """The same JSON with the payload at the start of every text."""
    if isinstance(value, dict):
        return {name: spoilt(item, payload, name) for name, item in value.items()}
    if isinstance(value, list):
        return [spoilt(item, payload, key) for item in value]
    return f"{payload}{value}" if isinstance(value, str) and key not in KEPT else value


@pytest.fixture(params=PAYLOADS, ids=["markup", "formula", "hidden formula"])
def payload(request):
    return request.param


@pytest.fixture
def browser(signed_in_ana, sandbox, payload):
    """Ana's, who may open the back office too, after two answers about each organization."""
    signed_in_ana.is_superuser = True
    signed_in_ana.save()
    browser = Client()
    browser.force_login(signed_in_ana)
    without_method = {"object": "customer", "email": "x@y.example", "id": "cus_9"}
    for number, customer in enumerate([*CUSTOMERS, without_method]):
        org_id = f"hostile-{number}"
        sandbox.put_org(org_id, name=payload, description=payload, payment=["ana"])
        sandbox.put_customer(org_id, spoilt(customer, payload))
        browser.get(f"/orgs/{org_id}/")
        sandbox.put_customer(org_id, spoilt(customer | {"email": "changed", "id": "x"}, payload))
        browser.post(f"/orgs/{org_id}/check/")
        browser.post(f"/orgs/{org_id}/notes/", {"text": payload})
    return browser


def walk(browser, parse=Tags):
    """Every page that links lead to, a few of each kind, with its address, as `parse` reads it."""
    waiting, seen, kinds = ["/", "/orgs/", "/admin/"], set(), {}
    while waiting:
        address = waiting.pop(0)
        kind = resolve(urlsplit(address).path).view_name
        kinds[kind] = kinds.get(kind, 0) + 1
        if address in seen or kinds[kind] > PAGES_OF_A_KIND * 3 or kind == "export":
            continue
        seen.add(address)
        response = browser.get(address)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            page = Tags(text)
            yield address, parse(text)
            waiting += [
                link if link.startswith("/") else urlsplit(address).path + link
                for link in page.links()
                if link.startswith(("/", "?")) and not link.startswith(("//", "/static/"))
            ]


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_page_takes_it_for_markup(browser, payload, language):
    browser.post("/language/", {"language": language})
    shown = 0

    for address, page in walk(browser):
        assert not any(tag == "boom" for tag, _ in page.tags), address
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes), (address, tag)
            assert not (tag == "script" and not attributes.get("src")), address
            for link in ("href", "src", "action"):
                assert not (attributes.get(link) or "").strip().startswith("javascript"), address
        shown += clean_line(payload) in page.text

    assert shown > 5


def test_no_cell_of_an_export_is_a_formula(browser, payload):
    text = b"".join(browser.get("/export/")).decode()

    rows = list(csv.DictReader(text.splitlines()))
    cells = [cell for row in rows for cell in row.values()]
    assert not any(cell.lstrip("\u200b ").startswith(CSV_FORMULAS) for cell in cells)
    assert any(clean_line(payload) in cell for cell in cells)


def test_an_export_as_json_holds_what_was_read(browser, payload):
    lines = b"".join(browser.get("/export/?format=jsonl")).decode().splitlines()

    assert all(json.loads(line)["name"] == clean_line(payload) for line in lines)
    assert len(lines) == len(CUSTOMERS) + 1


def test_no_mail_takes_it_for_markup(
    browser, sandbox, signed_in_ana, settings, mailoutbox, payload
):
    signed_in_ana.email = "ana@staff.example"
    signed_in_ana.save()
    settings.PORTAL_URL = "https://portal.example"
    settings.DIGEST_RECIPIENTS = ["ana@staff.example"]
    run("send_digest")
    for number, customer in enumerate(CUSTOMERS):
        sandbox.put_customer(f"hostile-{number}", spoilt(customer | {"delinquent": True}, payload))
        browser.post(f"/orgs/hostile-{number}/check/")
    Digest.objects.all().delete()

    ran = run("send_digest")

    assert ran.code == 0, ran.err
    mail = mailoutbox[-1]
    page = Tags(mail.alternatives[0][0])
    assert not any(tag == "boom" for tag, _ in page.tags)
    assert clean_line(payload) in page.text
    assert clean_line(payload) in mail.body
    assert "\n" not in mail.subject
