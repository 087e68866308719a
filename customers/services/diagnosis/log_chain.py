"""What verify_disclosures found last, and when."""

from datetime import timedelta

from django.utils import timezone

from customers.models import Disclosure, SecurityEvent
from customers.services.diagnosis.finding import Finding, moment_text, ok, problem, warning

_NAME = "log_chain"
_EVERY = timedelta(days=2)  # it runs every day
_WHOLE_EVERY = timedelta(days=15)  # and over all every week
_Code = SecurityEvent.Code
_VERIFY = "Run `manage.py verify_disclosures`, and schedule it."
_VERIFY_ALL = "Run `manage.py verify_disclosures --all`, and schedule it for every week."


def log_chain() -> list[Finding]:
    events = SecurityEvent.objects.filter(code__in=(_Code.CHAIN_VERIFIED, _Code.CHAIN_BROKEN))
    last = events.order_by("-happened_at", "-pk").first()
    if last is None:
        if not Disclosure.objects.exists():
            return [ok(_NAME, "The disclosure log has no entry yet.")]
        return [warning(_NAME, "The disclosure log has never been verified.", _VERIFY)]
    when = moment_text(last.happened_at)
    if last.code == _Code.CHAIN_BROKEN:
        return [
            problem(
                _NAME,
                f"The disclosure log did not hold together when it was verified ({when}).",
                "Keep the database as it is, and compare it with a backup: see "
                "docs/operations.md, “verify_disclosures fails”.",
            )
        ]
    if timezone.now() - last.happened_at > _EVERY:
        return [warning(_NAME, f"The disclosure log was last verified on {when}.", _VERIFY)]
    whole = events.filter(code=_Code.CHAIN_VERIFIED, detail__after=0)
    if not whole.filter(happened_at__gt=timezone.now() - _WHOLE_EVERY).exists():
        return [
            warning(_NAME, "The whole disclosure log has not been verified recently.", _VERIFY_ALL)
        ]
    return [ok(_NAME, f"The disclosure log held together on {when}.")]
