"""Who may open each page, back-office model, action and command: one row each.

test_who_may_open.py fails for anything without a row, and tries each row as every kind of user in
people.py.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.helpers.access.ways_to_ask import AS_OF, CHANGES, LISTED_FROM, LISTS, PASTED, QUEUES

# What a page may show of the test organizations; people.py says to whom.
CARD = "card"  # card, customer and name of an organization whose customer was sent
EMPTIED = "emptied"  # name and state of one that is "not set up"
PAST = "past"  # former customers and notes: only for those who were sent a customer

# Who may open a page.
ANYONE, STAFF = "anyone", "staff"
TOKEN = "token"  # whoever knows METRICS_TOKEN; no user does, so for them there is no such page
REPLY = "customers.change_replytemplate"
VIEW, EXPORT, NOTE = "customers.view_customer", "customers.export_customer", "customers.add_note"
WATCH, BOARD = "customers.watch_syncrun", "customers.view_credentials"
CASE = "customers.change_case"
ACCEPT = "customers.accept_mass_change"


@dataclass(frozen=True, slots=True)
class Page:
    """`url` may contain {org}; `post` is form data, `queries` are possible query strings.
    `needs_too` are further permissions, such as to see what a refused form shows.
    `shows` is visible to those who may see it; nobody else may find a trace.
    `where` is its name in the disclosure log, empty if it shows nothing about customers.
    `counts_everything` marks operators' pages, which count all rows but name no organization.
    """

    url: str
    needs: str = VIEW
    needs_too: tuple[str, ...] = ()
    queries: tuple[dict[str, str], ...] = ({},)
    post: dict[str, Any] = field(default_factory=dict)
    shows: frozenset[str] = frozenset()
    counts_everything: bool = False
    where: tuple[str, ...] = ()


def _all(*marks: str) -> frozenset[str]:
    return frozenset(marks)


# The saved view that whoever walks shares.
VIEW_KEY = 1_000_003
SAVED_VIEW = f"/views/{VIEW_KEY}/"
# By URL name.
PAGES = {
    "overview": Page("/", queries=QUEUES, shows=_all(CARD, EMPTIED, PAST), where=("overview",)),
    "accept_mass_change": Page("/mass-change/accept/", needs=ACCEPT),
    "search": Page("/search/", queries=({"q": "9876"}, {"q": "{org}"}, {"q": "Walked"})),
    "organizations": Page(
        "/orgs/",
        queries=(*LISTS, {"view": str(VIEW_KEY)}),
        shows=_all(CARD, EMPTIED),
        where=("list",),
    ),
    "check_selected": Page("/check-selected/", post={"org": "{org}"}),
    "export_selected": Page(
        "/export-selected/",
        needs=EXPORT,
        needs_too=(VIEW,),
        post={"all": "sort=name"},
        shows=_all(CARD, EMPTIED),
        where=("export",),
    ),
    "list_settings": Page("/list-settings/", post={"column": "state", "page_size": "25"}),
    "export": Page(
        "/export/",
        needs=EXPORT,
        needs_too=(VIEW,),
        queries=LISTS,
        shows=_all(CARD, EMPTIED),
        where=("export",),
    ),
    "pasted_lists": Page("/orgs/pasted/", post={"ids": "{org}"}),
    "pasted_list": Page(
        PASTED, queries=({}, {"sort": "-changed"}), shows=_all(CARD, EMPTIED), where=("pasted",)
    ),
    "ask_pasted": Page(f"{PASTED}ask/", post={"in_place": "on"}),
    "pasted_text": Page(
        f"{PASTED}text/",
        needs=EXPORT,
        needs_too=(VIEW,),
        shows=_all(CARD, EMPTIED),
        where=("export",),
    ),
    "export_pasted": Page(
        f"{PASTED}export/",
        needs=EXPORT,
        needs_too=(VIEW,),
        shows=_all(CARD, EMPTIED),
        where=("export",),
    ),
    "delete_pasted": Page(f"{PASTED}delete/"),
    "organization": Page(
        "/orgs/{org}/",
        queries=({}, {"as_of": AS_OF}, *LISTED_FROM),
        shows=_all(CARD, EMPTIED, PAST),
        where=("page", "past"),
    ),
    "check_now": Page(
        "/orgs/{org}/check/",
        post={"in_place": "on"},
        shows=_all(CARD, EMPTIED, PAST),
        where=("page",),
    ),
    "next_organization": Page("/orgs/{org}/next/", queries=LISTED_FROM),
    "previous_organization": Page("/orgs/{org}/previous/", queries=LISTED_FROM),
    "write_note": Page(
        "/orgs/{org}/notes/",
        needs=NOTE,
        needs_too=(VIEW,),
        post={"text": ""},
        shows=_all(CARD, PAST),
        where=("page",),
    ),
    "pin_note": Page("/orgs/{org}/notes/0/pin/", post={"pinned": "yes"}),
    "delete_note": Page("/orgs/{org}/notes/0/delete/"),
    "act_on_case": Page("/orgs/{org}/case/take/", needs=CASE, needs_too=(VIEW,)),
    "act_on_cases": Page("/cases/handle/", needs=CASE, needs_too=(VIEW,), post={"org": "{org}"}),
    "watch_organization": Page("/orgs/{org}/watch/", post={"watch": "on"}),
    "watch_selected": Page("/watch-selected/", post={"org": "{org}"}),
    "saved_views": Page("/views/", post={"name": "another", "list": "worklist=expired"}),
    "saved_view": Page(SAVED_VIEW),
    "change_saved_view": Page(f"{SAVED_VIEW}change/", post={"name": "another"}),
    "update_saved_view": Page(f"{SAVED_VIEW}update/", post={"list": "q=Walked"}),
    "delete_saved_view": Page(f"{SAVED_VIEW}delete/"),
    "replies": Page("/replies/", needs=REPLY),
    "reply": Page("/replies/de/card/", needs=REPLY, post={"text": "x"}),
    "reset_reply": Page("/replies/de/card/reset/", needs=REPLY),
    "syncs": Page("/syncs/", needs=WATCH, counts_everything=True),
    "sync_run": Page("/syncs/1000001/", needs=WATCH, counts_everything=True),
    "sync_retry": Page(
        "/syncs/1000001/retry/", needs=WATCH, needs_too=(VIEW,), counts_everything=True
    ),
    "schedule": Page("/schedule/", needs=WATCH, counts_everything=True),
    "keys": Page("/keys/"),
    "api_docs": Page("/api/docs/"),
    "changes": Page("/changes/", queries=CHANGES, shows=_all(PAST), where=("changes",)),
    "export_changes": Page(
        "/changes/export/",
        needs=EXPORT,
        needs_too=(VIEW,),
        queries=CHANGES,
        shows=_all(PAST),
        where=("export",),
    ),
    "reports": Page("/reports/", shows=_all(CARD), where=("report",)),
    "export_report": Page("/reports/delinquency/export/", needs=EXPORT, needs_too=(VIEW,)),
    "mark_read": Page("/changes/read/", post={"seen": ""}),
    "credentials": Page("/credentials/"),
    "arriving": Page("/credentials/organizations/", shows=_all(CARD, EMPTIED), where=("list",)),
    "ask_arriving": Page(
        "/credentials/organizations/ask/",
        post={"in_place": "on"},
        shows=_all(CARD, EMPTIED),
        where=("list",),
    ),
    "credentials_board": Page("/credentials/board/", needs=BOARD, counts_everything=True),
    "credentials_sign_in": Page("/credentials/sign-in/"),
    "credentials_paste": Page("/credentials/paste/"),
    "credentials_test": Page("/credentials/test/"),
    "credentials_forget": Page("/credentials/forget/"),
    "preferences": Page("/preferences/", needs=STAFF, post={"page_size": "25"}),
    "accept_invitation": Page("/welcome/MQ/no-token/", needs=ANYONE),
    "sign_ins": Page("/sign-ins/", needs=STAFF),
    # Without a provider these lead nowhere; tests/dashboard/single_sign_on/ has the rest.
    "provider_sign_in": Page("/sign-in/", needs=ANYONE),
    "provider_callback": Page("/sign-in/callback/", needs=ANYONE),
    "confirm_at_provider": Page("/sign-in/confirm/", needs=STAFF),
    "confirmed_at_provider": Page("/sign-in/confirmed/", needs=STAFF),
    "connect_at_provider": Page("/sign-in/connect/", needs=STAFF),
    "signed_out": Page("/signed-out/", needs=ANYONE),
    "leave_provider": Page("/signed-out/provider/", needs=ANYONE),
    "api_tokens": Page("/tokens/"),
    "create_api_token": Page("/tokens/create/", post={"name": "another", "scopes": "read"}),
    "revoke_api_token": Page("/tokens/0/revoke/"),
    "purpose": Page("/purpose/"),
    "second_factor": Page("/second-factor/", needs=STAFF),
    "second_factor_begin": Page("/second-factor/begin/", needs=STAFF),
    "second_factor_code": Page("/second-factor/code/", needs=STAFF),
    "second_factor_remove": Page("/second-factor/remove/", needs=STAFF),
    "second_factor_recovery_codes": Page("/second-factor/recovery-codes/", needs=STAFF),
    "second_factor_qr": Page("/second-factor/qr.svg", needs=STAFF),
    # What leads to where a page is now; that page asks who it is.
    "former_replies": Page("/answers/", needs=ANYONE),
    "former_reply": Page("/answers/de/card/", needs=ANYONE),
    "former_reset_reply": Page("/answers/de/card/reset/", needs=ANYONE),
    "set_language": Page("/language/", needs=ANYONE, post={"language": "de"}),
    "healthz": Page("/healthz", needs=ANYONE, counts_everything=True),
    "metrics": Page("/metrics", needs=TOKEN, counts_everything=True),
    "mcp": Page("/mcp", needs=TOKEN),  # and MCP=on
}

# URLs that accept only POST, each with the page it redirects to.
FORMS = {
    "accept_mass_change": "/",
    "check_selected": "/orgs/",
    "ask_arriving": "/credentials/organizations/",
    "ask_pasted": "/orgs/pasted/{row}/",
    "delete_pasted": "/orgs/pasted/",
    "export_selected": "/orgs/",
    "list_settings": "/orgs/",
    "check_now": "/orgs/{org}/",
    "write_note": "/orgs/{org}/",
    "pin_note": "/orgs/{org}/",
    "delete_note": "/orgs/{org}/",
    "act_on_case": "/orgs/{org}/",
    "act_on_cases": "/orgs/",
    "watch_organization": "/orgs/{org}/",
    "watch_selected": "/orgs/",
    "mark_read": "/changes/",
    "change_saved_view": "/views/",
    "update_saved_view": "/views/",
    "delete_saved_view": "/views/",
    "reset_reply": "/replies/de/card/",
    "sync_retry": "/syncs/{row}/",
    "credentials_sign_in": "/credentials/",
    "credentials_paste": "/credentials/",
    "credentials_test": "/credentials/",
    "credentials_forget": "/credentials/",
    "connect_at_provider": "/sign-ins/",
    "create_api_token": "/tokens/",
    "revoke_api_token": "/tokens/",
    "purpose": "/",
    "second_factor_begin": "/second-factor/",
    "second_factor_code": "/second-factor/",
    "second_factor_remove": "/second-factor/",
    "second_factor_recovery_codes": "/second-factor/",
    "logout": "/",
}
