"""Names of any script beside digits: what is read from the left stays so, and fits the screen."""

import pytest
from playwright.sync_api import expect

from tests.helpers.rows import stripe_customer

HEBREW, ARABIC, PERSIAN = "מרפאת שלום", "عيادة النور", "نمی\u200cخواهم"
NAMES = {
    "hebrew": HEBREW,
    "arabic": f"{ARABIC} ١٢٣",
    "persian": PERSIAN,
    "override": "\u202eAcme •••• 4321\u2067",
    "towering": "Z" + "\u0335\u0336\u0337\u034a\u0350" * 40 + "algo",
    "family": "👩\u200d👩\u200d👧\u200d👦 Clinic",
    "markup": "</bdi></a><b>Bold & Co",
    "long": "Donau" * 50,
}
# The lines and places of the characters of a text, in the order in which they are written.
PLACES = """(element, text) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const start = node.data.indexOf(text);
        if (start < 0) continue;
        return [...text].map((_, at) => {
            const range = document.createRange();
            range.setStart(node, start + at);
            range.setEnd(node, start + at + 1);
            const box = range.getBoundingClientRect();
            return [box.top, box.left];
        });
    }
    return [];
}"""


def places(locator, text):
    found = locator.evaluate(PLACES, text)
    assert len(found) == len(text), (locator, text)
    return found


def reads_from_the_left(locator, text):
    found = places(locator, text)
    return found == sorted(found)


@pytest.fixture
def page(staff, sandbox, open_browser):
    """Ana's browser, after each of these organizations has been opened."""
    page = open_browser(user=staff)
    for org_id, name in NAMES.items():
        sandbox.put_org(org_id, name=name, description=f"{name} 12 – 34", payment=["ana"])
        brand = HEBREW if org_id == "hebrew" else "Visa"
        customer = stripe_customer(
            id=f"cus_{org_id}", brand=brand, last4="1234", email=f"{HEBREW}@x.example"
        )
        sandbox.put_customer(org_id, customer)
        page.goto(f"/orgs/{org_id}/")
    return page


def test_the_last_digits_of_a_list_are_read_in_their_order(page, screenshots):
    page.goto("/orgs/")

    rows = page.locator(".list tbody tr").all()
    assert len(rows) == len(NAMES)
    for row in rows:
        method = row.locator(".c-card")
        assert reads_from_the_left(method, "•••• 1234"), row.inner_text()
    hebrew = page.locator(".list .c-card", has_text=HEBREW)
    brand, digits = (places(hebrew, text) for text in ("מרפאת", "•••• 1234"))
    assert brand == sorted(brand, reverse=True)
    assert max(brand) < min(digits)
    if screenshots:
        page.screenshot(path=screenshots / "names-in-a-list.png", full_page=True)


@pytest.mark.parametrize("org_id", NAMES)
def test_the_last_digits_of_an_organization_are_read_in_their_order(page, screenshots, org_id):
    page.goto(f"/orgs/{org_id}/")

    main = page.get_by_role("main")
    assert reads_from_the_left(main.locator(".method-name").first, "•••• 1234")
    assert reads_from_the_left(main.locator("[data-part=reply]"), "•••• 1234")
    assert reads_from_the_left(main.locator("[data-part=reply]"), "05/2031")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    if screenshots:
        page.screenshot(path=screenshots / f"name-{org_id}.png", full_page=True)


def test_names_stay_legible(page):
    for org_id in ("hebrew", "arabic", "persian", "family", "markup"):
        page.goto(f"/orgs/{org_id}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[org_id])
    page.goto("/orgs/override/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme •••• 4321")
    heading = page.get_by_role("heading", level=1)
    assert reads_from_the_left(heading, "Acme •••• 4321")


def test_a_copied_reply_is_plain(page):
    page.goto("/orgs/hebrew/")

    page.get_by_role("button", name="Copy reply").click()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"for {HEBREW} is {HEBREW} •••• 1234, valid through 05/2031" in copied
    assert not set(copied) & set("\u200e\u200f\u2066\u2067\u2068\u2069<>")


def test_no_name_towers_over_its_neighbours(page):
    page.goto("/orgs/")

    heights = [row.bounding_box()["height"] for row in page.locator(".list tbody tr").all()]
    name = page.get_by_role("link", name="algo").inner_text()
    assert len(name) <= len("Zalgo") + 8
    assert max(heights) < 400
