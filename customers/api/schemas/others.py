from datetime import datetime

from ninja import Schema
from pydantic import Field


class Catalyze(Schema):
    state: str = Field(
        description="Of your credentials: none, unchecked, active, expired or refused."
    )
    may_ask: bool = Field(description="Whether Catalyze can be asked with them.")


class Me(Schema):
    username: str
    token: str = Field(description="The name of the token.")
    scopes: list[str] = Field(examples=[["history", "read"]])
    expires_at: datetime = Field(description="When the token ends.")
    catalyze: Catalyze
    max_requests_per_minute: int | None = Field(description="null is no limit.")
    proofs_last_seconds: int = Field(description="How long an answer proves your access.")
    stale_after_seconds: int = Field(description="How long an answer stays current.")
    time_zone: str = Field(description="Of days in answers and parameters.")


class MeAnswer(Schema):
    data: Me
    as_of: datetime


class Worklist(Schema):
    key: str = Field(description="As in the parameter worklist of GET /orgs.")
    label: str
    help: str
    group: str = Field(description="to_do, to_check or info.")
    count: int
    count_is_capped: bool


class WorklistsAnswer(Schema):
    data: list[Worklist]
    as_of: datetime = Field(description="When they were counted, at most a minute ago.")
