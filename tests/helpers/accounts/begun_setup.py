"""Begin to set up a second factor in a browser."""

from tests.conftest import browser_of
from tests.helpers.accounts.codes import secret_on


def secret_in(client):
    return secret_on(client.get("/second-factor/").content.decode())


def begun(user):
    client = browser_of(user)
    client.post("/second-factor/begin/")
    return client, secret_in(client)
