"""Say why a sign-in at the provider came to nothing, without repeating what the provider sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from customers.dashboard.single_sign_on.marks import has_begun
from customers.services.single_sign_on.recorded_refusals import record_refusal
from customers.services.single_sign_on.sign_in_refused import (
    ProviderAway,
    SignInRefused,
    WhyRefused,
)

_AWAY = gettext_lazy("The sign-in provider doesn’t answer. Try again in a few minutes.")
_OTHERWISE = gettext_lazy(
    "Sign-in failed. Try again, and contact your administrator if it persists."
)
_WORDS = {
    WhyRefused.STATE: gettext_lazy("This sign-in took too long or was already used. Start again."),
    WhyRefused.PROVIDER: gettext_lazy("The sign-in provider didn’t sign you in."),
    WhyRefused.SECOND_FACTOR: gettext_lazy(
        "This portal requires a second factor, and the sign-in provider asked you for none. "
        "Set one up there, then sign in again."
    ),
    WhyRefused.NOT_RECENT: gettext_lazy("The sign-in provider didn’t ask you to sign in again."),
    WhyRefused.OTHER_USER: gettext_lazy("You signed in there as someone else."),
    WhyRefused.UNKNOWN: gettext_lazy(
        "You have no account here. Your administrator can add you to a group that has access, or "
        "connect your existing account."
    ),
    WhyRefused.NAME_TAKEN: gettext_lazy(
        "An account with your name already exists here. Sign in with its password and connect it "
        "under “Recent sign-ins”, or ask your administrator to connect it."
    ),
    WhyRefused.NOT_STAFF: gettext_lazy(
        "Your account doesn’t have access to this portal. Contact your administrator."
    ),
}


def failed(request: HttpRequest, exc: ProviderAway | SignInRefused, place: str) -> HttpResponse:
    if isinstance(exc, SignInRefused):
        _record(request, exc)
        words = _WORDS.get(exc.reason, _OTHERWISE)
    else:
        words = _AWAY
    messages.error(request, str(words))
    return redirect(place)


def _record(request: HttpRequest, exc: SignInRefused) -> None:
    """Not what strangers send who have begun nothing."""
    if exc.reason is WhyRefused.STATE and not has_begun(request):
        return
    signed_in = request.user if request.user.is_authenticated else None
    record_refusal(exc.reason, exc.user or signed_in)
