from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from customers.api.schemas.envelope import Enveloped, HowKnown, ListAnswer


class Differing(Schema):
    """null is unknown, or nothing."""

    before: Any
    after: Any


class Change(Schema):
    """What differed between two consecutive answers. It happened between the two times."""

    seen_at: datetime = Field(description="When the first answer with it arrived.")
    changed_after: datetime = Field(description="When the last answer without it arrived.")
    kinds: list[str] = Field(examples=[["became_delinquent"]])
    what: list[str] = Field(description="The same in sentences.")
    facts: dict[str, Differing] = Field(description="The facts that changed, named as in exports.")
    seen_with: str | None = Field(description="Whose credentials Catalyze answered.")


class PastChanges(Schema):
    org_id: str
    name: str
    first_checked_at: datetime | None
    changes: list[Change] = Field(description="Latest first.")
    is_complete: bool = Field(
        description="false if there are more than limit, or if you may not see the past because "
        "Catalyze has not recently sent you this customer."
    )


class HistoryAnswer(Enveloped):
    data: PastChanges


class FeedChange(Change, HowKnown):
    org_id: str
    name: str


class ChangesAnswer(ListAnswer):
    data: list[FeedChange]
