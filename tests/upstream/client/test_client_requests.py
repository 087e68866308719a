"""The requests that the client sends, recorded by a test server."""

import gzip
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import InvalidAnswer, SessionExpired, Unavailable
from customers.upstream.secrets import Secrets
from customers.upstream.transport import MAX_BODY, Limits

API_KEY, TOKEN = "browser api.example.com 525ad5d6993247cccb083e5a", "a-session-token"
SECRETS = Secrets(API_KEY, TOKEN)
OF_EVERY_HTTP_CLIENT = {"host", "accept-encoding", "user-agent", "connection", "content-length"}
CUSTOMER = b'{"object": "customer", "id": "cus_1"}'
LIMITS = Limits(connect=1, read=1, deadline=2, retries=0)


class Request(NamedTuple):
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def own_headers(self):
        return {k: v for k, v in self.headers.items() if k not in OF_EVERY_HTTP_CLIENT}


class Recorder:
    """Records requests, and answers each with the same body and headers."""

    def __init__(self):
        self.requests = []
        self.body = CUSTOMER
        self.headers = {}
        self.url = ""


@contextmanager
def recording():
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            length = int(self.headers.get("Content-Length", 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            recorder.requests.append(
                Request(self.command, self.path, headers, self.rfile.read(length))
            )
            self.send_response(200)
            for name, value in recorder.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(recorder.body)

        do_POST = do_GET

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    recorder.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def recorder():
    with recording() as recorder:
        yield recorder


@pytest.fixture
def client(recorder):
    client = CatalyzeClient(recorder.url, LIMITS)
    yield client
    client.close()


def test_a_read_sends_exactly_the_four_headers(recorder, client):
    client.get_customer("7c1f", SECRETS)

    assert recorder.requests[0].own_headers == {
        "accept": "application/json",
        "content-type": "application/json",
        "x-api-key": API_KEY,
        "authorization": f"Bearer {TOKEN}",
    }


@pytest.mark.parametrize(
    ("ask", "target"),
    [
        (lambda client: client.get_customer("7c1f", SECRETS), "/v2/org/7c1f/customer"),
        (lambda client: client.get_organization("7c1f", SECRETS), "/v2/org/7c1f"),
        (lambda client: client.verify_session(SECRETS), "/v2/auth/verify"),
        (lambda client: client.sign_out(SECRETS), "/v2/auth/signout"),
    ],
)
def test_every_read_is_a_get_without_a_body(recorder, client, ask, target):
    ask(client)

    request = recorder.requests[0]
    assert (request.method, request.target, request.body) == ("GET", target, b"")
    assert len(request.own_headers) == 4


def test_a_sign_in_sends_no_authorization(recorder, client):
    recorder.body = b'{"sessionToken": "t", "usersId": "u"}'

    client.sign_in("ana", "pässword", API_KEY)

    request = recorder.requests[0]
    assert (request.method, request.target) == ("POST", "/v2/auth/signin")
    assert request.own_headers == {
        "accept": "application/json",
        "content-type": "application/json",
        "x-api-key": API_KEY,
    }
    assert json.loads(request.body) == {"username": "ana", "password": "pässword"}


def test_a_long_session_token_is_kept_whole_and_does_not_show(recorder, client):
    token = "0f3a" * 250
    recorder.body = json.dumps({"sessionToken": token}).encode()

    signed_in = client.sign_in("ana", "password", API_KEY)

    assert signed_in.session_token == token
    assert token not in f"{signed_in} {signed_in!r}"


def test_a_key_and_token_are_sent_trimmed(recorder, client):
    client.get_customer("7c1f", Secrets(f" {API_KEY}\n", f"Bearer {TOKEN} "))

    sent = recorder.requests[0].headers
    assert (sent["x-api-key"], sent["authorization"]) == (API_KEY, f"Bearer {TOKEN}")


@pytest.mark.parametrize(
    ("org_id", "segment"),
    [
        ("a b", "a%20b"),
        ("ü", "%C3%BC"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a%b", "a%25b"),
        ("a;b=c&d+e", "a%3Bb%3Dc%26d%2Be"),
        ("...", "..."),
        ("100%", "100%25"),
    ],
)
def test_an_org_id_is_one_percent_encoded_segment(recorder, client, org_id, segment):
    client.get_customer(org_id, SECRETS)

    assert recorder.requests[0].target == f"/v2/org/{segment}/customer"


def test_a_slash_at_the_end_of_the_base_address_is_not_doubled(recorder):
    client = CatalyzeClient(f"{recorder.url}/behind/", LIMITS)

    client.get_customer("7c1f", SECRETS)
    client.close()

    assert recorder.requests[0].target == "/behind/v2/org/7c1f/customer"


def test_cookies_of_the_upstream_are_never_sent_back(recorder, client):
    recorder.headers = {"Set-Cookie": "session=of-ana; Path=/"}

    client.get_customer("7c1f", SECRETS)
    client.get_customer("7c1f", Secrets(API_KEY, "the token of Ben"))

    assert "cookie" not in recorder.requests[1].headers
    assert recorder.requests[1].headers["authorization"] == "Bearer the token of Ben"


def test_a_netrc_does_not_replace_the_authorization(recorder, client, monkeypatch, tmp_path):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login stray password stray\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))

    client.get_customer("7c1f", SECRETS)

    assert recorder.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_proxy_variables_are_ignored(recorder, client, monkeypatch, name, spelled):
    with recording() as stray:
        monkeypatch.setenv(spelled(name), stray.url)
        monkeypatch.setenv("NO_PROXY", "")

        client.get_customer("7c1f", SECRETS)

    assert stray.requests == []
    assert len(recorder.requests) == 1


@pytest.mark.parametrize("no_proxy", ["", "127.0.0.1", "*"])
def test_the_proxy_of_the_setting_is_used(recorder, monkeypatch, no_proxy):
    monkeypatch.setenv("NO_PROXY", no_proxy)
    with recording() as proxy:
        client = CatalyzeClient(recorder.url, LIMITS, proxy=proxy.url)

        answer = client.get_customer("a b", SECRETS)
        client.close()

    assert answer.customer.id == "cus_1"
    assert [request.target for request in proxy.requests] == [
        f"{recorder.url}/v2/org/a%20b/customer"
    ]
    assert proxy.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert recorder.requests == []


def test_a_proxy_that_asks_for_a_password_gets_it(recorder):
    with recording() as proxy:
        address = proxy.url.replace("//", "//portal:proxy-password@")
        client = CatalyzeClient(recorder.url, LIMITS, proxy=address)

        client.get_customer("7c1f", SECRETS)
        client.close()

    assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "proxy", ["http://portal:proxy-password@127.0.0.1:9", "http://", "socks5://127.0.0.1:9", "::"]
)
def test_a_proxy_that_does_not_work_is_unavailable(recorder, proxy):
    client = CatalyzeClient(recorder.url, LIMITS, proxy=proxy)

    with pytest.raises(Unavailable) as raised:
        client.get_customer("7c1f", SECRETS)
    client.close()

    assert "proxy-password" not in f"{raised.value} {raised.value.args}"
    assert recorder.requests == []


