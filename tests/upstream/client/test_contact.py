"""What any answer tells of the server: its clock, and the end of its certificate."""

from datetime import UTC, datetime, timedelta

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.contact import certificate_fault, contact_of
from customers.upstream.errors import Unavailable
from customers.upstream.transport import Limits
from tests.helpers.upstream.certificates import Authority
from tests.helpers.upstream.tunnel import ESTABLISHED, tunnel
from tests.helpers.upstream.wire import wire

LIMITS = Limits(connect=10, read=10, deadline=20, retries=0)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
REFUSED = (
    b"HTTP/1.1 401 Unauthorized\r\nDate: Tue, 01 Dec 2026 12:00:00 GMT\r\nContent-Length: 9\r\n\r\n"
)


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def upstream(authority, tmp_path):
    """Over https; its certificate ends in 90 days, and it never sends the body it announces."""
    context = authority.server_context(tmp_path, lasts=timedelta(days=90))
    with wire(lambda _: [REFUSED], context) as server:
        yield server


@pytest.fixture
def bundle(authority, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_bytes(authority.pem)
    return str(file)


def about_90_days(end):
    return timedelta(days=89) < end - datetime.now(UTC) <= timedelta(days=90)


def test_a_refusal_tells_the_clock_and_the_certificate(upstream, bundle):
    contact = CatalyzeClient(upstream.url, LIMITS, ca_bundle=bundle).contact()

    assert (contact.status, contact.date) == (401, NOON)
    assert about_90_days(contact.certificate_ends)


def test_so_does_one_through_a_proxy(upstream, bundle):
    with tunnel(ESTABLISHED) as proxy:
        client = CatalyzeClient(upstream.url, LIMITS, ca_bundle=bundle, proxy=proxy.url)

        assert about_90_days(client.contact().certificate_ends)


def test_nobodys_credentials_are_sent(upstream, bundle):
    CatalyzeClient(upstream.url, LIMITS, ca_bundle=bundle).contact()

    (head,) = upstream.heads
    assert head.startswith(b"GET /v2/auth/verify HTTP/1.1\r\n")
    assert b"authorization" not in head.lower()
    assert b"x-api-key" not in head.lower()


def test_there_is_no_certificate_over_plain_http(sandbox):
    contact = CatalyzeClient(sandbox.url, LIMITS).contact()

    assert (contact.status, contact.certificate_ends) == (401, None)
    assert abs(datetime.now(UTC) - contact.date) < timedelta(minutes=1)


def test_why_a_certificate_is_refused_is_told(upstream, tmp_path):
    other = tmp_path / "other.pem"
    other.write_bytes(Authority().pem)

    with pytest.raises(Unavailable) as raised:
        CatalyzeClient(upstream.url, LIMITS, ca_bundle=str(other)).contact()

    assert raised.value.message.code == "certificate_not_verified"
    assert certificate_fault(raised.value)


@pytest.mark.parametrize("header", ["", "yesterday", "Tue, 41 Dec 2026 12:00:00 GMT", "\x00"])
def test_a_date_that_is_none_is_not_known(header):
    assert contact_of(401, header, None).date is None


def test_a_certificate_that_is_none_has_no_end():
    assert contact_of(401, "", b"no certificate").certificate_ends is None
