"""A real Chromium, at the sizes and in the themes that the pages are made for."""

import ctypes.util
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test.testcases import LiveServerThread
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from billing_portal import settings as portal
from customers.models import Customer
from tests.conftest import browser_of, make_staff, sign_in_upstream
from tests.helpers.pages.browser_pages import see_all

CHROMIUM = shutil.which("chromium")
PASSWORD = "a password of the tests"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None or ctypes.util.find_library("atomic") is None:
        reason = "Chromium or libatomic is missing: sudo apt-get install chromium libatomic1"
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
    """Ana, with credentials that work, who may also write replies."""
    user = make_staff("ana")
    user.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))
    sign_in_upstream(user, sandbox)
    return user


@pytest.fixture
def everything(staff, sandbox):
    """Ana, after she has seen all that pages can show."""
    see_all(staff, sandbox)
    return staff


@pytest.fixture
def open_browser(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open a browser of some width and theme, with somebody signed in if a user is given.

    Whatever its console complains of fails the test, and so does a request to another host.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_(
        width: int = 1280,
        theme: str = "light",
        *,
        user: User | None = None,
        scripts: bool = True,
        language: str = "en",
        base_url: str = live_server.url,
    ) -> Page:
        context = chromium.new_context(
            base_url=base_url,
            viewport={"width": width, "height": 860},
            color_scheme=theme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_cookies(cookies(base_url, user, language))
        page = context.new_page()
        listen(page, base_url, complaints)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def cookies(url: str, user: User | None, language: str) -> list[Any]:
    values = {settings.LANGUAGE_COOKIE_NAME: language}
    if user:
        values[settings.SESSION_COOKIE_NAME] = browser_of(user).cookies["sessionid"].value
    return [{"name": name, "value": value, "url": url} for name, value in values.items()]


def listen(page: Page, base_url: str, complaints: list[str]) -> None:
    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def see(request: Request) -> None:
        if not request.url.startswith((base_url, "data:", "blob:")):
            complaints.append(f"asked another host: {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", see)


@pytest.fixture
def served(transactional_db, settings, tmp_path) -> Iterator[str]:
    """The portal with its static files as in production: named by content, and compressed."""
    settings.STORAGES = portal.STORAGES
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    thread = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


def sign_in(page: Page, name: str = "ana") -> None:
    page.goto("/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def make_old(hours: int = 5) -> None:
    """Let every answer be from so long ago."""
    old = timezone.now() - timedelta(hours=hours)
    Customer.objects.update(checked_at=old, asked_at=old, attempted_at=old)
