"""The page that asks for the password, and how it is answered."""

from tests.helpers.accounts.codes import PASSWORD

ASKS = "Confirm it’s you"


def text_of(answer):
    return answer.content.decode()


def confirm(client, url, **more):
    return client.post(url, {"own_password": PASSWORD, **more})