def test_an_answer_that_unpacks_to_too_much_is_refused(recorder, client):
    recorder.headers = {"Content-Encoding": "gzip"}
    recorder.body = gzip.compress(b" " * (MAX_BODY * 20))

    with pytest.raises(InvalidAnswer, match="answer_too_large size=2"):
        client.get_customer("7c1f", SECRETS)


def test_an_answer_that_does_not_unpack_is_unavailable(recorder, client):
    recorder.headers = {"Content-Encoding": "gzip"}

    with pytest.raises(Unavailable):
        client.get_customer("7c1f", SECRETS)


def test_a_chunk_of_negative_size_is_unavailable(recorder, client):
    recorder.headers = {"Transfer-Encoding": "chunked"}
    recorder.body = b"-5\r\nxx\r\n0\r\n\r\n"

    with pytest.raises(Unavailable):
        client.get_customer("7c1f", SECRETS)


def test_too_many_headers_are_unavailable():
    with recording() as recorder:
        recorder.headers = {f"X-{number}": "x" for number in range(200)}
        client = CatalyzeClient(recorder.url, LIMITS)

        with pytest.raises(Unavailable):
            client.get_customer("7c1f", SECRETS)
        client.close()


def test_secrets_of_two_users_stay_apart(sandbox):
    client = CatalyzeClient(sandbox.url, LIMITS)
    bens = sandbox.org_id("Benedict Recovery")
    ben = Secrets(sandbox.api_key, sandbox.sign_in("ben"))

    assert client.get_customer(bens, ben).is_set_up
    with pytest.raises(SessionExpired):
        client.get_customer(bens, Secrets(sandbox.api_key, "nobody's"))
    client.close()
