from ninja import Schema
from pydantic import Field

from customers.api.problem import PROBLEMS


class ProblemDetails(Schema):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(
        description="A stable code, which programs may rely on.",
        json_schema_extra={"enum": list(PROBLEMS)},
    )
    title: str = Field(description="What the type says, in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong this time, in English.")
    request_id: str = Field(description="Names the request in the portal's logs.")
    parameters: dict[str, str] = Field(
        {}, description="What is wrong with each parameter, where that is what is wrong."
    )
