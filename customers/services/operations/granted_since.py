from datetime import datetime

from django.contrib.auth.models import User

from customers.models import SecurityEvent


def granted_since(user: User) -> dict[str, datetime]:
    """When each present flag, group and permission was given, as events call them. What was given
    before the events that are kept, or by a command, is not among them."""
    since: dict[str, datetime] = {}
    events = SecurityEvent.objects.filter(
        code=SecurityEvent.Code.PERMISSIONS_CHANGED, user_id=user.pk
    ).order_by("happened_at", "pk")
    for happened_at, detail in events.values_list("happened_at", "detail"):
        for name in detail.get("removed", ()):
            since.pop(name, None)
        since |= dict.fromkeys(detail.get("added", ()), happened_at)
    return since
