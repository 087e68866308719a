"""No page breaks a rule of axe-core, whose rules stand for WCAG 2.2 AA and good practice."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import sign_in
from tests.browser.test_journeys import ORGANIZATIONS, PAGES


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_on_any_page(staff, sandbox, open_browser, width, theme):
    page = open_browser(width, theme)
    sign_in(page)
    urls = {name: f"/orgs/{sandbox.org_id(org)}/" for name, org in ORGANIZATIONS.items()}

    for url in (urls | PAGES).values():
        page.goto(url)
        # Without fetching style sheets of its own, which the policy of the pages forbids.
        found = Axe().run(page, options={"preload": False})
        assert found.violations_count == 0, f"{url}: {found.generate_report()}"
