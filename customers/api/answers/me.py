"""Who the caller is, what the token allows, and whether Catalyze can be asked."""

from django.conf import settings
from django.utils import timezone

from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer, iso
from customers.services.credentials.store import stored_credentials


def me(asked: Asked) -> Answer:
    caller = asked.caller
    credentials = stored_credentials(asked.user)
    return {
        "data": {
            "username": caller.user.get_username(),
            "token": caller.token_name,
            "scopes": sorted(caller.scopes),
            "expires_at": iso(caller.expires_at),
            "catalyze": {
                "state": credentials.state if credentials else "none",
                "may_ask": credentials is not None and credentials.may_ask,
            },
            "max_requests_per_minute": settings.API_MAX_RPM or None,
            "proofs_last_seconds": int(settings.ACCESS_PROOF_TTL.total_seconds()),
            "stale_after_seconds": int(settings.CUSTOMER_MAX_AGE.total_seconds()),
            "time_zone": settings.TIME_ZONE,
        },
        "as_of": iso(timezone.now()),
    }
