"""HTTPS, directly and through a proxy: certificates, and bytes that arrive beside an answer."""

import socket
import ssl
import threading
from contextlib import contextmanager, suppress

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import NoAnswer, Unavailable
from customers.upstream.secrets import Secrets
from customers.upstream.transport import Limits
from tests.helpers.upstream.certificates import Authority
from tests.helpers.upstream.tunnel import ESTABLISHED, tunnel
from tests.helpers.upstream.wire import CUT, answer, body_of, chunked, wire

SECRETS = Secrets("browser api.example.com 525ad5d6993247cccb083e5a", "a-session-token")
LIMITS = Limits(connect=10, read=10, deadline=20, retries=0)
EARLY_HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
STRANGER = answer(body_of("stranger"))
NOT_VERIFIED = "certificate_not_verified"


class Trusted:
    """An authority, the file of its certificate, and a server context signed by it."""

    def __init__(self, folder):
        authority = Authority()
        self.bundle = folder / "ca.pem"
        self.bundle.write_bytes(authority.pem)
        self.context = authority.server_context(folder)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    return Trusted(tmp_path_factory.mktemp("trusted"))


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    return Trusted(tmp_path_factory.mktemp("other"))


@pytest.fixture
def upstream(trusted):
    with wire(lambda org_id: [answer(body_of(org_id))], trusted.context) as server:
        yield server


@contextmanager
def asking(url, bundle="", **options):
    client = CatalyzeClient(url, LIMITS, ca_bundle=str(bundle), **options)
    yield client
    client.close()


def ids(client, *org_ids):
    return [client.get_customer(org_id, SECRETS).customer.id for org_id in org_ids]


def test_an_internal_authority_is_trusted_if_configured(upstream, trusted):
    with asking(upstream.url, trusted.bundle) as client:
        assert ids(client, "one", "two") == ["cus_one", "cus_two"]

    assert [asked.connection for asked in upstream.asked] == [0, 0]


def test_an_internal_authority_is_not_trusted_by_default(upstream, other):
    for bundle in ("", other.bundle):
        with asking(upstream.url, bundle) as client, pytest.raises(Unavailable, match=NOT_VERIFIED):
            ids(client, "one")

    assert upstream.asked == []


def test_a_certificate_for_another_name_is_refused(upstream, trusted):
    url = upstream.url.replace("127.0.0.1", "localhost")

    with asking(url, trusted.bundle) as client, pytest.raises(Unavailable, match=NOT_VERIFIED):
        ids(client, "one")

    assert upstream.asked == []


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_variables_of_others_are_not_read(upstream, trusted, monkeypatch, name):
    monkeypatch.setenv(name, str(trusted.bundle))

    with asking(upstream.url) as client, pytest.raises(Unavailable, match=NOT_VERIFIED):
        ids(client, "one")


def test_through_a_proxy_too(upstream, trusted, other):
    with tunnel(ESTABLISHED) as proxy:
        with asking(upstream.url, trusted.bundle, proxy=proxy.url) as client:
            assert ids(client, "one", "two") == ["cus_one", "cus_two"]
        with (
            asking(upstream.url, other.bundle, proxy=proxy.url) as client,
            pytest.raises(Unavailable, match=NOT_VERIFIED),
        ):
            ids(client, "one")

    assert proxy.asked_for == [f"127.0.0.1:{upstream.port}".encode()] * 2
    assert [asked.connection for asked in upstream.asked] == [0, 0]


@pytest.mark.parametrize(
    "sent",
    [
        [EARLY_HINTS + ESTABLISHED],
        [EARLY_HINTS, 0.2, ESTABLISHED],
        [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.0 102 \r\n\r\n", ESTABLISHED],
    ],
)
def test_a_proxy_may_inform_before_it_connects(upstream, trusted, sent):
    """They are read, but the connection is not reused."""
    with tunnel(*sent) as proxy, asking(upstream.url, trusted.bundle, proxy=proxy.url) as client:
        assert ids(client, "one", "two") == ["cus_one", "cus_two"]

    assert [asked.connection for asked in upstream.asked] == [0, 1]


@pytest.mark.parametrize(
    "sent",
    [
        [ESTABLISHED + b"x"],
        [ESTABLISHED + STRANGER],
        [ESTABLISHED + ESTABLISHED],
        [answer(b"a body", status="HTTP/1.1 200 Connection established")],
        [ESTABLISHED + b" " * 20_000],
        [EARLY_HINTS * 100 + ESTABLISHED],
        [EARLY_HINTS, CUT],
        [b"HTTP/1.1 101 Switching Protocols\r\n\r\n"],
        [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"],
        [STRANGER[:1] + STRANGER],
    ],
)
def test_a_proxy_that_says_anything_else_is_not_used(upstream, trusted, sent):
    with (
        tunnel(*sent) as proxy,
        asking(upstream.url, trusted.bundle, proxy=proxy.url) as client,
        pytest.raises(Unavailable),
    ):
        ids(client, "one")

    assert upstream.asked == []


@pytest.mark.parametrize("padding", [0, 7_000, 8_000, 9_000, 16_000, 20_000, 100_000])
@pytest.mark.parametrize("framed", [answer, chunked])
def test_bytes_that_tls_holds_back_are_noticed(trusted, framed, padding):
    """Decrypted bytes in a buffer are invisible to a poll of the socket."""

    def sent(org_id):
        body = body_of(org_id) + b" " * padding
        return [framed(body) + STRANGER] if org_id == "one" else [framed(body)]

    with wire(sent, trusted.context) as server, asking(server.url, trusted.bundle) as client:
        with pytest.raises(NoAnswer, match="more_than_one_answer"):
            ids(client, "one")
        assert ids(client, "two") == ["cus_two"]

    assert [asked.connection for asked in server.asked] == [0, 1]


@contextmanager
def speaking_first(context):
    """Sends another answer together with the end of its handshake."""
    context.maximum_version = ssl.TLSVersion.TLSv1_2  # where the server ends the handshake
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        with suppress(OSError, ssl.SSLError):
            connection, _ = listener.accept()
            with connection:
                coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
                speaker = context.wrap_bio(coming, going, server_side=True)
                while True:
                    try:
                        speaker.do_handshake()
                        break
                    except ssl.SSLWantReadError:
                        connection.sendall(going.read())
                        coming.write(connection.recv(65_536))
                speaker.write(STRANGER)
                connection.sendall(going.read())
                received.append(connection.recv(65_536))

    received = []
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", received
    finally:
        listener.close()
        thread.join()


def test_an_answer_before_the_first_request_ends_the_connection(tmp_path):
    spoken = Trusted(tmp_path)

    with (
        speaking_first(spoken.context) as (url, received),
        asking(url, spoken.bundle) as client,
        pytest.raises(Unavailable, match="not_valid_http"),
    ):
        ids(client, "one")

    assert received == [b""]
