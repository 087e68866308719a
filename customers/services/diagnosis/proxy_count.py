"""Whether PROXY_COUNT fits the proxies in front, judged by the addresses of recent sign-ins."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from customers.models import SecurityEvent
from customers.services.diagnosis.finding import Finding, ok, problem, warning

_NAME = "proxies"
_RECENTLY = timedelta(days=30)
_MOST, _ENOUGH = 200, 5  # sign-ins
_Code = SecurityEvent.Code


def proxy_count() -> list[Finding]:
    signed_in = SecurityEvent.objects.filter(
        code__in=(_Code.SIGNED_IN, _Code.SIGN_IN_FAILED),
        happened_at__gt=timezone.now() - _RECENTLY,
    ).order_by("-happened_at")
    seen = list(signed_in.exclude(request_id="").values_list("ip_address", "username")[:_MOST])
    addresses = {address for address, _ in seen}
    if len(seen) < _ENOUGH or len({name for _, name in seen}) == 1:
        return [ok(_NAME, "Too few sign-ins to judge PROXY_COUNT by.")]
    remedy = (
        f"Set PROXY_COUNT, which is {settings.PROXY_COUNT}, to the number of proxies in front that "
        "add to X-Forwarded-For."
    )
    if addresses == {None}:
        return [
            problem(
                _NAME, f"The address of none of the last {len(seen)} sign-ins is known.", remedy
            )
        ]
    if len(addresses) == 1:
        return [
            warning(
                _NAME,
                f"All of the last {len(seen)} sign-ins came from one address.",
                f"Unless your staff share one: {remedy}",
            )
        ]
    return [ok(_NAME, "Sign-ins come from several addresses.")]
