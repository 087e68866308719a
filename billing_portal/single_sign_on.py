"""Read the settings of single sign-on, with one clear sentence per mistake."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from billing_portal import environment as env
from customers.services.single_sign_on.configuration import (
    OFF,
    ON,
    SecondFactorClaim,
    SingleSignOn,
)
from customers.upstream.loopback import is_loopback


def single_sign_on() -> SingleSignOn | None:
    """None unless OIDC_ISSUER is set."""
    issuer = env.text("OIDC_ISSUER").strip()
    if not issuer:
        return None
    return SingleSignOn(
        issuer=_issuer(issuer),
        client_id=env.required("OIDC_CLIENT_ID", "The provider names it when you register."),
        client_secret=env.required(
            "OIDC_CLIENT_SECRET", "The provider shows it when you register the portal."
        ),
        scopes=_scopes(),
        groups=_groups(),
        second_factor=_second_factor(),
        recheck=env.duration("OIDC_RECHECK", "15m", least="1m"),
        token_recheck=env.duration("OIDC_TOKEN_RECHECK", "7d", least="1m"),
        proxy=env.address("OIDC_PROXY"),
        ca_bundle=env.ca_bundle("OIDC_CA_BUNDLE"),
    )


def local_sign_in(sso: SingleSignOn | None) -> str:
    """`on`, `off`, or the one user who may still sign in with a password."""
    value = env.text("LOCAL_SIGN_IN").strip() or ON
    value = value.lower() if value.lower() in {ON, OFF} else value
    if value != ON and sso is None:
        raise ImproperlyConfigured(
            f"LOCAL_SIGN_IN is {value!r}, but OIDC_ISSUER is not set, so nobody could sign in."
        )
    return value


def _issuer(issuer: str) -> str:
    try:
        parts = urlsplit(issuer)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(
            "OIDC_ISSUER must be the provider's address, such as https://id.example.com, exactly "
            "as its discovery document names it."
        )
    if parts.scheme == "http" and not is_loopback(issuer):
        raise ImproperlyConfigured(
            "OIDC_ISSUER is plain http to another machine, so anybody on the way could sign in as "
            "anybody; use https://."
        )
    return issuer


def _scopes() -> str:
    scopes = env.text("OIDC_SCOPES").replace(",", " ").split() or ["openid", "profile", "email"]
    if "openid" not in scopes:
        raise ImproperlyConfigured(
            "OIDC_SCOPES must contain openid, such as openid,profile,email,groups."
        )
    return " ".join(scopes)


def _groups() -> tuple[tuple[str, str], ...]:
    pairs = []
    for entry in env.listed("OIDC_GROUPS"):
        theirs, equals, ours = (part.strip() for part in entry.rpartition("="))
        if not (theirs and equals and ours):
            raise ImproperlyConfigured(
                f"OIDC_GROUPS: {entry!r} is not a group of the provider, an equals sign, and "
                "either staff or a group of the portal, such as "
                "billing-support=staff,billing-support=Support."
            )
        pairs.append((theirs, ours))
    return tuple(pairs)


def _second_factor() -> SecondFactorClaim | None:
    value = env.text("OIDC_SECOND_FACTOR").strip()
    if not value:
        return None
    claim, _, wanted = (part.strip() for part in value.partition(":"))
    if claim not in {"amr", "acr"} or not wanted or " " in wanted:
        raise ImproperlyConfigured(
            f"OIDC_SECOND_FACTOR is {value!r}; write amr: or acr: and the value that stands for "
            "the second factor, such as amr:mfa."
        )
    return SecondFactorClaim(claim, wanted)
