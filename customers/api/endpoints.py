"""The addresses of the API: what each is asked for, and how the answer is sent."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseNotModified
from ninja import Query, Router, Schema

from customers.api.answers import changes as of_changes
from customers.api.answers import history as of_history
from customers.api.answers import listing, organization
from customers.api.answers import me as of_me
from customers.api.answers import search as of_search
from customers.api.answers import worklists as of_worklists
from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer, Unrecorded
from customers.api.authorization import ProgramRequest
from customers.api.problem import invalid
from customers.api.responses import entity_tag, has_already, json_response
from customers.api.schemas.changes import ChangesAnswer, HistoryAnswer
from customers.api.schemas.organizations import (
    OrganizationAnswer,
    OrganizationsAnswer,
    SearchAnswer,
    SearchText,
)
from customers.api.schemas.others import MeAnswer, WorklistsAnswer
from customers.api.schemas.queries import OfChanges, OfHistory, OfList, OfOrganization
from customers.models import Disclosure

_HERE = Disclosure.Where.API
router = Router()


@router.get(
    "/me",
    response=MeAnswer,
    operation_id="me",
    url_name="me",
    summary="Who you are, and what the token allows",
)
def me(request: ProgramRequest) -> HttpResponse:
    return _sent(request, None, of_me.me)


@router.get(
    "/orgs/{org_id}",
    response=OrganizationAnswer,
    operation_id="organization",
    url_name="organization",
    summary="One organization: does its card work, and how is that known?",
)
def organization_facts(
    request: ProgramRequest, org_id: str, asked_for: Query[OfOrganization]
) -> HttpResponse:
    """The present facts, or with as_of those of a past moment. Without a recent proof of your own
    access, a token with the scope check asks Catalyze. No payment method is no error: then the
    state is none. Send the ETag of the last answer as If-None-Match to get 304 if nothing has
    changed."""
    return _sent_unless_known(
        request,
        OfOrganization,
        lambda asked: organization.find_organization(
            asked, org_id, refresh=asked_for.refresh, as_of=asked_for.as_of
        ),
    )


@router.get(
    "/orgs/{org_id}/history",
    response=HistoryAnswer,
    operation_id="history",
    url_name="history",
    summary="What changed at one organization",
)
def organization_history(
    request: ProgramRequest, org_id: str, asked_for: Query[OfHistory]
) -> HttpResponse:
    """Needs the scope history."""
    return _sent_unless_known(
        request,
        OfHistory,
        lambda asked: of_history.find_history(asked, org_id, limit=asked_for.limit),
    )


@router.get(
    "/orgs",
    response=OrganizationsAnswer,
    operation_id="organizations",
    url_name="organizations",
    summary="Organizations, filtered and sorted",
)
def organizations(request: ProgramRequest, asked_for: Query[OfList]) -> HttpResponse:
    """Those that you may see at present, each with its facts. Follow next to the end: no
    organization that stays in the list is missed or repeated, also while checks change others."""
    followed = {"limit", "cursor"}
    parameters = {name: text for name, text in request.GET.dict().items() if name not in followed}
    return _sent(
        request,
        OfList,
        lambda asked: listing.organizations(asked, parameters, asked_for.limit, asked_for.cursor),
    )


@router.get(
    "/worklists",
    response=WorklistsAnswer,
    operation_id="worklists",
    url_name="worklists",
    summary="The worklists, each with its count",
)
def worklists(request: ProgramRequest) -> HttpResponse:
    return _sent(request, None, of_worklists.worklists)


@router.post(
    "/search",
    response=SearchAnswer,
    operation_id="search",
    url_name="search",
    summary="Which organization is a text about?",
)
def search(request: ProgramRequest, body: SearchText) -> HttpResponse:
    """Reads ids, e-mail addresses, names and card digits in a ticket. The text is not stored."""
    return _sent(request, None, lambda asked: of_search.search(asked, body.text))


@router.get(
    "/changes",
    response=ChangesAnswer,
    operation_id="changes",
    url_name="changes",
    summary="What changed, at all organizations",
)
def changes(request: ProgramRequest, asked_for: Query[OfChanges]) -> HttpResponse:
    """Of the organizations whose past you may see, latest first."""
    return _sent(
        request,
        OfChanges,
        lambda asked: of_changes.changes(
            asked,
            asked_for.since,
            asked_for.until,
            asked_for.kind,
            asked_for.limit,
            asked_for.cursor,
        ),
    )


def _sent(
    request: ProgramRequest, parameters: type[Schema] | None, answer: Callable[[Asked], Answer]
) -> HttpResponse:
    asked = _asked(request, parameters)
    with asked.answering():
        return json_response(answer(asked))


def _sent_unless_known(
    request: ProgramRequest, parameters: type[Schema], find: Callable[[Asked], Unrecorded]
) -> HttpResponse:
    """With an entity tag; what the program has already is not sent, and so not recorded."""
    asked = _asked(request, parameters)
    with asked.answering():
        found = find(asked)
        response = json_response(found.answer)
        tag = entity_tag(response)
        if has_already(request, tag):
            response = HttpResponseNotModified()
        else:
            asked.disclose([found.customer])
    response["ETag"] = tag
    return response


def _asked(request: ProgramRequest, parameters: type[Schema] | None) -> Asked:
    """A misspelt filter would widen the answer, so unknown parameters are refused."""
    known = parameters.model_fields if parameters else {}
    if unknown := {name: "is not known" for name in request.GET if name not in known}:
        raise invalid(unknown)
    return Asked(request.auth.caller, _HERE)
