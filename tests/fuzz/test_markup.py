"""Markup, templates and formulas in every field of the upstream stay text wherever it is shown."""

import csv
import json

import pytest
from django.test import Client

from customers.models import Digest
from customers.upstream.clean_text import clean_line
from tests.helpers.commands import run
from tests.helpers.pages.markup import Tags, spoilt, walk
from tests.helpers.stripe.every_era import CUSTOMERS

PAYLOADS = (
    "\"'><boom onclick=alert(1)>{{7*7}}{% now %}&lt;\u202e",
    "=1+1;</title></textarea></script><boom>",
    "\u200b@SUM(1)<boom>",
)
CSV_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


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
