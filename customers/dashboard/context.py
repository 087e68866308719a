"""What every template needs to know about the portal and its reader."""

from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from customers.dashboard.changes.bell import ring
from customers.dashboard.drafts import offered
from customers.dashboard.forms import RenewalForm
from customers.services.operations.catalyze_standing import catalyze_standing
from customers.upstream.loopback import is_loopback


def portal(request: HttpRequest) -> dict[str, object]:
    """`sandbox_url` is set if the upstream runs on this machine: its data is made up."""
    url = settings.CATALYZE_BASE_URL
    return {"sandbox_url": url if is_loopback(url) else "", "version": settings.VERSION}


def reader(request: HttpRequest) -> dict[str, object]:
    return {
        # Requests refused before authentication have no user.
        "draft": offered(request) if hasattr(request, "user") else None,
        "catalyze": SimpleLazyObject(lambda: catalyze_standing(cast("User", request.user))),
        "bell": SimpleLazyObject(lambda: ring(request)),
        "renewal_form": SimpleLazyObject(RenewalForm),
    }
