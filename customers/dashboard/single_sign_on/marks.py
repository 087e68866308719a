"""What the session remembers of the provider: an unfinished step, and that it began there."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest

# Session keys.
PROVIDER_SESSION = "provider_session"
FACTOR_AT_PROVIDER = "second_factor_at_provider"
_STEPS, _CONFIRMING, _LEAVING = "provider_steps", "confirming", "leaving_provider"

TO_SIGN_IN, TO_CONNECT, TO_CONFIRM = "sign_in", "connect", "confirm"
_LASTS = 10 * 60  # seconds at the provider
_MOST = 5  # tabs in which somebody signs in at once


@dataclass(frozen=True, slots=True)
class ProviderStep:
    purpose: str
    begun_at: float
    way: str
    redirect_uri: str
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirming:
    """The form that waits until its user has confirmed who they are; it holds no secret."""

    path: str
    carried: list[list[str]]
    back: str


def began_at_provider(request: HttpRequest) -> bool:
    return PROVIDER_SESSION in request.session


def remember_step(request: HttpRequest, state: str, step: ProviderStep) -> None:
    steps = {**request.session.get(_STEPS, {}), state: asdict(step)}
    latest = sorted(steps.items(), key=lambda item: -item[1]["begun_at"])[:_MOST]
    request.session[_STEPS] = dict(latest)
    if not request.user.is_authenticated:
        request.session.set_expiry(_LASTS)  # signing in begins a session of the usual length


def has_begun(request: HttpRequest) -> bool:
    return _STEPS in request.session


def take_step(request: HttpRequest, state: str) -> ProviderStep | None:
    """Once, so that an answer cannot be used twice."""
    steps: dict[str, Any] = dict(request.session.get(_STEPS, {}))
    found = steps.pop(state, None)
    if found is None:
        return None
    request.session[_STEPS] = steps
    step = ProviderStep(**found)
    return step if 0 <= time.time() - step.begun_at < _LASTS else None


def remember_form(request: HttpRequest, form: Confirming) -> None:
    request.session[_CONFIRMING] = asdict(form)


def form_to_confirm(request: HttpRequest) -> Confirming | None:
    found = request.session.get(_CONFIRMING)
    return Confirming(**found) if found else None


def take_form(request: HttpRequest) -> Confirming | None:
    form = form_to_confirm(request)
    request.session.pop(_CONFIRMING, None)
    return form


def remember_leaving(request: HttpRequest, provider_session: str) -> None:
    request.session[_LEAVING] = provider_session


def take_leaving(request: HttpRequest) -> str:
    return str(request.session.pop(_LEAVING, ""))
