"""Error pages: not found, forbidden, paused, broken."""

import math
import sys
from datetime import datetime, timedelta

from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from customers.dashboard.back import way_back
from customers.dashboard.drafts import sent_again
from customers.dashboard.permissions import needed
from customers.dashboard.static_files import REMEDY, NotCollected
from customers.services.accounts.session_users import lacking
from customers.services.wording.formats import span_words
from observability.request_id import current

_SECONDS_TO_WAIT = "5"


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    missing = lacking(request.user, needed(request, exception))
    return render(request, "errors/403.html", {"missing": missing}, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF token was wrong: an old form, a foreign one, or a new sign-in in another tab."""
    is_in = request.path == reverse("admin:login") and admin.site.has_permission(request)
    context = {"sent": sent_again(request), "is_in": is_in, "next": way_back(request, "")}
    return render(request, "errors/form_too_old.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is busy or away is no bug: nothing was written, so a retry is safe."""
    error = sys.exception()
    if isinstance(error, OperationalError | InterfaceError):
        return _database_busy(request)
    if isinstance(error, NotCollected):
        return render(request, "errors/not_collected.html", {"remedy": REMEDY}, status=503)
    return render(request, "errors/500.html", {"request_id": current.get()}, status=500)


def paused(request: HttpRequest, until: datetime) -> HttpResponse:
    """After too many wrong passwords or codes; unknown user names get the same page."""
    left = max(until - timezone.now(), timedelta(seconds=1))
    context = {"pause": span_words(left), "until": until}
    page = render(request, "errors/429.html", context, status=429)
    page["Retry-After"] = str(math.ceil(left.total_seconds()))
    return page


def _database_busy(request: HttpRequest) -> HttpResponse:
    response = render(request, "errors/database_busy.html", status=503)
    response["Retry-After"] = _SECONDS_TO_WAIT
    return response
