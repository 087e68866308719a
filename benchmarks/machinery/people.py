"""A simulated support agent who uses the portal over HTTP."""

import random
import re
import threading
import time
from collections.abc import Callable
from typing import Any

import requests

from benchmarks.machinery.latencies import Latencies

PATIENCE = 60  # seconds
_FAILED = 400
_ORG_LINK = re.compile(r'href="/orgs/([0-9a-f-]{36})/"')
_NEXT_LINK = re.compile(r'href="\?([^"]*\bafter=[^"]*)"')
_WORKLISTS = ("delinquent", "expired", "expiring", "no-payment-method", "could-not-check")
_SEARCHES = ("health", "clinic", "4242", "cus_", "billing@", "ward", "no such organization")


class Person:
    def __init__(self, number: int, base: str, latencies: Latencies) -> None:
        self._base = base
        self._latencies = latencies
        self._random = random.Random(number)
        self._session = requests.Session()
        self._session.trust_env = False
        self._org_ids: list[str] = []
        self._next_page = ""

    def sign_in(self, username: str, password: str) -> None:
        """Raises unless it succeeds; not measured."""
        self._session.get(f"{self._base}/admin/login/", timeout=PATIENCE)
        answer = self._session.post(
            f"{self._base}/admin/login/?next=/orgs/",
            data=self._form(username=username, password=password),
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        self._look_for_links(answer.text)
        if not self._org_ids:
            raise RuntimeError(f"{username} is signed in, but sees no organizations.")

    def click_until(self, stop: threading.Event, think: tuple[float, float]) -> None:
        """`think` is the range of seconds between pages."""
        clicks = {
            self._overview: 4,
            self._list: 3,
            self._worklist: 4,
            self._further: 2,
            self._search: 3,
            self._organization: 8,
            self._check_now: 2,
            self._check_selected: 0.3,
            self._note: 0.7,
            self._changes: 1,
            self._export: 0.3,
            self._credentials: 0.5,
        }
        names: list[Callable[[], None]] = list(clicks)
        while not stop.wait(self._random.uniform(*think)):
            self._random.choices(names, list(clicks.values()))[0]()

    def _overview(self) -> None:
        self._get("overview", "/")

    def _list(self) -> None:
        self._look_for_links(self._get("list", "/orgs/", sort=self._sort()))

    def _worklist(self) -> None:
        worklist = self._random.choice(_WORKLISTS)
        self._look_for_links(self._get("worklist", "/orgs/", worklist=worklist))

    def _further(self) -> None:
        query = f"?{self._next_page}" if self._next_page else ""
        self._look_for_links(self._get("next page of a list", f"/orgs/{query}"))

    def _search(self) -> None:
        """By POST, as the search box does; then follow the redirect."""
        form = self._form(q=self._random.choice(_SEARCHES))
        _, target = self._timed("search", "POST", "/search/", data=form)
        if target:
            self._look_for_links(self._get("search: its hits", target))

    def _organization(self) -> None:
        self._get("organization", self._org_path())

    def _check_now(self) -> None:
        self._post("check now", f"{self._org_path()}check/")

    def _check_selected(self) -> None:
        chosen = self._random.sample(self._org_ids, min(5, len(self._org_ids)))
        self._post("check selected (5)", "/check-selected/", org=chosen)

    def _note(self) -> None:
        self._post("write a note", f"{self._org_path()}notes/", text="Asked for a new card.")

    def _changes(self) -> None:
        self._get("changes", "/changes/")

    def _export(self) -> None:
        self._get("export", "/export/", worklist="expired")

    def _credentials(self) -> None:
        self._get("credentials", "/credentials/")

    def _sort(self) -> str:
        return self._random.choice(("name", "-checked", "-changed", "expiry", "-balance"))

    def _org_path(self) -> str:
        return f"/orgs/{self._random.choice(self._org_ids)}/"

    def _look_for_links(self, page: str) -> None:
        self._org_ids = list(dict.fromkeys(_ORG_LINK.findall(page))) or self._org_ids
        following = _NEXT_LINK.search(page)
        self._next_page = following[1].replace("&amp;", "&") if following else ""

    def _get(self, page: str, path: str, **query: object) -> str:
        return self._timed(page, "GET", path, params=query)[0]

    def _post(self, page: str, path: str, **fields: object) -> None:
        """Post a form, and measure the page it redirects to separately."""
        _, target = self._timed(page, "POST", path, data=self._form(**fields))
        if target:
            self._get(f"{page}: the page after", target)

    def _form(self, **fields: object) -> dict[str, object]:
        return fields | {"csrfmiddlewaretoken": self._session.cookies.get("csrftoken")}

    def _timed(self, page: str, method: str, path: str, **options: Any) -> tuple[str, str]:
        """Measured to the last byte. Returns the text and the redirect."""
        began = time.monotonic()
        status, text, target, error = 0, "", "", ""
        try:
            answer = self._session.request(
                method,
                self._base + path,
                timeout=PATIENCE,
                allow_redirects=False,
                **options,
            )
            status, text = answer.status_code, answer.text
            target = answer.headers.get("Location", "")
            if status >= _FAILED:
                error = f"{method} {path} was answered with {status}."
        except requests.RequestException as exc:
            error = f"{method} {path} was not answered: {type(exc).__name__}."
        self._latencies.add(page, time.monotonic() - began, status, error)
        return text, target
