"""A simulated agent who works at cases, lists and changes, and whose program reads the API."""

import re
import uuid
from collections.abc import Callable

import requests

from benchmarks.machinery.latencies import Latencies
from benchmarks.machinery.people import Person

_TOKEN = re.compile(r"\bbpt_\w+")
_ACTS = ("take", "snooze", "handle", "reopen")
_REPORTS = ("silent-renewals", "delinquency", "freshness", "cards")
_PASTED = 30  # ids


class Colleague(Person):
    def __init__(self, number: int, base: str, latencies: Latencies) -> None:
        super().__init__(number, base, latencies)
        self._pasted = "/orgs/pasted/"  # the latest list
        self._token = ""

    def clicks(self) -> dict[Callable[[], None], float]:
        return super().clicks() | {
            self._act: 2,
            self._act_on_many: 0.5,
            self._watch: 0.7,
            self._next: 1,
            self._paste: 0.7,
            self._ask_pasted: 0.5,
            self._save_view: 0.3,
            self._views: 0.7,
            self._changes_of_a_kind: 1,
            self._export_changes: 0.2,
            self._reports: 0.5,
            self._export_report: 0.2,
            self._tokens: 0.3,
            self._program: 3,
        }

    def _act(self) -> None:
        path = f"{self.org_path()}case/{self.any(_ACTS)}/"
        self.post("act on a case", path, until="tomorrow")

    def _act_on_many(self) -> None:
        path = f"/cases/{self.any(_ACTS)}/"
        self.post("act on cases (5)", path, org=self.some_org_ids(5), until="tomorrow")

    def _watch(self) -> None:
        self.post("watch", f"{self.org_path()}watch/", watch=self.any(("on", "off")))

    def _next(self) -> None:
        _, target = self.timed("next of a list", "GET", f"{self.org_path()}next/")
        if target:
            self.get("next of a list: the page after", target)

    def _paste(self) -> None:
        ids = "\n".join(self.some_org_ids(_PASTED))
        form = self.form(ids=f"id\n{ids}\nno such organization")
        _, target = self.timed("paste a list", "POST", "/orgs/pasted/", data=form)
        if target:
            self._pasted = target
            self.get("pasted list", target)

    def _ask_pasted(self) -> None:
        if self._pasted == "/orgs/pasted/":
            self._paste()
        self.post("ask about a pasted list", f"{self._pasted}ask/")

    def _save_view(self) -> None:
        fields = {"name": f"View {uuid.uuid4()}", "list": "worklist=delinquent&sort=-balance"}
        self.post("save a view", "/views/", **fields)

    def _views(self) -> None:
        self.get("saved views", "/views/")

    def _changes_of_a_kind(self) -> None:
        self.get("changes of a kind", "/changes/", kind=self.any(("delinquent", "card", "balance")))

    def _export_changes(self) -> None:
        self.get("export changes", "/changes/export/")

    def _reports(self) -> None:
        self.get("reports", "/reports/")

    def _export_report(self) -> None:
        self.get("export a report", f"/reports/{self.any(_REPORTS)}/export/")

    def _tokens(self) -> None:
        self.get("tokens", "/tokens/")

    def _program(self) -> None:
        """One request of their program, with a token that they make once."""
        if not self._token:
            self._make_token()
        org_id = self.some_org_ids(1)[0]
        routes = {
            "API: organization": f"orgs/{org_id}",
            "API: history": f"orgs/{org_id}/history",
            "API: list": "orgs?worklist=expired",
            "API: changes": "changes",
            "API: who": "me",
        }
        page = self.any(tuple(routes))
        headers = {"Authorization": f"Bearer {self._token}"}
        with requests.Session() as program:
            program.trust_env = False
            self.timed(page, "GET", f"/api/v1/{routes[page]}", by=program, headers=headers)

    def _make_token(self) -> None:
        form = self.form(
            form_key=str(uuid.uuid4()), name="soak", scopes=["read", "history"], lasts="86400"
        )
        text, _ = self.timed("make a token", "POST", "/tokens/create/", data=form)
        found = _TOKEN.search(text)
        if not found:
            raise RuntimeError("The page after making a token shows none.")
        self._token = found[0]
