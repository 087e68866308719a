"""What every template needs to know of the portal itself."""

from django.conf import settings
from django.http import HttpRequest

from customers.upstream.loopback import is_loopback


def portal(request: HttpRequest) -> dict[str, object]:
    """`sandbox_url` is set when the upstream is on this machine: its data is made up."""
    url = settings.CATALYZE_BASE_URL
    return {"sandbox_url": url if is_loopback(url) else "", "version": settings.VERSION}
