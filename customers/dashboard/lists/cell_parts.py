"""What the cells of a list are made of."""

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from customers.dashboard.templatetags.signs import icon
from customers.models import Customer

Cell = tuple[str, str]  # what it says and its title, each escaped
HIDDEN = '<span class="visually-hidden">, {}</span>'


def once(
    say: Callable[[Customer], Any], alike: Callable[[Customer], Any]
) -> Callable[[Customer], Any]:
    """`say`, worked out once for all customers that are `alike`."""
    said = dict[Any, Any]()

    def of(customer: Customer) -> Any:
        facts = alike(customer)
        if facts not in said:
            said[facts] = say(customer)
        return said[facts]

    return of


def with_sign(sign: str, tone: str, said: str, hidden: SafeString) -> SafeString:
    return format_html(
        '<span class="standing {}">{}<span>{}</span>{}</span>', tone, icon(sign), said, hidden
    )
