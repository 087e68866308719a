"""The five documented routes: their answers, by caller."""

from pathlib import Path

import pytest
import requests

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import PROJECT, SandboxProcess

PATIENCE = 10
SAMPLE = PROJECT / "sandbox" / "world" / "data" / "bingo.json"
SIGNED_IN_ROUTES = ("auth/verify", "auth/signout", "org/{org}", "org/{org}/customer")


def sign_in(sandbox: SandboxProcess, **options: object) -> requests.Response:
    headers = {"X-Api-Key": sandbox.api_key}
    return requests.post(
        f"{sandbox.url}/v2/auth/signin", **({"headers": headers, "timeout": PATIENCE} | options)
    )


def message_of(answer: requests.Response) -> str:
    (error,) = answer.json()["errors"]
    assert error["code"] == answer.status_code
    return error["message"]


@pytest.mark.parametrize("route", SIGNED_IN_ROUTES)
def test_a_missing_or_wrong_api_key_is_refused_by_name(ana, sandbox, route):
    path = route.format(org=sandbox.org_id("Bingo"))
    for headers in ({}, {"X-Api-Key": "browser sandbox.invalid 0"}):
        token = {"Authorization": ana.headers["Authorization"]}

        answer = ana.get(path, headers=headers | token)

        assert answer.status_code == 401
        assert "X-Api-Key" in message_of(answer)


@pytest.mark.parametrize("route", SIGNED_IN_ROUTES)
@pytest.mark.parametrize("authorization", [None, "Bearer nonsense", "Basic YW5hOmFuYQ==", ""])
def test_a_missing_or_bad_token_is_refused(ana, sandbox, route, authorization):
    path = route.format(org=sandbox.org_id("Bingo"))
    headers = {"X-Api-Key": sandbox.api_key, "Authorization": authorization}

    answer = ana.get(path, headers=headers)

    assert answer.status_code == 401
    assert "session token" in message_of(answer)


def test_signing_in_needs_the_api_key(sandbox):
    asked = {"username": "ana", "password": sandbox.users()["ana"]["password"]}

    answer = sign_in(sandbox, json=asked, headers={})

    assert answer.status_code == 401
    assert "X-Api-Key" in message_of(answer)


@pytest.mark.parametrize(
    "asked",
    [
        {"username": "ana", "password": "wrong"},
        {"username": "nobody", "password": "wrong"},
        {"username": ["ana"], "password": {}},
    ],
)
def test_wrong_credentials_do_not_sign_in(sandbox, asked):
    answer = sign_in(sandbox, json=asked)

    assert answer.status_code == 401
    assert "sessionToken" not in answer.text


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'"ana"', b'{"username": "ana"}'])
def test_a_malformed_sign_in_is_a_400(sandbox, body):
    answer = sign_in(sandbox, data=body)

    assert answer.status_code == 400
    assert "malformed" in message_of(answer)


def test_signing_in_gives_the_user_and_a_session_that_works(sandbox):
    ana = sandbox.users()["ana"]

    answer = sign_in(sandbox, json={"username": "ana", "password": ana["password"]})

    user = answer.json()
    assert (user["username"], user["usersId"]) == ("ana", ana["usersId"])
    verified = requests.get(
        f"{sandbox.url}/v2/auth/verify",
        headers={
            "X-Api-Key": sandbox.api_key,
            "Authorization": f"Bearer {user['sessionToken']}",
        },
        timeout=PATIENCE,
    )
    assert verified.status_code == 200


def test_a_user_may_hold_several_sessions(ana, sandbox):
    second = Caller(sandbox, "ana")

    assert ana.headers != second.headers
    assert ana.get("auth/verify").status_code == 200
    assert second.get("auth/verify").status_code == 200


def test_verify_names_the_user_without_the_token(ana, sandbox):
    user = ana.get("auth/verify").json()

    assert user["usersId"] == sandbox.users()["ana"]["usersId"]
    assert "sessionToken" not in user


def test_signing_out_ends_this_session_only(ana, sandbox):
    other = Caller(sandbox, "ana")

    answer = ana.get("auth/signout")

    assert answer.json() == {}
    assert ana.get("auth/verify").status_code == 401
    assert other.get("auth/verify").status_code == 200


def test_an_org_lists_who_has_payment_permission(ana, sandbox):
    users = sandbox.users()
    org_id = sandbox.org_id("Bingo")

    org = ana.get(f"org/{org_id}").json()

    assert (org["orgId"], org["name"]) == (org_id, "Bingo")
    assert org["permissions"] == {
        "dev": [],
        "admin": [],
        "payment": [users["ana"]["usersId"], users["ben"]["usersId"]],
        "viewOther": [],
        "viewPhi": [],
    }


def test_an_org_is_shown_to_whoever_is_signed_in(sandbox):
    carla = Caller(sandbox, "carla")

    answer = carla.get(f"org/{sandbox.org_id('Bingo')}")

    assert answer.status_code == 200


def test_the_published_sample_is_served_byte_for_byte(ana, sandbox):
    answer = ana.customer(sandbox.org_id("Bingo"))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content == Path(SAMPLE).read_bytes()


def test_an_org_that_is_not_set_up_is_a_400(ana, sandbox):
    answer = ana.customer(sandbox.org_id("Hemlock Start-up"))

    assert answer.status_code == 400
    assert "set up" in message_of(answer)


def test_a_user_without_payment_permission_is_refused(sandbox):
    carla = Caller(sandbox, "carla")

    for name in ("Bingo", "Hemlock Start-up"):
        answer = carla.customer(sandbox.org_id(name))

        assert answer.status_code == 403
        assert message_of(answer) == ("Insufficient privileges to perform the requested action.")


@pytest.mark.parametrize(
    "org_id", ["unknown", "a/b", "a b", "Ω", "%", "%zz", "';--", "<script>", "x" * 5000, "\x00"]
)
@pytest.mark.parametrize("is_customer", [True, False])
def test_any_unknown_org_is_a_404(ana, org_id, is_customer):
    path = f"org/{requests.utils.quote(org_id, safe='')}"

    answer = ana.get(f"{path}/customer" if is_customer else path)

    assert answer.status_code == 404
    assert "does not exist" in message_of(answer)


@pytest.mark.parametrize("org_id", ["a/b", "a b", "Ω?#", "100%", "a%2Fb", "\N{SNOWMAN}"])
def test_an_org_id_is_decoded_once(ana, sandbox, org_id):
    sandbox.put_org(org_id, name="Odd")
    sandbox.put_customer(org_id, {"object": "customer"})

    assert ana.customer(org_id).json() == {"object": "customer"}
    assert ana.get(f"org/{requests.utils.quote(org_id, safe='')}").json()["orgId"] == org_id


def test_a_query_changes_nothing(ana, sandbox):
    answer = ana.get(f"org/{sandbox.org_id('Bingo')}/customer?expand=cards")

    assert answer.content == SAMPLE.read_bytes()
