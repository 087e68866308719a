"""The faults: which calls meet them, and which cannot be."""

import pytest
import requests


def test_a_broken_delivery_still_needs_a_session(sandbox, ana, bingo):
    sandbox.set_fault("trickle", interval=0)

    assert ana.customer(bingo, headers={}).status_code == 401


def test_a_fault_may_be_for_the_next_calls_only(sandbox, ana, bingo):
    sandbox.set_fault("500", times=2)

    statuses = [ana.customer(bingo).status_code for _ in range(4)]

    assert statuses == [500, 500, 200, 200]


def test_a_fault_may_be_for_one_org_only(sandbox, ana, bingo):
    sandbox.set_fault("500", org=bingo)

    assert ana.customer(bingo).status_code == 500
    assert ana.customer(sandbox.org_id("Cedar Valley Health")).status_code == 200


@pytest.mark.parametrize(
    ("route", "path"), [("org", "org/x"), ("verify", "auth/verify"), ("signout", "auth/signout")]
)
def test_a_fault_may_be_for_another_route(sandbox, ana, bingo, route, path):
    sandbox.set_fault("503", route=route)

    assert ana.get(path).status_code == 503
    assert ana.customer(bingo).status_code == 200


def test_a_failed_sign_in_makes_no_session_and_a_failed_sign_out_ends_none(sandbox, ana):
    sandbox.set_faults({"kind": "500", "route": "signin"}, {"kind": "500", "route": "signout"})

    with pytest.raises(requests.HTTPError):
        sandbox.sign_in("ana")
    ana.get("auth/signout")

    assert ana.get("auth/verify").status_code == 200


def test_a_share_of_the_calls_meets_a_fault_the_same_ones_every_time(sandbox, ana, bingo):
    def statuses() -> list[int]:
        sandbox.set_fault("500", share=0.3)
        return [ana.customer(bingo).status_code for _ in range(60)]

    first, second = statuses(), statuses()

    assert first == second
    assert set(first) == {200, 500}


def test_the_first_fault_that_matches_is_met(sandbox, ana, bingo):
    sandbox.set_faults({"kind": "502", "times": 1}, {"kind": "504"})

    assert [ana.customer(bingo).status_code for _ in range(3)] == [502, 504, 504]


def test_faults_can_be_cleared_and_listed(sandbox, ana, bingo):
    sandbox.set_fault("429", times=3)
    ana.customer(bingo)
    assert sandbox.control("GET", "faults").json() == [
        {"kind": "429", "share": 1.0, "times": 2, "route": "customer", "retry_after": 1}
    ]

    sandbox.clear_faults()

    assert sandbox.control("GET", "faults").json() == []
    assert ana.customer(bingo).status_code == 200


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"kind": "nonsense"}, "There is no fault"),
        ({"share": 1}, '"kind"'),
        ("503", '"kind"'),
        ({"kind": ["503"]}, "There is no fault"),
        ({"kind": "503", "share": 2}, '"share"'),
        ({"kind": "503", "share": True}, '"share"'),
        ({"kind": "503", "times": -1}, '"times"'),
        ({"kind": "503", "org": 5}, '"org"'),
        ({"kind": "503", "route": "cards"}, '"route"'),
        ({"kind": "500", "retry_after": 1}, "knows no"),
        ({"kind": "503", "retry_after": "1\r\nX: y"}, '"retry_after"'),
        ({"kind": "redirect", "location": "x\r\nSet-Cookie: y"}, '"location"'),
        ({"kind": "trickle", "phase": "tail"}, '"phase"'),
        ({"kind": "trickle", "interval": "slow"}, '"interval"'),
        ({"kind": "huge", "mib": 0.5}, '"mib"'),
        ({"kind": "huge", "endless": "yes"}, '"endless"'),
        ({"kind": "deep", "depth": 0}, '"depth"'),
        ({"kind": "error-shape", "shape": "round"}, '"shape"'),
        ({"kind": "status", "status": 99}, '"status"'),
        ({"kind": "status", "body": {}}, '"body"'),
    ],
)
def test_a_fault_that_cannot_be_is_refused_with_a_sentence(sandbox, fault, sentence):
    with pytest.raises(ValueError, match=sentence):
        sandbox.control("PUT", "faults", json=[fault])

    assert sandbox.control("GET", "faults").json() == []


def test_a_503_has_a_retry_after_only_if_configured(sandbox, ana, bingo):
    sandbox.set_fault("503")
    assert "Retry-After" not in ana.customer(bingo).headers

    sandbox.set_fault("503", retry_after="Wed, 21 Oct 2015 07:28:00 GMT")
    assert ana.customer(bingo).headers["Retry-After"] == "Wed, 21 Oct 2015 07:28:00 GMT"


def test_a_deep_answer_has_the_given_depth(sandbox, ana, bingo):
    sandbox.set_fault("deep", depth=5)

    assert ana.customer(bingo).json() == {"object": "customer", "metadata": [[[[[]]]]]}


def test_a_redirect_leads_to_the_given_url(sandbox, ana, bingo):
    sandbox.set_fault("redirect")
    assert ana.customer(bingo).headers["Location"] == "http://127.0.0.1:9/"

    sandbox.set_fault("redirect", location="https://elsewhere.invalid/x")
    assert ana.customer(bingo).headers["Location"] == "https://elsewhere.invalid/x"


def test_a_huge_answer_is_chunked_and_has_the_given_size(sandbox, ana, bingo):
    sandbox.set_fault("huge", mib=2)

    answer = ana.customer(bingo)

    assert "Content-Length" not in answer.headers
    assert len(answer.json()["description"]) == 2 * 1024 * 1024


def test_an_endless_answer_lasts_until_the_client_leaves(sandbox, ana, bingo):
    sandbox.set_fault("huge", endless=True, times=1)
    answer = ana.customer(bingo, stream=True)
    pieces = answer.iter_content(1024 * 1024)

    assert all(next(pieces) for _ in range(70))
    answer.close()

    assert ana.customer(bingo).status_code == 200
