"""Every page that staff can look at, in the states that it can be in."""

from django.contrib.auth.models import User
from django.http import StreamingHttpResponse
from django.urls import get_resolver

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
    return found | STATES | _pages_without_arguments(user)


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
