from customers.models import SecurityEvent


def refusals() -> list[str]:
    """The reasons of the sign-ins that were refused."""
    events = SecurityEvent.objects.filter(code="signin.refused").order_by("pk")
    return [event.detail["reason"] for event in events]
