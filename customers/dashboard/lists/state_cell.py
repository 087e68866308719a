"""The cell that says the state of an organization's billing."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from django.utils.html import escape, format_html_join

from customers.dashboard.lists.card_marks import state_sign
from customers.dashboard.lists.cell_parts import HIDDEN, Cell, once, with_sign
from customers.models import Customer
from customers.services.organizations import summary

# What the badges of a customer tell, beside how its expiry stands: see the summary of services.
_STANDING = attrgetter(
    "state",
    "delinquent",
    "subscription_status",
    "cvc_check",
    "address_line1_check",
    "address_zip_check",
)


def state_cell(day: date) -> Callable[[Customer], Cell]:
    """Its first badge; all of them on hover and for screen readers."""

    def say(row: Customer) -> Cell:
        (tone, first), *others = summary.badges(row, day)
        labels = [first, *(label for _tone, label in others)]
        hidden = format_html_join("", HIDDEN, ((label,) for label in labels[1:]))
        return with_sign(state_sign(row, day), tone, first, hidden), escape(", ".join(labels))

    return once(
        say,
        lambda row: (
            _STANDING(row),
            summary.expiry_tone(row, day),
            summary.ends_before_renewal(row),
        ),
    )
