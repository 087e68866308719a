"""Who may open each page, back-office model, action and command: one row each.

test_who_may_open.py fails for anything without a row, and tries each row as every kind of user in
people.py.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

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


# Ways to open a list: by search, worklist, and card.
LISTS = (
    {},
    {"q": "Walked"},
    {"q": "Emptied"},
    {"worklist": "no-payment-method"},
    {"worklist": "expired"},
    {"worklist": "delinquent", "sort": "-changed"},
    {"card_of": "{org}"},
    {"sort": "-since"},
)
AS_OF = (date.today() - timedelta(days=1)).isoformat()
# By URL name.
PAGES = {
    "overview": Page("/", shows=_all(PAST), where=("overview",)),
    "search": Page("/search/", queries=({"q": "9876"}, {"q": "{org}"}, {"q": "Walked"})),
    "organizations": Page("/orgs/", queries=LISTS, shows=_all(CARD, EMPTIED), where=("list",)),
    "check_selected": Page("/check-selected/", post={"org_id": "{org}"}),
    "export": Page(
        "/export/",
        needs=EXPORT,
        needs_too=(VIEW,),
        queries=LISTS,
        shows=_all(CARD, EMPTIED),
        where=("export",),
    ),
    "organization": Page(
        "/orgs/{org}/",
        queries=({}, {"as_of": AS_OF}),
        shows=_all(CARD, EMPTIED, PAST),
        where=("page", "past"),
    ),
    "check_now": Page(
        "/orgs/{org}/check/",
        post={"in_place": "on"},
        shows=_all(CARD, EMPTIED, PAST),
        where=("page",),
    ),
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
    "replies": Page("/replies/", needs=REPLY),
    "reply": Page("/replies/de/card/", needs=REPLY, post={"text": "x"}),
    "reset_reply": Page("/replies/de/card/reset/", needs=REPLY),
    "syncs": Page("/syncs/", needs=WATCH, counts_everything=True),
    "sync_run": Page("/syncs/1000001/", needs=WATCH, counts_everything=True),
    "sync_retry": Page(
        "/syncs/1000001/retry/", needs=WATCH, needs_too=(VIEW,), counts_everything=True
    ),
    "keys": Page("/keys/"),
    "changes": Page(
        "/changes/",
        queries=({}, {"kind": "became-delinquent"}),
        shows=_all(PAST),
        where=("changes",),
    ),
    "credentials": Page("/credentials/"),
    "credentials_board": Page("/credentials/board/", needs=BOARD, counts_everything=True),
    "credentials_sign_in": Page("/credentials/sign-in/"),
    "credentials_paste": Page("/credentials/paste/"),
    "credentials_test": Page("/credentials/test/"),
    "credentials_forget": Page("/credentials/forget/"),
    "sign_ins": Page("/sign-ins/", needs=STAFF),
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
}

# URLs that accept only POST, each with the page it redirects to.
FORMS = {
    "check_selected": "/orgs/",
    "check_now": "/orgs/{org}/",
    "write_note": "/orgs/{org}/",
    "pin_note": "/orgs/{org}/",
    "delete_note": "/orgs/{org}/",
    "reset_reply": "/replies/de/card/",
    "sync_retry": "/syncs/{row}/",
    "credentials_sign_in": "/credentials/",
    "credentials_paste": "/credentials/",
    "credentials_test": "/credentials/",
    "credentials_forget": "/credentials/",
    "purpose": "/",
    "second_factor_begin": "/second-factor/",
    "second_factor_code": "/second-factor/",
    "second_factor_remove": "/second-factor/",
    "second_factor_recovery_codes": "/second-factor/",
    "logout": "/",
}
# The back office: the actions of each model. Only superusers may open it; it shows no billing.
MODELS = {
    "auth.user": {"delete_selected", "remove_second_factors"},
    "auth.group": {"delete_selected"},
    "customers.organization": {"delete_selected"},
    "customers.securityevent": set[str](),
    "customers.syncrun": set[str](),
    "customers.disclosure": set[str](),
    "customers.hourlydisclosures": set[str](),
}
# Pages of models other than Django's standard five.
MODEL_PAGES = {"customers_organization_import", "auth_user_password_change"}
# Pages of the site itself; they show nothing about organizations.
SITE_PAGES = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "app_list",
}


@dataclass(frozen=True, slots=True)
class Command:
    """Arguments with {user} and {org}, what authorized users see, and its name in the log."""

    arguments: tuple[str, ...] = ()
    shows: frozenset[str] = frozenset()
    where: tuple[str, ...] = ()


COMMANDS = {
    "back_up": Command(("/dev/null",)),  # for operators; it refuses to overwrite a file
    "check_credentials": Command(("--user", "{user}")),
    "clear_sign_in_pauses": Command(),
    "export_customers": Command(
        ("--user", "{user}"), shows=_all(CARD, EMPTIED), where=("command",)
    ),
    "export_disclosures": Command(),
    "import_organizations": Command(("/dev/null",)),
    "prune_history": Command(),
    "rehash": Command(),
    "reparse": Command(),
    "send_digest": Command(),
    "rotate_credential_keys": Command(),
    "reset_second_factor": Command(("{user}",)),
    "set_credentials": Command(("{user}",)),
    "show_customer": Command(
        ("{org}", "--user", "{user}"), shows=_all(CARD, EMPTIED), where=("command",)
    ),
    "sync_customers": Command(("--user", "{user}", "--json")),
    "verify_disclosures": Command(),
}
