"""The back office on a phone and on a desk: no page is wider, and no word is broken."""

import pytest
from django.contrib.auth.models import User

PAGES = ("", "auth/user/invite/", "customers/disclosure/", "customers/organization/import/")
# In how many lines the longest word of a link stands.
LINES = """() => Math.max(...[...document.querySelectorAll("#content a")].map((link) =>
    link.getClientRects().length / Math.max(1, link.innerText.trim().split(/\\s+/).length)))"""


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_and_break_no_word(transactional_db, open_browser, width):
    page = open_browser(width, user=User.objects.create_superuser("root"))
    for name in PAGES:
        page.goto(f"/admin/{name}")

        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(LINES) <= 1, name


def test_the_schedule_names_each_command_on_one_line(transactional_db, open_browser):
    page = open_browser(390, user=User.objects.create_superuser("root"))
    page.goto("/schedule/")

    heights = page.locator("tbody th").evaluate_all("all => all.map((th) => th.offsetHeight)")

    assert len(heights) > 5
    assert len(set(heights)) == 1, heights
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
