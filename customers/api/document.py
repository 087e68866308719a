"""The OpenAPI document: ninja's, completed with problems, headers and examples."""

from functools import cache
from typing import Any

from ninja import NinjaAPI

from customers.api.examples import ANSWERS, EXAMPLE_ORG_ID, QUESTIONS
from customers.api.problem import PROBLEMS
from customers.api.responses import PLAIN_JSON, PROBLEM_JSON
from customers.api.schemas.problems import ProblemDetails
from customers.api.schemas.queries import OfChanges, OfHistory, OfList, OfOrganization

_ORG_ID = {
    "description": "The organization's id in Catalyze.",
    "example": EXAMPLE_ORG_ID,
}
_RATE = {
    "RateLimit-Policy": "Requests per minute: q of them in w seconds. Absent if there is no limit.",
    "RateLimit": "How many are left (r), and in how many seconds the count resets (t).",
}
_RETRY = {"Retry-After": "In how many seconds to try again."}
_TAG = {"ETag": "Changes with the body. Send it back as If-None-Match."}
_PARAMETERS = [each.__name__ for each in (OfOrganization, OfHistory, OfList, OfChanges)]
_EVERYWHERE = (401, 422, 429, 500, 503)
# By operation, what else it may answer.
_REFUSALS = {
    "organization": (403, 404),
    "history": (403, 404),
    "organizations": (403,),
    "worklists": (403,),
    "search": (400, 403, 413),
    "changes": (403,),
}
_TAGGED = {"organization", "history"}


@cache
def openapi_document(api: NinjaAPI) -> dict[str, Any]:
    document = dict(api.get_openapi_schema(path_prefix=""))
    document["servers"] = [{"url": "/api/v1"}]
    schemas = document["components"]["schemas"]
    for name in _PARAMETERS:  # stand in each operation
        del schemas[name]
    schemas["ProblemDetails"] = ProblemDetails.model_json_schema()
    document["components"]["responses"] = {f"Problem{status}": _refusal(status) for status in _ALL}
    for methods in document["paths"].values():
        for operation in methods.values():
            _complete(operation)
    return document


def _complete(operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    for parameter in operation["parameters"]:
        _complete_parameter(parameter)
    answer = operation["responses"].pop(200)
    answer["headers"] = _headers(_RATE | (_TAG if name in _TAGGED else {}))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        content["example"] = QUESTIONS[name]
    if name in ANSWERS:
        answer["content"][PLAIN_JSON]["example"] = ANSWERS[name]
    responses = {"200": answer}
    if name in _TAGGED:
        responses["304"] = {"description": "Not Modified", "headers": _headers(_RATE | _TAG)}
        operation["parameters"].append(_IF_NONE_MATCH)
    for status in sorted((*_EVERYWHERE, *_REFUSALS.get(name, ()))):
        responses[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    operation["responses"] = responses


def _complete_parameter(parameter: dict[str, Any]) -> None:
    """An empty default stands for none, which a program need not know."""
    if parameter["name"] == "org_id":
        parameter.update(_ORG_ID)
    schema = parameter["schema"]
    if schema.get("default") in ("", []):
        del schema["default"]
    for told_beside in ("title", "description", "examples"):
        value = schema.pop(told_beside, None)
        if told_beside == "examples" and value:
            parameter.pop("examples", None)
            parameter["example"] = value[0]


def _refusal(status: int) -> dict[str, Any]:
    types = [type_ for type_, (of, _title) in PROBLEMS.items() if of == status]
    words = "; ".join(f"{type_}: {PROBLEMS[type_][1].lower()}" for type_ in types)
    return {
        "description": words,
        "headers": _headers(_RETRY) if status in {429, 503} else {},
        "content": {
            PROBLEM_JSON: {
                "schema": {"$ref": "#/components/schemas/ProblemDetails"},
                "example": {
                    "type": types[0],
                    "title": PROBLEMS[types[0]][1],
                    "status": status,
                    "detail": f"{PROBLEMS[types[0]][1]}.",
                    "request_id": "5d2f6b1c8e0a4c7f9b3d1e6a2c4f8b0d",
                },
            }
        },
    }


def _headers(described: dict[str, str]) -> dict[str, Any]:
    return {
        name: {"description": words, "schema": {"type": "string"}}
        for name, words in described.items()
    }


_ALL = sorted({status for status, _title in PROBLEMS.values()})
_IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "description": "The ETag of the answer that you have.",
    "schema": {"type": "string"},
    "required": False,
}
