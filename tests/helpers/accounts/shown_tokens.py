"""API tokens as pages show them."""

import re

from django.http import HttpResponse


def shown_token(answer: HttpResponse) -> str:
    """The token on a page, or ""."""
    found = re.search(r"bpt_[0-9A-Za-z]{36}", answer.content.decode())
    return found[0] if found else ""
