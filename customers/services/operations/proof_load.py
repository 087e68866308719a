"""Whether the pace of each API key suffices to renew all proofs of access in time.
A sync asks each user about each organization once every half ACCESS_PROOF_TTL."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from babel.numbers import format_decimal
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import get_language, gettext, ngettext

from customers.models import Credentials, KeyRateLimit, Organization
from customers.services.access.kept_figures import kept
from customers.services.access.proof_rule import uses_lists
from customers.services.credentials.catalyze_client import key_hash
from customers.services.credentials.encryption import SealBroken, unseal
from customers.services.wording.formats import count_words, locale_code, span_words


@dataclass(frozen=True, slots=True)
class ProofLoad:
    """Of one API key's users. `needed` is a bound: refusals are asked about half as often."""

    users: int
    organizations: int
    needed: int  # calls per period
    per_second: float
    period: timedelta
    is_slowed: bool = False  # Catalyze asked to slow down

    @property
    def possible(self) -> float:
        seconds = self.period.total_seconds()
        return self.per_second * seconds if seconds else 0.0

    @property
    def fits(self) -> bool:
        return self.needed <= self.possible


def proof_load(max_rps: float | None = None) -> ProofLoad:
    """Of the API key nearest to its limit or furthest beyond; zero under ACCESS_PROOFS=listed."""
    bound = (settings.CATALYZE_MAX_RPS if max_rps is None else max_rps) or inf
    users = Counter[str]() if uses_lists() else _users_by_key()
    limits = KeyRateLimit.objects.filter(pk__in=users)
    rates = {row.key_hash: row.slow_rate or bound for row in limits}
    organizations = Organization.objects.count()
    period = settings.ACCESS_PROOF_TTL / 2
    loads = [
        ProofLoad(
            users=count,
            organizations=organizations,
            needed=count * organizations,
            per_second=min(bound, rates.get(key, bound)),
            period=period,
            is_slowed=rates.get(key, bound) < bound,
        )
        for key, count in users.items()
    ]
    idle = ProofLoad(0, organizations, 0, bound, period)
    return max(loads, key=lambda load: load.needed / max(load.possible, 1.0), default=idle)


def _users_by_key() -> Counter[str]:
    users: Counter[str] = Counter()
    for row in Credentials.objects.filter(user__is_active=True):
        if not row.may_ask:
            continue
        try:
            secrets = unseal(row.user_id, row.sealed)
        except SealBroken:  # nobody can ask with these
            continue
        users[key_hash(secrets.api_key)] += 1
    return users


def shortfall_for(user: AbstractBaseUser) -> list[str]:
    """What is short, and the remedy; empty if all fits."""
    language = get_language() or settings.LANGUAGE_CODE
    said = kept(user, "proofs", lambda: {language: _said()}, [language]).figures
    return list(said[language])


def _said() -> list[str]:
    load = proof_load()
    return [] if load.fits else [shortfall_words(load), shortfall_remedy(load)]


def shortfall_words(load: ProofLoad) -> str:
    needs = ngettext(
        "%(users)s user × %(organizations)s organizations need %(needed)s calls every %(period)s.",
        "%(users)s users × %(organizations)s organizations need %(needed)s calls every %(period)s.",
        load.users,
    ) % {
        "users": count_words(load.users),
        "organizations": count_words(load.organizations),
        "needed": count_words(load.needed),
        "period": span_words(load.period),
    }
    if load.is_slowed:
        gives = gettext(
            "At the %(rate)s per second that Catalyze last allowed, their API key gives "
            "%(possible)s."
        )
    else:
        gives = gettext("At %(rate)s per second, their API key gives %(possible)s.")
    gives %= {
        "rate": format_decimal(load.per_second, "#,##0.###", locale_code()),
        "possible": count_words(int(load.possible)),
    }
    short = gettext("Not all proofs of access can be renewed in time.")
    return f"{short} {needs} {gives}"


def shortfall_remedy(load: ProofLoad) -> str:
    if load.is_slowed:
        return gettext(
            "Have Catalyze raise the rate limit of the key, lengthen ACCESS_PROOF_TTL, let fewer "
            "users store credentials, or set ACCESS_PROOFS=listed."
        )
    return gettext(
        "Raise CATALYZE_MAX_RPS, lengthen ACCESS_PROOF_TTL, let fewer users store credentials, or "
        "set ACCESS_PROOFS=listed."
    )
