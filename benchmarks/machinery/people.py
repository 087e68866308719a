"""A simulated support agent who uses the portal over HTTP."""

import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import requests

from benchmarks.machinery.latencies import Latencies

PATIENCE = 60  # seconds
_FAILED = 400
_ORG_LINK = re.compile(r'href="/orgs/([0-9a-f-]{36})/[?"]')
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
            data=self.form(username=username, password=password),
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        self._look_for_links(answer.text)
        if not self._org_ids:
            raise RuntimeError(f"{username} is signed in, but sees no organizations.")

    def clicks(self) -> dict[Callable[[], None], float]:
        """How often each happens beside the others."""
        return {
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

    def click_until(self, stop: threading.Event, think: tuple[float, float]) -> None:
        """`think` is the range of seconds between pages."""
        clicks = self.clicks()
        while not stop.wait(self._random.uniform(*think)):
            self._random.choices(list(clicks), list(clicks.values()))[0]()

    def _overview(self) -> None:
        self.get("overview", "/")

    def _list(self) -> None:
        self._look_for_links(self.get("list", "/orgs/", sort=self._sort()))

    def _worklist(self) -> None:
        worklist = self._random.choice(_WORKLISTS)
        self._look_for_links(self.get("worklist", "/orgs/", worklist=worklist))

    def _further(self) -> None:
        query = f"?{self._next_page}" if self._next_page else ""
        self._look_for_links(self.get("next page of a list", f"/orgs/{query}"))

    def _search(self) -> None:
        """By POST, as the search box does; then follow the redirect."""
        form = self.form(q=self._random.choice(_SEARCHES))
        _, target = self.timed("search", "POST", "/search/", data=form)
        if target:
            self._look_for_links(self.get("search: its hits", target))

    def _organization(self) -> None:
        self.get("organization", self.org_path())

    def _check_now(self) -> None:
        self.post("check now", f"{self.org_path()}check/")

    def _check_selected(self) -> None:
        self.post("check selected (5)", "/check-selected/", org=self.some_org_ids(5))

    def _note(self) -> None:
        self.post("write a note", f"{self.org_path()}notes/", text="Asked for a new card.")

    def _changes(self) -> None:
        self.get("changes", "/changes/")

    def _export(self) -> None:
        self.get("export", "/export/", worklist="expired")

    def _credentials(self) -> None:
        self.get("credentials", "/credentials/")

    def _sort(self) -> str:
        return self._random.choice(("name", "-checked", "-changed", "expiry", "-balance"))

    def org_path(self) -> str:
        return f"/orgs/{self._random.choice(self._org_ids)}/"

    def some_org_ids(self, most: int) -> list[str]:
        return self._random.sample(self._org_ids, min(most, len(self._org_ids)))

    def any(self, choices: Sequence[str]) -> str:
        return self._random.choice(choices)

    def _look_for_links(self, page: str) -> None:
        self._org_ids = list(dict.fromkeys(_ORG_LINK.findall(page))) or self._org_ids
        following = _NEXT_LINK.search(page)
        self._next_page = following[1].replace("&amp;", "&") if following else ""

    def get(self, page: str, path: str, **query: object) -> str:
        return self.timed(page, "GET", path, params=query)[0]

    def post(self, page: str, path: str, **fields: object) -> None:
        """Post a form, and measure the page it redirects to separately."""
        _, target = self.timed(page, "POST", path, data=self.form(**fields))
        if target:
            self.get(f"{page}: the page after", target)

    def form(self, **fields: object) -> dict[str, object]:
        return fields | {"csrfmiddlewaretoken": self._session.cookies.get("csrftoken")}

    def timed(
        self,
        page: str,
        method: str,
        path: str,
        by: requests.Session | None = None,
        **options: Any,
    ) -> tuple[str, str]:
        """Measured to the last byte. Returns the text and the redirect."""
        began = time.monotonic()
        status, text, target, error = 0, "", "", ""
        try:
            answer = (by or self._session).request(
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
