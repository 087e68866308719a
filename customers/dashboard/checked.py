"""Check several organizations, and say on the next page what came of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.services.credentials import CredentialsUnusable
from customers.services.sentences import said


def check_and_say(request: HttpRequest, check: Callable[[], tuple[int, int]], if_none: str) -> None:
    """`check` returns how many were checked and how many could not be; `if_none` is said if there
    was nothing to check."""
    try:
        done, failed = check()
    except CredentialsUnusable as exc:
        messages.error(request, said(str(exc)))
        return
    if not done + failed:
        messages.info(request, if_none)
    elif failed:
        words = _("%(done)s checked, %(failed)s could not be; their last answers stay.")
        messages.warning(request, words % {"done": done, "failed": failed})
    else:
        words = ngettext(
            "%(done)s checked just now with your credentials.",
            "%(done)s checked just now with your credentials.",
            done,
        )
        messages.success(request, words % {"done": done})
