"""What the tables of the reports say."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.services.reports.answer_ages import AgeBand
from customers.services.wording.formats import count_words, span_words

# Of fewer, a percentage would say more than is known.
_FEWEST = 20


def of_words(part: int, count: int) -> str:
    """`3 of 4`, with a percentage where there are enough."""
    words = _("%(part)s of %(count)s") % {"part": count_words(part), "count": count_words(count)}
    if count < _FEWEST:
        return words
    return _("%(words)s (%(percent)s%%)") % {"words": words, "percent": round(100 * part / count)}


def days_words(days: float) -> str:
    """`7 days`, or `less than a day`."""
    if days < 1:
        return _("less than a day")
    whole = round(days)
    return ngettext("%(count)s day", "%(count)s days", whole) % {"count": count_words(whole)}


def age_band_words(band: AgeBand) -> str:
    """`up to 6 hours`; `over 3 days` for the last."""
    if band.oldest:
        return _("up to %(span)s") % {"span": span_words(band.oldest)}
    return _("over %(span)s") % {"span": span_words(band.youngest)}
