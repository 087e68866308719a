"""What a validated ID token says of its user."""

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from customers.models.oidc_identity import LONGEST_SUBJECT
from customers.services.single_sign_on.configuration import SecondFactorClaim
from customers.services.single_sign_on.sign_in_refused import SignInRefused, WhyRefused
from customers.upstream.clean_text import clean_line

LEEWAY = 60  # seconds that the provider's clock may differ


@dataclass(frozen=True, slots=True)
class Claims:
    subject: str
    auth_time: float  # when the user last proved who they are; 0 if the provider does not say
    groups: frozenset[str]
    username: str
    email: str  # only one that the provider has verified
    first_name: str
    last_name: str
    methods: frozenset[str]  # amr
    level: str  # acr

    def has(self, factor: SecondFactorClaim | None) -> bool:
        if factor is None:
            return False
        said = self.methods if factor.claim == "amr" else {self.level}
        return factor.value in said

    def is_since(self, moment: float) -> bool:
        """Whether the user has proved who they are after `moment`."""
        return self.auth_time >= moment - LEEWAY


def claims_of(said: Mapping[str, Any]) -> Claims:
    """`said` was signed by the provider for this portal."""
    subject, auth_time = said.get("sub"), _number(said, "auth_time")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise SignInRefused(WhyRefused.CLAIMS)
    if not subject.isprintable() or auth_time > time.time() + LEEWAY:
        raise SignInRefused(WhyRefused.CLAIMS)
    return Claims(
        subject=subject,
        auth_time=auth_time,
        groups=_texts(said, "groups"),
        username=_text(said, "preferred_username"),
        email=_text(said, "email") if said.get("email_verified") is True else "",
        first_name=clean_line(_words(said, "given_name")),
        last_name=clean_line(_words(said, "family_name")),
        methods=_texts(said, "amr"),
        level=_text(said, "acr"),
    )


def _words(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _text(said: Mapping[str, Any], name: str) -> str:
    value = _words(said, name)
    return value.strip() if value.isprintable() else ""


def _texts(said: Mapping[str, Any], name: str) -> frozenset[str]:
    value = said.get(name)
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        return frozenset()
    return frozenset(text for text in values if isinstance(text, str))


def _number(said: Mapping[str, Any], name: str) -> float:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(min(value, sys.maxsize))
