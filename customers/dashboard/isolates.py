"""Show names from outside so that their text direction does not affect the text around them."""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from customers.services.wording.isolation import END, START, plain

_ISOLATED = re.compile(f"{START}([^{START}{END}]*){END}")


def bdi(text: object) -> SafeString:
    return mark_safe(f"<bdi>{isolates(text)}</bdi>")


def isolates(sentence: object) -> SafeString:
    """`sentence` with each isolated part in a <bdi>."""
    return mark_safe(plain(_ISOLATED.sub(r"<bdi>\1</bdi>", conditional_escape(str(sentence)))))
