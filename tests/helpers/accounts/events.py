"""Sign in with a password, and read what was recorded."""

from django.test import Client

from customers.models import SecurityEvent

PASSWORD = "a password of the tests"
NEW_PASSWORD = "Nine-2-$xyzzy-12"


def sign_in(client=None, name="ana", password=PASSWORD, **headers):
    client = client or Client()
    client.post("/admin/login/", {"username": name, "password": password}, **headers)
    return client


def events(user=None):
    """Code, user and author of each event."""
    found = SecurityEvent.objects.order_by("pk")
    if user:
        found = found.filter(user_id=user.pk)
    return [(event.code, event.username, event.by_name) for event in found]
