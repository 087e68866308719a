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
    """Shows the codes of one secret; each call shows the next, so that none is used twice."""

    def __init__(self, secret: str) -> None:
        self.totp = TOTP(bytes.fromhex(secret))
        self._offset = -1  # one step behind is still taken

    def code(self) -> str:
        self.totp.time = time.time() + self._offset * self.totp.step
        self._offset += 1
        return f"{self.totp.token():06d}"


def set_up(user) -> Authenticator:
    """A second factor of `user`, by the service."""
    secret = new_secret()
    authenticator = Authenticator(secret)
    assert confirm_setup(user, secret, authenticator.code())
    return authenticator


def secret_on(page: str) -> str:
    """The secret that a page of the setting up shows, in hex; empty if it shows none."""
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
    """Set a second factor up as its user does; its recovery codes too."""
    client.post("/second-factor/begin/")
    authenticator = Authenticator(secret_on(client.get("/second-factor/").content.decode()))
    answer = enter(client, authenticator.code())
    return authenticator, codes_on(answer.content.decode())


def let_pass(client: Client, minutes: float) -> None:
    """As if the session had been there for so long already."""
    session = client.session
    for key in ("began_at", "confirmed_at", "used_at"):
        if key in session:
            session[key] -= minutes * 60
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/credentials/").status_code == 200
