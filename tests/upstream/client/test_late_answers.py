"""An answer that comes late, or after a refusal, is not taken for the next."""

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import CatalyzeError
from tests.helpers.upstream.two_answers import (
    IMPATIENT,
    OWN,
    PATIENT,
    SECRETS,
    found,
    found_at_last,
)
from tests.helpers.upstream.wire import answer, body_of, wire


@pytest.mark.parametrize("status", [401, 403, 404, 429])
def test_a_clear_refusal_leaves_its_connection_to_the_next(status):
    refused = [answer(b"{}", "Retry-After: 9", status=f"HTTP/1.1 {status} No")]

    with wire(lambda org_id: refused if org_id == "one" else [answer(OWN)]) as server:
        client = CatalyzeClient(server.url, PATIENT)
        with pytest.raises(CatalyzeError):
            client.get_customer("one", SECRETS)
        client.get_customer("two", SECRETS)
        client.close()

    assert [asked.connection for asked in server.asked] == [0, 0]


def test_a_late_answer_is_not_read_by_the_next_call():
    with wire(lambda org_id: [3 if org_id == "one" else 0, answer(body_of(org_id))]) as server:
        client = CatalyzeClient(server.url, IMPATIENT)

        given_up = found(client, "one")
        others = [found_at_last(client, "two")]
        server.wait_until_answered("one")
        others += [found_at_last(client, org_id) for org_id in ("three", "four")]
        client.close()

    assert given_up is None
    assert others == ["cus_two", "cus_three", "cus_four"]
