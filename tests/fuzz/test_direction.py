"""A text that is read from the right, in every field that can hold one, turns nothing around it."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from customers.models import Organization, ReplyTemplate
from tests.helpers.commands import run
from tests.helpers.pages.markup import spoilt, walk
from tests.helpers.stripe.every_era import CUSTOMERS

HEBREW = "מרפאה <i>"
# Each of these has a direction of its own; a title and an option can hold no element.
OF_THEIR_OWN = {"bdi", "title", "option", "textarea"}
WITHOUT_END = {"input", "img", "link", "meta", "br", "col", "path", "rect"}
# Isolates as characters, which belong into no page.
MARKS = ("\u2068", "\u2069")


class Isolation(HTMLParser):
    """The texts of a page in which Hebrew stands beside something else, with what is around."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.found = 0
        self.loose: list[tuple[str, list[str]]] = []
        self.marks = [mark for mark in MARKS if mark in page]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in WITHOUT_END:
            self.open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if "מרפאה" not in data:
            return
        self.found += 1
        if not any(
            tag in OF_THEIR_OWN or attributes.get("dir") == "auto" for tag, attributes in self.open
        ):
            self.loose.append((data, [tag for tag, _ in self.open]))


@pytest.fixture
def browser(signed_in_ana, sandbox):
    """Ana's, to whom two answers about each organization were shown, who writes and reads notes."""
    signed_in_ana.first_name = HEBREW
    signed_in_ana.save()
    for name in ("change_replytemplate", "watch_syncrun", "view_credentials"):
        signed_in_ana.user_permissions.add(Permission.objects.get(codename=name))
    ReplyTemplate.objects.create(
        state="card",
        language="en",
        text=f"{HEBREW[:5]} {{organization}} {{card}} {{date}}",
        changed_at="2026-01-01T00:00Z",
    )
    browser = Client()
    browser.force_login(signed_in_ana)
    browser.post("/purpose/", {"purpose": HEBREW})
    none = {"object": "customer", "email": "x@y.example", "id": "cus_9"}
    for number, customer in enumerate([*CUSTOMERS, none]):
        org_id = f"מרפאה-{number}"
        sandbox.put_org(org_id, name=HEBREW, description=HEBREW, payment=["ana"])
        sandbox.put_customer(org_id, spoilt(customer, HEBREW))
        browser.get(f"/orgs/{org_id}/")
        changed = customer | {"email": "changed", "id": "x", "balance": 5}
        sandbox.put_customer(org_id, spoilt(changed, HEBREW))
        browser.post(f"/orgs/{org_id}/check/")
        browser.post(f"/orgs/{org_id}/notes/", {"text": f"{HEBREW}\nא 12"})
    return browser


def test_no_page_shows_it_beside_anything_that_it_could_turn(browser):
    found = {}

    for address, page in walk(browser, parse=Isolation):
        if address.startswith("/admin/"):  # Django's own templates; see tests/access
            continue
        assert page.loose == [], address
        assert page.marks == [], address
        found[address] = page.found
    for address in ("/orgs/?q=מרפאה", "/changes/?kind=changed_details", "/search/?q=מרפאה+12"):
        page = Isolation(browser.get(address, follow=True).content.decode())
        assert page.loose == [], address
        found[address] = page.found

    assert sum(map(bool, found.values())) > 10


@pytest.fixture
def news(browser, sandbox, signed_in_ana, settings):
    """What a digest to Ana has to tell of one of them."""
    signed_in_ana.email = "ana@staff.example"
    signed_in_ana.save()
    settings.PORTAL_URL = "https://portal.example"
    settings.DIGEST_RECIPIENTS = ["ana@staff.example"]
    sandbox.put_customer("מרפאה-0", spoilt(CUSTOMERS[0] | {"delinquent": True}, HEBREW))
    browser.post("/orgs/מרפאה-0/check/")


def test_a_mail_shows_it_apart_and_its_text_is_plain(news, mailoutbox):
    assert run("send_digest").code == 0

    (mail,) = mailoutbox
    html = Isolation(mail.alternatives[0][0])
    assert html.found
    assert html.loose == html.marks == []
    assert f"- {HEBREW}: " in mail.body
    assert not set(MARKS) & {*mail.body, *mail.subject}


def test_no_name_forges_a_line_of_a_mail(news, mailoutbox):
    Organization.objects.update(name="Paid\r\nBcc: all@evil.example\r\n\x1b\u202e\u2028- Clinic")

    assert run("send_digest").code == 0

    (mail,) = mailoutbox
    assert "- Paid Bcc: all@evil.example - Clinic: " in mail.body
    assert "Paid Bcc: all@evil.example - Clinic" in mail.alternatives[0][0]
    assert not any(line.startswith(b"Bcc:") for line in mail.message().as_bytes().splitlines())
