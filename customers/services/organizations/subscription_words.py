"""How a subscription stands: which statuses are well, what a pause means, how often it is paid."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.services.wording.formats import day_words
from customers.services.wording.isolation import isolated
from customers.upstream.stripe.subscription import PAUSED, Pause

# Stripe, "Subscription", status: an invoice is open after its due date, or was given up on.
UNPAID = {"past_due", "unpaid"}
# The first invoice is not paid either; it is void, with the subscription, after 23 hours.
FAILED = UNPAID | {"incomplete"}
STOPPED = {"incomplete_expired", PAUSED}
GOING_ON = {"active", "trialing"}
# Nothing is wrong with these; of a status that is in none of the sets, nobody knows.
WELL = GOING_ON | {"canceled", ""}

# What becomes of invoices while collection is paused (Stripe, "Subscription", pause_collection).
_INVOICES = {
    "keep_as_draft": gettext_lazy("invoices are kept as drafts"),
    "mark_uncollectible": gettext_lazy("invoices are marked as uncollectible"),
    "void": gettext_lazy("invoices are voided"),
}


def tone_of(standing: str) -> str:
    """`bad`, `warn`, `good`, or `plain` for what has ended or is not known."""
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
    """The same as a sentence."""
    words = _("No payments are collected until someone resumes it")
    if pause.resumes_at:
        words = _("No payments are collected until %(day)s") % {"day": day_words(pause.resumes_at)}
    return f"{_with_invoices(words, pause)}."


def _with_invoices(words: str, pause: Pause) -> str:
    return "; ".join(filter(None, (words, str(_INVOICES.get(pause.behavior, "")))))


def every_words(interval: str) -> str:
    """How often a subscription is paid: `every month`."""
    known = _EVERY.get(interval)
    return str(known) if known else _("every %(interval)s") % {"interval": isolated(interval)}


_EVERY = {
    "day": gettext_lazy("every day"),
    "week": gettext_lazy("every week"),
    "month": gettext_lazy("every month"),
    "year": gettext_lazy("every year"),
}
