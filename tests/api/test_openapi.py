"""The OpenAPI document: valid, true, and kept by a running server."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from customers.api.document import openapi_document
from customers.api.schemas.queries import OfList
from customers.api.v1 import api
from customers.services.lists.export import EXPORT_COLUMNS
from customers.services.lists.listing import FILTERS
from tests.conftest import make_staff, sign_in_upstream
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.programs.api_table import ADDRESSES
from tests.helpers.rows import make_change, show, stripe_customer

_EXAMPLES = 12  # requests of each operation
DOCUMENT = json.loads(json.dumps(openapi_document(api)))
OPERATIONS = {
    operation["operationId"]: operation
    for methods in DOCUMENT["paths"].values()
    for operation in methods.values()
}


def test_the_document_is_valid_and_served(program):
    validate(DOCUMENT)

    assert program.data("/openapi.json") == DOCUMENT
    assert DOCUMENT["openapi"].startswith("3.1")


def test_facts_are_the_columns_of_exports_in_their_order():
    assert (
        tuple(DOCUMENT["components"]["schemas"]["WholeFacts"]["properties"])[:23] == EXPORT_COLUMNS
    )


def test_lists_are_narrowed_by_every_filter_of_the_portals_list():
    assert set(FILTERS) <= set(OfList.model_fields)


def test_every_operation_needs_the_token_and_describes_every_status():
    for operation in OPERATIONS.values():
        assert operation["security"] == [{"BearerToken": []}]
        assert {"200", "401", "422", "429", "500", "503"} <= operation["responses"].keys()


@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"openapi"}))
def test_examples_are_as_the_schema_says(name):
    answer = OPERATIONS[name]["responses"]["200"]["content"]["application/json"]

    assert list(wrong(answer["schema"], answer["example"])) == []


def test_answers_are_as_the_schema_says_and_hold_nothing_else(program, ana, customer):
    change = make_change(customer.organization, last4=["1111", "4242"])
    change.changed_method = True
    change.save()
    show(ana, "org-2", "Walked", state="none", brand="", last4="", delinquent=None, balance=None)

    for name, address in ADDRESSES.items():
        if "check" in address.scopes:
            continue
        answer = address.asked(program, "org-1")
        described = OPERATIONS[name.split()[0]]["responses"][str(answer.status_code)]
        if answer.status_code == 200:
            schema = described["content"]["application/json"]["schema"]
            assert list(wrong(schema, answer.json())) == [], name


def wrong(schema: dict[str, Any], answer: Any) -> Iterator[str]:
    whole = {**schema, "components": DOCUMENT["components"]}
    checker = jsonschema.Draft202012Validator(
        whole, format_checker=jsonschema.FormatChecker(["date", "date-time"])
    )
    yield from (error.message for error in checker.iter_errors(answer))
    yield from _undescribed(schema, answer)


def _undescribed(schema: dict[str, Any], answer: Any) -> Iterator[str]:
    """Keys that the schema does not name."""
    for each in schema.get("anyOf", []):
        if answer is not None:
            yield from _undescribed(each, answer)
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from _undescribed(DOCUMENT["components"]["schemas"][name], answer)
    if isinstance(answer, list):
        for each in answer:
            yield from _undescribed(schema.get("items", {}), each)
    properties = schema.get("properties")
    if isinstance(answer, dict) and properties:
        yield from sorted(answer.keys() - properties.keys())
        for key, value in answer.items():
            yield from _undescribed(properties.get(key, {}), value)


CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]


@pytest.fixture
def running(transactional_db, live_server, sandbox, settings):
    """A server, with the sandbox behind it and a token of Ana's."""
    settings.API_MAX_RPM = 0
    ana = make_staff("ana")
    sign_in_upstream(ana, sandbox)
    org_id = "7c1f0a52-0d3e-4f57-9a70-5d1c9f3f3b11"  # as in the document's examples
    sandbox.put_org(org_id, payment=["ana"])
    sandbox.put_customer(org_id, stripe_customer())
    return live_server.url, {"Authorization": f"Bearer {give_token(ana)}"}


def test_a_running_server_keeps_to_the_document(running):
    """Requests that the document allows, and some that it does not, from its text alone."""
    url, headers = running
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/openapi.json", headers=headers)
    asked = [found.ok() for found in schema.get_all_operations()]

    for operation in asked:

        @settings(
            max_examples=_EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def keeps(case):
            answer = case.call(base_url=f"{url}/api/v1", headers=headers)
            case.validate_response(answer, checks=CHECKS)

        keeps()

    # Schemathesis does not ask for the document itself.
    walked = {operation.definition.raw["operationId"] for operation in asked}
    assert walked == set(OPERATIONS) - {"openapi"}
