"""Check several organizations and report the outcome in a message."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.services.checking.check_many import Checked
from customers.services.credentials.store import CredentialsUnusable
from customers.services.wording.messages import said
from customers.upstream.message import Message


def check_and_say(request: HttpRequest, check: Callable[[], Checked], if_none: str) -> None:
    """Run `check` and report its outcome; `if_none` is the message if it checked nothing."""
    try:
        done, failed, trouble = check()
    except CredentialsUnusable as exc:
        messages.error(request, said(exc.message))
        return
    if not done + failed:
        messages.info(request, if_none)
    elif failed:
        messages.warning(request, _failed_words(done, failed, trouble))
    else:
        words = ngettext(
            "%(done)s checked just now with your credentials.",
            "%(done)s checked just now with your credentials.",
            done,
        )
        messages.success(request, words % {"done": done})


def _failed_words(done: int, failed: int, trouble: Message) -> str:
    words = ngettext(
        "%(failed)s check failed: %(why)s", "%(failed)s checks failed: %(why)s", failed
    )
    parts = [words % {"failed": failed, "why": said(trouble)}, _("Showing the last known state.")]
    if done:
        parts.insert(0, ngettext("%(done)s checked.", "%(done)s checked.", done) % {"done": done})
    return " ".join(parts)
