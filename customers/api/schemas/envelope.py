from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field


class Source(Schema):
    checked_by: str | None = Field(
        description="Whose credentials Catalyze answered; null for a past moment or a former user."
    )
    proof: Literal["own", "listed"] = Field(
        description="How your access is proved: by an answer to your own credentials, or because "
        "Catalyze's permission list names you."
    )


class HowKnown(Schema):
    """How the portal knows, and since when."""

    as_of: datetime = Field(description="When Catalyze said so.")
    source: Source
    stale: bool = Field(description="Whether that is longer ago than answers stay current.")


class Trouble(Schema):
    code: str = Field(description="A stable code.")
    text: str = Field(description="The same in words.")


class Enveloped(HowKnown):
    proof_until: datetime | None = Field(
        description="Until when your proof of access lasts. Catalyze is asked again after that."
    )
    trouble: Trouble | None = Field(
        description="Why there is nothing newer: what went wrong with the last check. The data are "
        "those of the last answer."
    )


class ListAnswer(Schema):
    next: str | None = Field(
        description="The cursor of the next part; null at the end. Send it with the same filters."
    )
    count: int = Field(description="How many there are in all, as far as they are counted.")
    count_is_capped: bool = Field(description="Whether there are more than that.")
