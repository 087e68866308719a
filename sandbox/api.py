"""The documented routes: authentication, permissions and answers."""

import json
from collections.abc import Callable, Mapping

from sandbox.answers import Answer, error, json_answer
from sandbox.faults.wrong_answers import NOT_SET_UP_ANSWER
from sandbox.routes import CUSTOMER, ORG, SIGN_IN, SIGN_OUT, VERIFY, Call
from sandbox.world.people import USERNAMES, People
from sandbox.world.world import Organization, World

BEARER = "Bearer "

NO_API_KEY = error(401, "The X-Api-Key header is missing.")
WRONG_API_KEY = error(401, "The API key in X-Api-Key is not valid.")
NO_SESSION = error(401, "The session token is missing, invalid or has timed out.")
WRONG_PASSWORD = error(401, "The username or password is incorrect.")
NOT_PERMITTED = error(403, "Insufficient privileges to perform the requested action.")
NO_SUCH_ORG = error(404, "The requested organization does not exist.")
NOT_A_SIGN_IN = error(400, "The request was malformed: a username and a password are needed.")
SIGNED_OUT = json_answer({})


class Api:
    def __init__(self, world: World, people: People) -> None:
        self._world = world
        self._people = people
        self._routes: dict[str, Callable[[str, str, str], Answer]] = {
            CUSTOMER: self._customer,
            ORG: self._org,
            VERIFY: self._verify,
            SIGN_OUT: self._sign_out,
        }

    def answer(self, call: Call, headers: Mapping[str, str], body: bytes) -> Answer:
        """Checks the API key first, then the session, then the organization."""
        api_key = headers.get("X-Api-Key")
        if api_key != self._people.api_key:
            return WRONG_API_KEY if api_key else NO_API_KEY
        if call.route == SIGN_IN:
            return self._sign_in(body)
        token = headers.get("Authorization", "").removeprefix(BEARER)
        username = self._people.username_of(token)
        if username is None:
            return NO_SESSION
        return self._routes[call.route](call.org_id, username, token)

    def _customer(self, org_id: str, username: str, _token: str) -> Answer:
        organization = self._world.find(org_id)
        if organization is None:
            return NO_SUCH_ORG
        if username not in organization.payment:
            return NOT_PERMITTED
        if organization.customer is None:
            return NOT_SET_UP_ANSWER
        return Answer(200, organization.customer)

    def _org(self, org_id: str, _username: str, _token: str) -> Answer:
        organization = self._world.find(org_id)
        return NO_SUCH_ORG if organization is None else json_answer(self._described(organization))

    def _verify(self, _org_id: str, username: str, _token: str) -> Answer:
        return json_answer(self._user(username))

    def _sign_out(self, _org_id: str, _username: str, token: str) -> Answer:
        self._people.sign_out(token)
        return SIGNED_OUT

    def _sign_in(self, body: bytes) -> Answer:
        try:
            asked = json.loads(body)
        except ValueError:
            return NOT_A_SIGN_IN
        if not isinstance(asked, dict) or not {"username", "password"} <= asked.keys():
            return NOT_A_SIGN_IN
        signed_in = self._people.sign_in(asked["username"], asked["password"])
        if signed_in is None:
            return WRONG_PASSWORD
        user, token = signed_in
        return json_answer(self._user(user.username) | {"sessionToken": token})

    def _user(self, username: str) -> dict[str, object]:
        user = self._people.users[username]
        return {
            "usersId": user.users_id,
            "username": username,
            "email": {"primary": f"{username}@staff.example"},
            "name": {"firstName": username.title(), "lastName": "Sandbox"},
        }

    def _described(self, organization: Organization) -> dict[str, object]:
        users = self._people.users
        payment = [users[name].users_id for name in USERNAMES if name in organization.payment]
        return {
            "name": organization.name,
            "orgId": organization.org_id,
            "description": organization.description,
            "permissions": {
                "dev": [],
                "admin": [],
                "payment": payment,
                "viewOther": [],
                "viewPhi": [],
            },
        }
