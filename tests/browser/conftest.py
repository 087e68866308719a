"""A real Chromium, at the sizes and in the themes that the pages are made for."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import make_staff, sign_in_upstream

CHROMIUM = shutil.which("chromium")
PASSWORD = "a password of the tests"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        reason = "There is no Chromium here; install it with: sudo apt-get install chromium"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright's loop runs in this thread, which makes Django fear for its queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def staff(transactional_db, sandbox):
    """Ana, with credentials that work."""
    user = make_staff("ana")
    sign_in_upstream(user, sandbox)
    return user


@pytest.fixture
def open_browser(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a browser of some width and theme; whatever its console complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def note(kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            complaints.append(text)

    def open_(width: int = 1280, theme: str = "light", *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 860},
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("console", lambda message: note(message.type, message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def sign_in(page: Page, name: str = "ana") -> None:
    page.goto("/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
