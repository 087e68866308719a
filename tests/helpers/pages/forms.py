"""Where every form is sent."""

from django.urls import URLPattern, URLResolver

from customers.models import Organization
from tests.helpers.access.people import WALKED_ORG
from tests.helpers.pages.visits import is_catch_all

VALUES = {"org_id": WALKED_ORG, "language": "de", "state": "card", "app_label": "customers"}


def addresses(resolver: URLResolver, prefix: str = "/"):
    """One address for each URL of the portal, with a row that is there where it names one. The API
    takes no form: see tests/api/test_who_may_ask.py."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "api":
                yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern) and not is_catch_all(pattern):
            yield pattern, filled(route)


def filled(route: str) -> str:
    """The route with values in place of its parameters, and no pattern in it."""
    row = str(Organization.objects.get(org_id=WALKED_ORG).pk)
    parts = route.replace("^", "").replace("$", "").split("<")
    names = [part.partition(">") for part in parts[1:]]
    return parts[0] + "".join(
        VALUES.get(name.rpartition(":")[2], row) + rest for name, _, rest in names
    )
