"""Whether the provider of single sign-on is there, and describes itself as it should."""

from django.conf import settings

from customers.services.diagnosis.finding import Finding, ok, problem
from customers.services.single_sign_on.provider import look_at_provider
from customers.services.single_sign_on.sign_in_refused import ProviderAway, SignInRefused

_NAME = "single_sign_on"
_REMEDY = "Look at OIDC_ISSUER, OIDC_CA_BUNDLE and the network; see docs/single-sign-on.md."


def sign_in_provider() -> list[Finding]:
    """Reads its discovery document; nobody is signed in."""
    if settings.OIDC is None:
        return []
    try:
        look_at_provider(settings.OIDC)
    except ProviderAway:
        return [problem(_NAME, "The provider of single sign-on does not answer.", _REMEDY)]
    except SignInRefused:
        sentence = "The provider of single sign-on does not describe itself as OIDC_ISSUER says."
        return [problem(_NAME, sentence, _REMEDY)]
    return [ok(_NAME, "The provider of single sign-on answers.")]
