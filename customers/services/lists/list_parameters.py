"""The parameters of a list, as URLs, saved views and programs write them."""

from collections.abc import Container, Mapping
from datetime import date

from customers.services.cases.standing import STANDINGS
from customers.services.lists.listing import FILTERS, SORTS, Listed, usual_sort
from customers.services.lists.worklists import BY_KEY
from customers.services.search.clues import LONGEST_TICKET
from customers.services.wording.expiry import end_of_month
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id

_MODES = ("live", "test")
# What each parameter with a fixed choice may say.
CHOICES: dict[str, tuple[str, ...]] = {
    "worklist": tuple(BY_KEY),
    "mode": _MODES,
    "case": tuple(STANDINGS),
    "sort": tuple(sign + key for key in SORTS for sign in ("", "-")),
}
_LONGEST_VALUE = 200  # characters of the value of a filter


def parameters_of(listed: Listed) -> dict[str, str]:
    """Equal for equal lists, however their URLs were written."""
    usual = usual_sort(listed.worklist, is_search=bool(listed.text))
    found = {
        "worklist": listed.worklist,
        "q": listed.text,
        **{name: listed.filters.get(name, "") for name in FILTERS},
        "mode": listed.mode,
        "expires": f"{listed.expires:%Y-%m}" if listed.expires else "",
        "case": listed.case,
        "card_of": listed.card_of,
        "sort": "" if listed.sort == usual else listed.sort,
    }
    return {name: value for name, value in found.items() if value}


def stored_list(parameters: Mapping[str, str]) -> Listed:
    """Without what a release no longer knows, such as a former worklist."""

    def known(name: str, values: Container[str]) -> str:
        value = parameters.get(name, "")
        return value if value in values else ""

    worklist, text = known("worklist", BY_KEY), parameters.get("q", "")
    sort = parameters.get("sort", "")
    is_known_sort = sort.removeprefix("-") in SORTS
    return Listed(
        worklist=worklist,
        text=text,
        filters={name: parameters[name] for name in FILTERS if parameters.get(name)},
        mode=known("mode", _MODES),
        expires=_last_day(parameters.get("expires", "")),
        card_of=parameters.get("card_of", ""),
        case=known("case", STANDINGS),
        sort=sort if is_known_sort else usual_sort(worklist, is_search=bool(text)),
    )


def wrong_parameters(parameters: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with each, for programs: unlike a page, they are told instead of ignored."""
    found = {name: _trouble_with(name, value) for name, value in parameters.items()}
    return {name: trouble for name, trouble in found.items() if trouble}


def _trouble_with(name: str, value: str) -> str:
    if name in CHOICES:
        return "" if value in CHOICES[name] else f"is none of: {', '.join(CHOICES[name])}"
    if name == "expires":
        return "" if _last_day(value) else "is no month such as 2027-05"
    if name == "card_of":
        return "" if _is_org_id(value) else "is no org id"
    if name == "q":
        return _trouble_with_text(value, LONGEST_TICKET)
    return _trouble_with_text(value, _LONGEST_VALUE) if name in FILTERS else "is not known"


def _trouble_with_text(value: str, most: int) -> str:
    if not value:
        return "is empty"
    if len(value) > most:
        return f"is longer than {most} characters"
    return "holds a null character" if "\x00" in value else ""


def _is_org_id(text: str) -> bool:
    try:
        return bool(clean_org_id(text))
    except BadOrgId:
        return False


def _last_day(month: str) -> date | None:
    try:
        return end_of_month(date.fromisoformat(f"{month}-01"))
    except ValueError:
        return None
