"""What each address of the API needs and shows: one row each, walked as every kind of caller."""

from dataclasses import dataclass, field

from django.http import HttpResponse

from tests.helpers.access.access_table import CARD, EMPTIED, PAST
from tests.helpers.access.ways_to_ask import AS_OF
from tests.helpers.programs.program import Program

READ, HISTORY, CHECK = "read", "history", "check"


@dataclass(frozen=True, slots=True)
class Address:
    """`path` may contain {org}. `shows` is visible to those who may see it."""

    path: str
    scopes: tuple[str, ...] = (READ,)
    body: dict[str, str] = field(default_factory=dict)
    shows: frozenset[str] = frozenset()

    @property
    def is_of_one(self) -> bool:
        return "{org}" in self.path

    def asked(self, program: Program, org: str) -> HttpResponse:
        path = self.path.format(org=org)
        return program.post(path, self.body) if self.body else program.get(path)


_PRESENT = frozenset({CARD, EMPTIED})
ADDRESSES = {
    "me": Address("/me", scopes=()),
    "openapi": Address("/openapi.json", scopes=()),
    "organization": Address("/orgs/{org}", shows=_PRESENT),
    "organization as of": Address(
        f"/orgs/{{org}}?as_of={AS_OF}", (READ, HISTORY), shows=frozenset({CARD, PAST})
    ),
    "organization refreshed": Address("/orgs/{org}?refresh=true", (READ, CHECK), shows=_PRESENT),
    "history": Address("/orgs/{org}/history", (READ, HISTORY), shows=_PRESENT | {PAST}),
    "organizations": Address("/orgs?limit=200", shows=_PRESENT),
    "organizations filtered": Address("/orgs?worklist=no-payment-method&sort=-since"),
    "organizations searched": Address("/orgs?q=Walked", shows=frozenset({CARD})),
    "worklists": Address("/worklists"),
    "search": Address("/search", body={"text": "card ending in 9876"}),
    "search by name": Address("/search", body={"text": "Emptied Organization"}),
    "changes": Address("/changes?since=month&kind=changed_method"),
}
