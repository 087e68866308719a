"""Find organizations by what a ticket holds: an id, a name, an e-mail, the last four digits."""

import re
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from customers.models import Customer
from customers.services.access import visible_customers
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id

LONGEST = 200
_SHORTEST_PREFIX = 4
_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Found:
    """`opens` is the org id to open at once; otherwise the hits are to be listed."""

    opens: str = ""


def clean_search(text: str) -> str:
    """`text` on one line and without what no column can hold."""
    return " ".join(text.replace("\x00", " ").encode(errors="replace").decode().split())[:LONGEST]


def find(user: AbstractBaseUser, text: str) -> Found:
    """What the search box does with `text`, among what `user` may see.

    Something of the form of an org id is always opened: Catalyze is then asked with the user's
    own credentials, so that the outcome is the same whether or not the portal knows it.
    """
    text = clean_search(text)
    if re.fullmatch(_UUID, text, re.IGNORECASE):
        return Found(text)
    hits = visible_customers(user).filter(matches(text)).values_list("organization__org_id")[:2]
    exact = visible_customers(user).filter(organization__org_id=text).exists()
    if exact:
        return Found(text)
    if len(hits) == 1:
        return Found(hits[0][0])
    return Found()


def matches(text: str) -> Q:
    """The condition on Customer under which it is a hit for `text`."""
    condition = (
        Q(organization__name__icontains=text)
        | Q(organization__org_id__iexact=text)
        | Q(customer_id=text)
        | Q(email__icontains=text)
    )
    if len(text) >= _SHORTEST_PREFIX:
        condition |= Q(organization__org_id__istartswith=text)
    digits = re.fullmatch(r"(?:\D*\s)?[•*x. ]*(\d{4})", text, re.IGNORECASE)
    return condition | Q(last4=digits[1]) if digits else condition


def search(customers: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """`customers` that match `text`; all of them for an empty text."""
    text = clean_search(text)
    return customers.filter(matches(text)) if text else customers


def may_be_org_id(text: str) -> bool:
    """Whether it makes sense to offer asking Catalyze about `text` as an org id."""
    try:
        clean_org_id(clean_search(text))
    except BadOrgId:
        return False
    return " " not in clean_search(text) and "@" not in text
