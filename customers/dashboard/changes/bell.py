"""The bell in the top bar: how much of what the user watches is unread.
The session remembers whether they watch anything, so that pages of those who do not count nothing.
Their other sessions learn of a first watch within a minute."""

from dataclasses import dataclass
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest

from customers.services.watching.unread import UNREAD_CAP, count_unread
from customers.services.watching.watches import watches_any
from customers.services.wording.formats import capped_words

_IS_WATCHING = "is_watching"


@dataclass(frozen=True, slots=True)
class Bell:
    count: int
    words: str  # "" for none


def ring(request: HttpRequest) -> Bell:
    count = count_unread(cast("User", request.user)) if is_watching(request) else 0
    return Bell(count, capped_words(count, UNREAD_CAP) if count else "")


def is_watching(request: HttpRequest) -> bool:
    return bool(request.session.get(_IS_WATCHING, True))


def remember_watching(request: HttpRequest) -> None:
    request.session[_IS_WATCHING] = watches_any(cast("User", request.user))
