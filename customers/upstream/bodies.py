import json
from typing import Any

from customers.upstream.errors import InvalidAnswer, NoAnswer
from customers.upstream.reading import text
from customers.upstream.statuses import OK
from customers.upstream.transport import Answer


def decoded(answer: Answer) -> Any:
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as exc:
        raise InvalidAnswer("not_json") from exc


def require_ok(answer: Answer) -> None:
    if answer.status != OK:
        raise NoAnswer("status_unexpected_here", status=answer.status)


def object_of(answer: Answer) -> dict[str, Any]:
    require_ok(answer)
    fields = decoded(answer)
    if not isinstance(fields, dict):
        raise InvalidAnswer("not_an_object")
    return fields


def text_of(fields: dict[str, Any], name: str) -> str:
    return text(fields.get(name))


def exact_text_of(fields: dict[str, Any], name: str) -> str:
    """Empty unless it can be kept as it is: cleaned, it might be that of another."""
    kept = text_of(fields, name)
    return kept if kept == fields.get(name) else ""
