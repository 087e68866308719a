"""Every page that staff can look at, in the states that it can be in."""

from io import StringIO

from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.http import StreamingHttpResponse
from django.urls import get_resolver

from customers.models import SyncRun
from tests.conftest import browser_of
from tests.sandbox_process import SandboxProcess

ORGANIZATIONS = {
    "card": "Bingo",
    "delinquent": "Sycamore Surgical",
    "no-payment-method": "Pinecrest Family Practice",
    "deleted": "Oakline Orthopedics",
    "details-not-sent": "Ivy Lane Dental",
    "bank-account": "Larch Cooperative",
    "many-cards": "Zelkova Health Network",
    "markup": "Markup & Sons <script>alert('name')</script>",
    "expiring": "Viburnum Vision",
}
STATES = {
    "worklist": "/orgs/?worklist=expired",
    "filtered": "/orgs/?brand=Visa&sort=-balance",
    "nothing-found": "/orgs/?q=zzz",
    "missing": "/orgs/nowhere/",
    "answer": "/answers/de/card/",
    "password": "/admin/password_change/",
}


def pages(user: User, sandbox: SandboxProcess) -> dict[str, str]:
    """Names and URLs: whatever the portal has at a URL without arguments, and the states above.

    The organizations come first, so that the other pages have something to show.
    """
    found = {name: f"/orgs/{sandbox.org_id(org)}/" for name, org in ORGANIZATIONS.items()}
    also = ("change_answertemplate", "view_credentials")
    user.user_permissions.add(*Permission.objects.filter(codename__in=also))
    return found | STATES | {"sync-run": _sync_run(user)} | _pages_without_arguments(user)


def _sync_run(user: User) -> str:
    call_command("sync_customers", user=[user.get_username()], limit=3, stdout=StringIO())
    return SyncRun.objects.latest("pk").get_absolute_url()


def _pages_without_arguments(user: User) -> dict[str, str]:
    client = browser_of(user)
    found = {}
    for pattern in get_resolver().url_patterns[1].url_patterns:
        url = f"/{pattern.pattern}"
        if "<" in url:
            continue
        response = client.get(url)
        if isinstance(response, StreamingHttpResponse) or response.status_code != 200:
            continue
        if response["Content-Type"].startswith("text/html"):
            found[pattern.name] = url
    return found
