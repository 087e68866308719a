"""An authenticator, and browsers that sign in with it."""

import re
import time
from base64 import b32decode

from django.test import Client
from django_otp.oath import TOTP

from customers.services.accounts.second_factor import confirm_setup, new_secret

PASSWORD = "a password of the tests"
WRONG = "000000"


class Authenticator:
    """Each call returns the next code, since codes are valid once.

    The first is that of now, so it stays accepted if its step ends before it is read; a device
    follows a clock that is ahead, so later ones are accepted too.
    """

    def __init__(self, secret: str) -> None:
        self.totp = TOTP(bytes.fromhex(secret))
        self._offset = 0

    def code(self) -> str:
        self.totp.time = time.time() + self._offset * self.totp.step
        self._offset += 1
        return f"{self.totp.token():06d}"


def set_up(user) -> Authenticator:
    secret = new_secret()
    authenticator = Authenticator(secret)
    assert confirm_setup(user, secret, authenticator.code())
    return authenticator


def secret_on(page: str) -> str:
    """The secret in hex on a set-up page, or ""."""
    found = re.search(r"<code>([A-Z2-7 ]{30,})</code>", page)
    return b32decode(found[1].replace(" ", "")).hex() if found else ""


def codes_on(page: str) -> list[str]:
    found = re.search(r'data-part="recovery-codes">([^<]*)<', page)
    return found[1].split() if found else []


def signed_in_by_password(name: str = "ana", client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/admin/login/", {"username": name, "password": PASSWORD})
    return client


def enter(client: Client, code: str, **more):
    return client.post("/second-factor/code/", {"code": code, **more})


def set_up_in(client: Client) -> tuple[Authenticator, list[str]]:
    """Set up a second factor through the pages; also returns its recovery codes."""
    client.post("/second-factor/begin/")
    authenticator = Authenticator(secret_on(client.get("/second-factor/").content.decode()))
    answer = enter(client, authenticator.code())
    return authenticator, codes_on(answer.content.decode())


def let_pass(client: Client, minutes: float) -> None:
    """Age the session by `minutes`."""
    session = client.session
    for key in ("began_at", "confirmed_at", "used_at"):
        if key in session:
            session[key] -= minutes * 60
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/credentials/").status_code == 200
