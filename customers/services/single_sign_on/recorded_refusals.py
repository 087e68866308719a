"""Record sign-ins at the provider that were refused."""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SecurityEvent
from customers.services.accounts.pauses import Paused, begin_attempt, limit
from customers.services.accounts.security_events import record_event
from customers.services.disclosures.request_origin import current_origin
from customers.services.single_sign_on.sign_in_refused import WhyRefused


def record_refusal(reason: WhyRefused, user: AbstractBaseUser | None) -> None:
    """Of strangers only as many from one address as wrong passwords: they could fill the log."""
    if user is None:
        try:
            begin_attempt(limit("refused by provider", current_origin().ip_address))
        except Paused:
            return
    record_event(SecurityEvent.Code.SIGN_IN_REFUSED, user=user, detail={"reason": reason.value})
