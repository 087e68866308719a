"""What each tool takes. Assistants read the descriptions."""

from typing import Annotated

from django.conf import settings
from msgspec import Meta, Struct

from customers.services.changes.change_filter import KIND_LABELS
from customers.services.lists.worklists import BY_KEY

_OrgId = Annotated[str, Meta(description="Its org_id.", max_length=200)]
_Limit = Annotated[int, Meta(description="Rows at most.", ge=1, le=50)]
_Cursor = Annotated[str, Meta(description="`next` of the page before.", max_length=2000)]


class Nothing(Struct):
    pass


class FindOrganization(Struct):
    text: Annotated[
        str,
        Meta(
            description="An org_id, name, e-mail address, Stripe customer id or last four "
            "digits; or the whole text of a ticket.",
            max_length=20_000,
        ),
    ]


class ShowOrganization(Struct):
    org_id: _OrgId
    as_of: Annotated[
        str,
        Meta(description="A past day, as 2026-11-24. Needs the scope history.", max_length=40),
    ] = ""
    notes: Annotated[bool, Meta(description="Add colleagues' notes.")] = False


class OrganizationHistory(Struct):
    org_id: _OrgId
    limit: _Limit = 20


class ListWorklist(Struct):
    worklist: Annotated[
        str,
        Meta(
            description="Empty: all worklists, with counts.",
            extra_json_schema={"enum": ["", *BY_KEY]},
        ),
    ] = ""
    limit: _Limit = 20
    cursor: _Cursor = ""


class ListChanges(Struct):
    since: Annotated[str, Meta(description="First day, as 2026-11-24.", max_length=40)] = ""
    until: Annotated[str, Meta(description="Last day.", max_length=40)] = ""
    kind: Annotated[str, Meta(extra_json_schema={"enum": ["", *KIND_LABELS]})] = ""
    limit: _Limit = 20
    cursor: _Cursor = ""


class SuggestReply(Struct):
    org_id: _OrgId
    language: Annotated[
        str,
        Meta(
            description="Empty: the customer's language.",
            extra_json_schema={"enum": ["", *dict(settings.LANGUAGES)]},
        ),
    ] = ""


class CheckOrganization(Struct):
    org_id: _OrgId
