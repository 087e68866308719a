"""The faults: whole answers of a wrong status, shape or size."""

import pytest
import requests

KINDS_WITHOUT_PARAMETERS = {
    "429": 429,
    "500": 500,
    "502": 502,
    "503": 503,
    "504": 504,
    "204": 204,
    "not-json": 200,
    "html-400": 400,
    "deep": 200,
    "redirect": 302,
    "rate-limit-400": 400,
    "malformed-400": 400,
    "not-set-up": 400,
    "no-method": 200,
    "delinquent": 200,
    "wrong-object": 200,
    "empty": 200,
    "error-shape": 500,
    "status": 500,
}


@pytest.mark.parametrize(("kind", "status"), KINDS_WITHOUT_PARAMETERS.items())
def test_each_wrong_answer_has_its_status_and_is_counted(sandbox, ana, bingo, kind, status):
    sandbox.set_fault(kind)

    answer = ana.customer(bingo)

    assert answer.status_code == status
    counts = sandbox.counts()
    assert counts["calls"]["customer"] == {str(status): 1}
    assert counts["faults"] == {kind: 1}


def test_a_429_says_when_to_come_back(sandbox, ana, bingo):
    sandbox.set_fault("429")
    assert ana.customer(bingo).headers["Retry-After"] == "1"

    sandbox.set_fault("429", retry_after=120)
    assert ana.customer(bingo).headers["Retry-After"] == "120"


@pytest.mark.parametrize("kind", ["not-json", "html-400", "502", "504"])
def test_a_page_of_a_relay_is_html(sandbox, ana, bingo, kind):
    sandbox.set_fault(kind)

    answer = ana.customer(bingo)

    assert answer.headers["Content-Type"].startswith("text/html")
    assert "nginx" in answer.text


@pytest.mark.parametrize("kind", ["204", "empty"])
def test_an_answer_without_a_body(sandbox, ana, bingo, kind):
    sandbox.set_fault(kind)

    assert ana.customer(bingo).content == b""


def test_the_old_rate_limit_is_a_400_that_says_so(sandbox, ana, bingo):
    sandbox.set_fault("rate-limit-400")

    error = ana.customer(bingo).json()["error"]

    assert (error["type"], error["code"]) == ("invalid_request_error", "rate_limit")


def test_a_malformed_request_is_a_400_that_says_so(sandbox, ana, bingo):
    sandbox.set_fault("malformed-400")

    assert "malformed" in ana.customer(bingo).json()["errors"][0]["message"]


def test_a_wrong_object_is_a_list(sandbox, ana, bingo):
    sandbox.set_fault("wrong-object")

    assert ana.customer(bingo).json()["object"] == "list"


@pytest.mark.parametrize("status", [400, 403, 500])
def test_every_shape_of_an_error_body(sandbox, ana, bingo, status):
    def body_of(shape: str) -> requests.Response:
        sandbox.set_fault("error-shape", shape=shape, status=status)
        answer = ana.customer(bingo)
        assert answer.status_code == status
        return answer

    assert body_of("message").json()["errors"][0].keys() == {"message", "code"}
    assert body_of("title").json()["errors"][0].keys() == {"title", "description"}
    assert body_of("top-level").json().keys() == {"title", "description"}
    assert body_of("empty-list").json() == {"errors": []}
    assert body_of("text").headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("status", [200, 201, 401, 402, 404, 418, 599])
def test_any_status_with_any_body(sandbox, ana, bingo, status):
    sandbox.set_fault("status", status=status, body="any\ttext ☃")

    answer = ana.customer(bingo)

    assert answer.status_code == status
    assert answer.content == "any\ttext ☃".encode()


def test_a_bomb_is_small_on_the_wire_and_large_when_unpacked(sandbox, ana, bingo):
    sandbox.set_fault("bomb", mib=4)

    answer = ana.customer(bingo)

    assert int(answer.headers["Content-Length"]) < 100_000
    assert len(answer.json()["description"]) == 4 * 1024 * 1024
