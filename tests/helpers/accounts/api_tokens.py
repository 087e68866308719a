"""Tokens of users, as a program has them."""

from datetime import timedelta

from django.contrib.auth.models import User

from customers.services.tokens.new_tokens import make_token

EVERYTHING = ("read", "history", "check")


def give_token(user: User, *scopes: str, name: str = "a program", **more: object) -> str:
    """The text of a new token with these scopes, all without any."""
    return make_token(user, name, scopes or EVERYTHING, timedelta(days=7), **more).text
