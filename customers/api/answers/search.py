"""Find organizations by the clues in a text, such as a ticket."""

from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer, list_answer
from customers.api.answers.listing import followed, row_answers
from customers.api.problem import invalid
from customers.models import Customer
from customers.services.access.visible import visible_answer
from customers.services.lists.listing import Listed
from customers.services.search.clues import LONGEST_TICKET
from customers.services.search.find import find
from customers.services.search.match_reasons import Reasons, reasons
from customers.services.search.unfound import unfound_beside
from customers.services.tokens.scopes import Scope
from customers.services.wording.isolation import plain

_MOST_HITS = 50


def search(asked: Asked, text: str) -> Answer:
    """`opens` is set only if nothing in the text speaks against that organization. It may be an id
    that is not among the hits: that of an organization which the caller has not proved."""
    asked.require(Scope.READ)
    if not text.strip():
        raise invalid({"text": "is empty"})
    if len(text) > LONGEST_TICKET:
        raise invalid({"text": f"is longer than {LONGEST_TICKET} characters"})
    found = find(asked.user, text)
    if found.opens:
        rows = _opened(asked, found.opens)
        answer = list_answer(_hits(asked, rows, text), "", len(rows), is_capped=False)
        return answer | {"opens": found.opens, "not_found": []}
    if not found.query:
        return list_answer([], "", 0, is_capped=False) | {"opens": None, "not_found": []}
    part = followed(asked, Listed(text=found.query, sort="best"), _MOST_HITS)
    missing = unfound_beside(asked.user, found.query, part.rows)
    hits = _hits(asked, part.rows, found.query)
    answer = list_answer(hits, "", part.count, is_capped=part.is_capped)
    return answer | {"opens": None, "not_found": [*missing.org_ids, *missing.others]}


def _opened(asked: Asked, org_id: str) -> list[Customer]:
    found = visible_answer(asked.user, org_id)
    rows = [found] if found else []
    asked.disclose(rows)
    return rows


def _hits(asked: Asked, rows: list[Customer], text: str) -> list[Answer]:
    matched = zip(row_answers(asked, rows), reasons(asked.user, rows, text), strict=True)
    return [answer | _why(found) for answer, found in matched]


def _why(found: Reasons) -> Answer:
    return {
        "fits": [plain(words) for words in found.fits],
        "against": [plain(words) for words in found.against],
    }
