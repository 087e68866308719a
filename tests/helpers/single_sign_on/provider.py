"""A sign-in provider that says what a test wants, signed with its own keys, true or not."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from customers.services.single_sign_on.configuration import SingleSignOn

CLIENT_ID, CLIENT_SECRET = "billing-portal", "client secret of the tests 4711"
_KEY = RSAKey.generate_key(2048, {"kid": "first"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "first"})
_numbers = count(1)


@dataclass
class Said:
    """How the answer to one sign-in differs from the truth."""

    claims: dict[str, Any] = field(default_factory=dict)  # None leaves a claim out
    header: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: _KEY)
    id_token: bool = True
    unsigned: bool = False


class Provider:
    """Each has an issuer of its own, since the portal remembers what it discovered."""

    def __init__(self, url: str, know: Callable[[str], None]) -> None:
        self.path = f"/{next(_numbers)}"
        self.issuer = f"{url}{self.path}"
        self.discovery: dict[str, Any] = {}
        self.codes: dict[str, dict[str, Any]] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.issues_refresh_tokens = True
        self.renews_with: Said | None = None  # an id token
        self.renewal_answer: tuple[int, dict[str, Any]] | None = None  # instead of a new token
        self.disabled: set[str] = set()
        self.is_away = False
        self.answers_after = 0.0  # seconds
        self.requests: list[str] = []
        self._know = know

    def settings(self, **changes: Any) -> SingleSignOn:
        return SingleSignOn(self.issuer, CLIENT_ID, CLIENT_SECRET, **changes)

    def approve(self, url: str, subject: str = "s-ana", said: Said | None = None) -> str:
        """What the browser is sent back with, after `subject` signed in at `url`."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert url.startswith(f"{self.issuer}/authorize?"), url
        code = secrets.token_urlsafe(12)
        self.codes[code] = {"subject": subject, "said": said or Said(), **asked}
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.requests.append(path)
        time.sleep(self.answers_after)
        if self.is_away:
            return 503, {}
        if path == "/.well-known/openid-configuration":
            return 200, self._describe()
        if path == "/keys":
            return 200, {"keys": [_KEY.as_dict(private=False)]}
        if path == "/token" and form.get("grant_type") == "refresh_token":
            return self._renew(form["refresh_token"])
        if path == "/token":
            return self._redeem(form)
        return 404, {}

    def _describe(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/end",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.discovery

    def _redeem(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form["code"], None)
        if asked is None or not _fits(form["code_verifier"], asked["code_challenge"]):
            return 400, {"error": "invalid_grant"}
        said: Said = asked["said"]
        token = {"access_token": "of no use", "token_type": "Bearer"}
        if said.id_token:
            token["id_token"] = self._id_token(asked, said)
        if self.issues_refresh_tokens:
            token["refresh_token"] = self._new_refresh_token(asked["subject"])
        return 200, token

    def _renew(self, used: str) -> tuple[int, dict[str, Any]]:
        """Each refresh token works once."""
        subject = self.refresh_tokens.pop(used, None)
        if self.renewal_answer:
            return self.renewal_answer
        if subject is None or subject in self.disabled:
            return 400, {"error": "invalid_grant"}
        token = {"access_token": "of no use", "token_type": "Bearer"}
        if self.renews_with:
            token["id_token"] = self._id_token(
                {"subject": subject, "nonce": None}, self.renews_with
            )
        return 200, token | {"refresh_token": self._new_refresh_token(subject)}

    def _new_refresh_token(self, subject: str) -> str:
        token = f"refresh-token-{secrets.token_urlsafe(16)}-1"
        self._know(token)
        self.refresh_tokens[token] = subject
        return token

    def _id_token(self, asked: dict[str, Any], said: Said) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": asked["subject"],
            "aud": CLIENT_ID,
            "nonce": asked["nonce"],
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
        } | said.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": "first"} | said.header
        if said.unsigned:
            return f"{_part(header)}.{_part(claims)}."
        return jwt.encode(header, claims, said.key, algorithms=[header["alg"]])


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _fits(verifier: str, challenge: str) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge


def secret_as_key() -> OctKey:
    return OctKey.import_key(CLIENT_SECRET)


class ProviderServer:
    """Serves any number of providers; stopped at the end of the tests."""

    def __init__(self) -> None:
        self.providers: dict[str, Provider] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def add(self, know: Callable[[str], None]) -> Provider:
        provider = Provider(self.url, know)
        self.providers[provider.path] = provider
        return provider

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        providers = self.providers

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer({})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._answer({name: values[0] for name, values in parse_qs(body).items()})

            def _answer(self, form: dict[str, str]) -> None:
                _, number, rest = urlsplit(self.path).path.split("/", 2)
                status, body = providers[f"/{number}"].answer(f"/{rest}", form)
                if "redirect" in body:
                    self.send_response(302)
                    self.send_header("Location", body["redirect"])
                else:
                    self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                with suppress(OSError):  # the portal may have given up
                    self.wfile.write(json.dumps(body).encode())

            def log_message(self, *args: Any) -> None:
                pass

        return Handler


@contextmanager
def provider_server() -> Iterator[ProviderServer]:
    served = ProviderServer()
    thread = threading.Thread(target=served.server.serve_forever, daemon=True)
    thread.start()
    yield served
    served.server.shutdown()
    served.server.server_close()
    thread.join()
