"""Words for subscriptions: how good a status is, what a pause means, how often one is paid."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.services.wording.formats import day_words
from customers.services.wording.isolation import isolated
from customers.upstream.stripe.subscription import PAUSED, Pause

# Stripe, "Subscription", status: an invoice is past its due date, or Stripe gave up on it.
UNPAID = {"past_due", "unpaid"}
# Nor is the first invoice; after 23 hours it is void, and so is the subscription.
FAILED = UNPAID | {"incomplete"}
STOPPED = {"incomplete_expired", PAUSED}
GOING_ON = {"active", "trialing"}
# Nothing is wrong with these. A status in none of the sets is unknown to the portal.
WELL = GOING_ON | {"canceled", ""}

# What happens to invoices during a pause (Stripe, "Subscription", pause_collection).
_INVOICES = {
    "keep_as_draft": gettext_lazy("invoices are kept as drafts"),
    "mark_uncollectible": gettext_lazy("invoices are marked as uncollectible"),
    "void": gettext_lazy("invoices are voided"),
}


def tone_of(standing: str) -> str:
    """`bad`, `warn`, `good`, or `plain` if it has ended or the status is unknown."""
    if standing in FAILED:
        return "bad"
    if standing in STOPPED:
        return "warn"
    return "good" if standing in GOING_ON else "plain"


def pause_words(pause: Pause) -> str:
    """`paused until 3 Dec 2026; invoices are voided`, or as much of it as is known."""
    words = _("paused")
    if pause.resumes_at:
        words = _("paused until %(day)s") % {"day": day_words(pause.resumes_at)}
    return _with_invoices(words, pause)


def collection_words(pause: Pause) -> str:
    words = _("No payments are collected until someone resumes it")
    if pause.resumes_at:
        words = _("No payments are collected until %(day)s") % {"day": day_words(pause.resumes_at)}
    return f"{_with_invoices(words, pause)}."


def _with_invoices(words: str, pause: Pause) -> str:
    return "; ".join(filter(None, (words, str(_INVOICES.get(pause.behavior, "")))))


def every_words(interval: str) -> str:
    known = _EVERY.get(interval)
    return str(known) if known else _("every %(interval)s") % {"interval": isolated(interval)}


_EVERY = {
    "day": gettext_lazy("every day"),
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "year": gettext_lazy("every year"),
}
