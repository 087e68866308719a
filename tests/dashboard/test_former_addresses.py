"""Every address that a GET of release 0.3.0 answered still answers, a moved one by a redirect."""

import pytest
from django.contrib.auth.models import Group, User

from customers.models import Disclosure, HourlyDisclosures, SyncRun
from customers.services.disclosures.log import record
from customers.services.lists.worklists import BY_KEY
from tests.conftest import browser_of
from tests.helpers.rows import ago, make_customer, make_organization

# Keys of worklists are in people's bookmarks and scripts.
WORKLISTS = {
    *("delinquent", "expired", "expires-this-month", "expiring", "no-payment-method"),
    *("could-not-check", "details-not-sent", "changed", "unclear", "deleted"),
}
STAY = (
    *("/", "/search/?q=north", "/orgs/", "/orgs/?brand=visa&sort=-since", "/export/?format=jsonl"),
    *(f"/orgs/?worklist={key}" for key in sorted(WORKLISTS)),
    *("/orgs/north/", "/orgs/north/?as_of=2026-01-02", "/orgs/north/?answer=de"),
    *("/syncs/", "/syncs/{run}/", "/keys/", "/changes/", "/changes/?kind=became-delinquent"),
    *("/credentials/", "/credentials/board/", "/second-factor/", "/language/", "/healthz"),
    *("/admin/", "/admin/login/", "/admin/password_change/", "/admin/password_change/done/"),
    *("/admin/jsi18n/", "/admin/auth/", "/admin/customers/"),
    *("/admin/auth/group/", "/admin/auth/group/add/", "/admin/auth/group/{group}/"),
    *(f"/admin/auth/group/{{group}}/{page}/" for page in ("history", "delete", "change")),
    *("/admin/auth/user/", "/admin/auth/user/add/", "/admin/auth/user/{user}/"),
    *(f"/admin/auth/user/{{user}}/{page}/" for page in ("history", "delete", "change", "password")),
    *("/admin/customers/organization/", "/admin/customers/organization/add/"),
    *("/admin/customers/organization/import/", "/admin/customers/organization/{organization}/"),
    *(
        f"/admin/customers/organization/{{organization}}/{page}/"
        for page in ("history", "delete", "change")
    ),
    *("/admin/customers/syncrun/", "/admin/customers/syncrun/{run}/"),
    *(f"/admin/customers/syncrun/{{run}}/{page}/" for page in ("history", "change")),
)
MOVED = {
    "/answers/": "/replies/",
    "/answers/de/card/": "/replies/de/card/",
    "/admin/customers/view/": "/admin/customers/disclosure/",
    "/admin/customers/view/{entry}/": "/admin/customers/disclosure/{entry}/",
    "/admin/customers/view/{entry}/change/": "/admin/customers/disclosure/{entry}/change/",
    "/admin/customers/view/{entry}/history/": "/admin/customers/disclosure/{entry}/history/",
    "/admin/customers/volume/": "/admin/customers/hourlydisclosures/",
    "/admin/customers/volume/{hour}/": "/admin/customers/hourlydisclosures/{hour}/",
    "/admin/customers/volume/{hour}/change/": "/admin/customers/hourlydisclosures/{hour}/change/",
    "/admin/customers/volume/{hour}/history/": "/admin/customers/hourlydisclosures/{hour}/history/",
}


@pytest.fixture
def root(db, settings):
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    user = User.objects.create_superuser("root")
    record(user, [make_customer(make_organization("north"))], "page")
    return browser_of(user)


@pytest.fixture
def keys(root):
    """What addresses call the rows that they are about."""
    run = SyncRun.objects.create(started_at=ago(5), started_by="root")
    rows = {
        "run": run,
        "organization": make_organization("south"),
        "user": User.objects.get(),
        "group": Group.objects.create(name="a group"),
        "entry": Disclosure.objects.get(),
        "hour": HourlyDisclosures.objects.get(),
    }
    return {name: row.pk for name, row in rows.items()}


def test_addresses_that_stayed(root, keys):
    found = {url: root.get(url.format(**keys), follow=True) for url in STAY}

    wrong = {url: page.status_code for url, page in found.items() if page.status_code != 200}
    assert wrong == {}


@pytest.mark.parametrize("former", MOVED)
def test_addresses_that_moved_keep_their_query(root, keys, former):
    query = "where__exact=page&q=a%26b&q=%C3%A4"

    first = root.get(f"{former}?{query}".format(**keys))
    page = root.get(former.format(**keys), follow=True)

    assert first.headers["Location"] == f"{MOVED[former]}?{query}".format(**keys)
    assert page.status_code == 200


def test_worklists_keep_their_keys():
    assert set(BY_KEY) >= WORKLISTS
