"""Ask the sign-in provider (OpenID Connect), and believe only what its keys have signed."""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import requests
from authlib.integrations.django_client import OAuth, OAuthError
from authlib.oidc.core import IDToken
from django.views.decorators.debug import sensitive_variables
from joserfc.errors import JoseError

from customers.services.single_sign_on.claims import LEEWAY, Claims, claims_of
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.sign_in_refused import (
    ProviderAway,
    SignInRefused,
    WhyRefused,
)
from customers.upstream.loopback import is_loopback

logger = logging.getLogger(__name__)
_TIMEOUT = (3.05, 8.0)  # seconds to connect, and between two bytes
_MEMORY = 60 * 60  # seconds until discovery and keys are read again
# Of public keys alone: never `none`, and never a shared secret.
_ALGORITHMS = frozenset(
    f"{family}{size}" for family in ("RS", "PS", "ES") for size in (256, 384, 512)
) | {"EdDSA", "Ed25519"}
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_READ = (*_ENDPOINTS, "issuer", "end_session_endpoint")
_SIGNED_BY = "id_token_signing_alg_values_supported"
_TEMPORARY = {"temporarily_unavailable", "server_error", "slow_down"}
_NOT_UNDERSTOOD = (ValueError, TypeError, KeyError, AttributeError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Departure:
    """`url` is where the browser goes; the rest must be kept for its return."""

    url: str
    state: str
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    claims: Claims
    id_token: str = field(repr=False)
    refresh_token: str = field(repr=False)


def depart(sso: SingleSignOn, redirect_uri: str, **parameters: str) -> Departure:
    """Raises ProviderAway, SignInRefused."""
    with _asking():
        found = _client(sso).create_authorization_url(redirect_uri, **parameters)
        return Departure(found["url"], found["state"], found["nonce"], found["code_verifier"])


@sensitive_variables()
def redeem(
    sso: SingleSignOn, code: str, *, redirect_uri: str, nonce: str, code_verifier: str
) -> ProviderAnswer:
    """Exchange the code that the browser brought. Raises ProviderAway, SignInRefused."""
    with _asking():
        client = _client(sso)
        token = client.fetch_access_token(
            code=code, redirect_uri=redirect_uri, code_verifier=code_verifier
        )
        id_token = _text(token, "id_token")
        if not id_token:
            raise SignInRefused(WhyRefused.NO_ID_TOKEN)
        said = _parsed(client, sso, token, nonce)
    return ProviderAnswer(claims_of(said), id_token, _text(token, "refresh_token"))


@sensitive_variables()
def renew_at_provider(sso: SingleSignOn, refresh_token: str, subject: str) -> str:
    """The refresh token for the next time. Raises SignInRefused if the provider no longer renews
    the session of `subject`, ProviderAway."""
    with _asking():
        client = _client(sso)
        token = client.fetch_access_token(grant_type="refresh_token", refresh_token=refresh_token)
        if not _text(token, "access_token"):  # any other JSON is no error to the library
            raise SignInRefused(WhyRefused.PROVIDER)
        if _text(token, "id_token"):
            said = claims_of(_parsed(client, sso, token, nonce=None))
            if said.subject != subject:
                raise SignInRefused(WhyRefused.OTHER_USER)
    return _text(token, "refresh_token") or refresh_token


def sign_out_url(sso: SingleSignOn, id_token: str, back: str) -> str:
    """Where the provider ends its own session; "" if it has no such page. Raises ProviderAway."""
    with _asking():
        client = _client(sso)
        end = client.load_server_metadata().get("end_session_endpoint")
        if not end or not _is_safe(sso, end):
            return ""
        found = client.create_logout_url(back, id_token, client_id=sso.client_id)
        return str(found["url"])


@contextmanager
def _asking() -> Iterator[None]:
    """The library's messages may hold what was sent, so log none of them."""
    try:
        yield
    except requests.RequestException as exc:
        logger.warning("The sign-in provider was not reached: %s", type(exc).__name__)
        raise ProviderAway from None
    except OAuthError as exc:
        if exc.error in _TEMPORARY:
            raise ProviderAway from None
        raise SignInRefused(WhyRefused.PROVIDER) from None
    except (JoseError, *_NOT_UNDERSTOOD) as exc:
        logger.warning("The sign-in provider's answer was refused: %s", type(exc).__name__)
        raise SignInRefused(WhyRefused.CLAIMS) from None


def look_at_provider(sso: SingleSignOn) -> None:
    """Read what it says of itself now. Raises ProviderAway, SignInRefused."""
    with _asking():
        _discovered(sso)


def _client(sso: SingleSignOn) -> Any:
    return _remembered(sso, int(time.time() // _MEMORY))


@lru_cache(maxsize=4)
def _remembered(sso: SingleSignOn, hour: int) -> Any:
    """Discovery and keys are read again after an hour at most, and whenever they were refused."""
    return _discovered(sso)


def _discovered(sso: SingleSignOn) -> Any:
    """A client that knows a discovery document without fault. Of the document it knows what _READ
    names: the library would let any other name change how the provider is asked."""
    address = f"{sso.issuer.rstrip('/')}/.well-known/openid-configuration"
    said = _new_client(sso, server_metadata_url=address).load_server_metadata()
    believed = {name: said[name] for name in _READ if name in said}
    believed[_SIGNED_BY] = _accepted_algorithms(sso, said)
    methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
    return _new_client(sso, method, **believed)


def _accepted_algorithms(sso: SingleSignOn, said: Mapping[str, Any]) -> list[str]:
    """Raises SignInRefused if the document has a fault."""
    if said.get("issuer") != sso.issuer:
        logger.error(
            "The discovery document names another issuer than OIDC_ISSUER, which must be exactly "
            "the same."
        )
        raise SignInRefused(WhyRefused.DISCOVERY)
    if not all(_is_safe(sso, said.get(name)) for name in _ENDPOINTS):
        logger.error("The discovery document names an address that is missing or not https.")
        raise SignInRefused(WhyRefused.DISCOVERY)
    allowed = [name for name in said.get(_SIGNED_BY, ["RS256"]) if name in _ALGORITHMS]
    if not allowed:
        logger.error("The sign-in provider signs with no algorithm that the portal accepts.")
        raise SignInRefused(WhyRefused.DISCOVERY)
    return allowed


def _new_client(sso: SingleSignOn, method: str = "client_secret_basic", **known: Any) -> Any:
    """`method` is how the client's secret is sent."""
    return OAuth().register(
        "provider",
        client_id=sso.client_id,
        client_secret=sso.client_secret,
        client_kwargs={
            "scope": sso.scopes,
            "token_endpoint_auth_method": method,
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT,
            "max_redirects": 0,
            "trust_env": False,
            "proxies": {"http": sso.proxy, "https": sso.proxy} if sso.proxy else {},
            "verify": sso.ca_bundle or True,
        },
        **known,
    )


def _parsed(client: Any, sso: SingleSignOn, token: Any, nonce: str | None) -> dict[str, Any]:
    options = {
        "iss": {"essential": True, "value": sso.issuer},
        "aud": {"essential": True, "value": sso.client_id},
    }
    said = client.parse_id_token(
        token, nonce=nonce, claims_options=options, claims_cls=IDToken, leeway=LEEWAY
    )
    return dict(said)


def _is_safe(sso: SingleSignOn, url: object) -> bool:
    """https, or on this machine if the issuer is."""
    if not isinstance(url, str):
        return False
    return url.startswith("https://") or (
        sso.issuer.startswith("http://") and url.startswith("http://") and is_loopback(url)
    )


def _text(token: Any, name: str) -> str:
    value = token.get(name)
    return value if isinstance(value, str) else ""
