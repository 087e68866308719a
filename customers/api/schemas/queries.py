"""Query parameters. The answers check them once more, for every way in which they are asked."""

from ninja import Schema
from pydantic import Field

from customers.api.answers.bounds import MOST_ROWS, USUAL_ROWS
from customers.api.answers.history import USUAL_LENGTH
from customers.services.changes.change_filter import KIND_LABELS
from customers.services.lists.list_parameters import CHOICES
from customers.services.search.clues import LONGEST_TICKET

_WHEN = "A day such as 2026-11-24, or a moment such as 2026-11-24T14:42:00Z. "


class OfOrganization(Schema):
    refresh: bool = Field(
        False, description="Ask Catalyze now, with your own credentials. Needs the scope check."
    )
    as_of: str = Field(
        "",
        min_length=1,
        description=f"{_WHEN}What was known then; of a day, at its end. Needs the scope history.",
        examples=["2026-11-24"],
    )


class OfHistory(Schema):
    limit: int = Field(USUAL_LENGTH, ge=1, le=MOST_ROWS, description="The most changes to list.")


class _Followed(Schema):
    limit: int = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description="The most rows in one answer.")
    cursor: str = Field(
        "", min_length=1, description="`next` of the answer before; send the same filters with it."
    )


class OfList(_Followed):
    worklist: str = Field(
        "",
        min_length=1,
        description="Only organizations on this worklist; see GET /worklists.",
        json_schema_extra={"enum": [*CHOICES["worklist"]]},
        examples=["delinquent"],
    )
    q: str = Field(
        "", min_length=1, max_length=LONGEST_TICKET, description="Only what fits this text."
    )
    brand: str = Field("", min_length=1, max_length=200, description="Such as Visa.")
    wallet: str = Field("", min_length=1, max_length=200, description="Such as apple_pay.")
    funding: str = Field("", min_length=1, max_length=200, description="Such as debit.")
    country: str = Field("", min_length=1, max_length=200, description="The card's, such as DE.")
    currency: str = Field("", min_length=1, max_length=200, description="Such as eur.")
    tax_exempt: str = Field("", min_length=1, max_length=200, description="Such as reverse.")
    mode: str = Field(
        "",
        min_length=1,
        description="Stripe's mode.",
        json_schema_extra={"enum": [*CHOICES["mode"]]},
    )
    expires: str = Field(
        "",
        min_length=1,
        description="The month in which the card ends.",
        pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$",
        examples=["2027-05"],
    )
    card_of: str = Field(
        "",
        min_length=1,
        max_length=200,
        description="An org id: only organizations that its card pays for.",
    )
    case: str = Field(
        "",
        min_length=1,
        description="How the desk's case about it stands.",
        json_schema_extra={"enum": [*CHOICES["case"]]},
    )
    sort: str = Field(
        "",
        min_length=1,
        description="A minus sign reverses the order. name, the default, is the one that checks "
        "hardly ever change: rows keep their places while you follow the list. With q it is best.",
        json_schema_extra={"enum": [*CHOICES["sort"]]},
    )


class OfChanges(_Followed):
    since: str = Field(
        "",
        min_length=1,
        description=f"{_WHEN}Changes seen from then on. Also today, friday, week or month.",
        examples=["2026-11-24"],
    )
    until: str = Field(
        "",
        min_length=1,
        description=f"{_WHEN}Changes seen before then; of a day, until its end.",
        examples=["2026-11-30"],
    )
    kind: list[str] = Field(
        [],
        description="Only changes of these kinds; may be repeated.",
        json_schema_extra={"items": {"type": "string", "enum": list(KIND_LABELS)}},
    )
