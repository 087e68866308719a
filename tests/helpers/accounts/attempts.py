"""Try to sign in, and read what was recorded."""

from django.test import Client

from customers.models import SecurityEvent

PASSWORD = "a password of the tests"


def try_to_sign_in(name, password="wrong", **address):
    return Client().post("/admin/login/", {"username": name, "password": password}, **address)


def codes():
    return list(SecurityEvent.objects.order_by("pk").values_list("code", flat=True))
