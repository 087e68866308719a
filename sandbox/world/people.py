"""Users who may sign in, and their sessions."""

from dataclasses import dataclass

from sandbox.world.seeds import seeded_hex, seeded_uuid

ANA, BEN, CARLA = "ana", "ben", "carla"
USERNAMES = (ANA, BEN, CARLA)


@dataclass(frozen=True, slots=True)
class User:
    username: str
    password: str
    users_id: str


class People:
    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._sign_ins = 0
        self._username_by_token: dict[str, str] = {}
        self.api_key = f"browser sandbox.invalid {seeded_hex(seed, 24, 'api key')}"
        self.users = {username: _user(seed, username) for username in USERNAMES}

    def sign_in(self, username: object, password: object) -> tuple[User, str] | None:
        user = self.users.get(username) if isinstance(username, str) else None
        if user is None or password != user.password:
            return None
        self._sign_ins += 1
        token = seeded_uuid(self._seed, "session", user.username, str(self._sign_ins))
        self._username_by_token[token] = user.username
        return user, token

    def username_of(self, token: str) -> str | None:
        return self._username_by_token.get(token)

    def sign_out(self, token: str) -> None:
        self._username_by_token.pop(token, None)

    def expire(self, username: str | None = None) -> int:
        """Sign-ins are not renumbered: an ended token would become valid again."""
        ended = [
            token for token, holder in self._username_by_token.items() if username in (None, holder)
        ]
        for token in ended:
            del self._username_by_token[token]
        return len(ended)


def _user(seed: int, username: str) -> User:
    return User(
        username,
        password=f"{username}-{seeded_hex(seed, 10, 'password', username)}",
        users_id=seeded_uuid(seed, "user", username),
    )
