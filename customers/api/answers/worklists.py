"""The worklists, and how many organizations the caller sees on each."""

from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer, iso
from customers.database.capped_counts import COUNT_CAP
from customers.services.lists.counts import worklist_counts
from customers.services.lists.worklists import WORKLISTS, Worklist
from customers.services.tokens.scopes import Scope


def worklists(asked: Asked) -> Answer:
    asked.require(Scope.READ)
    counted = worklist_counts(asked.user)
    return {
        "data": [_worklist(each, counted.counts[each.key]) for each in WORKLISTS],
        "as_of": iso(counted.counted_at),
    }


def _worklist(worklist: Worklist, count: int) -> Answer:
    return {
        "key": worklist.key,
        "label": str(worklist.label),
        "help": str(worklist.help),
        "group": worklist.group,
        "count": min(count, COUNT_CAP),
        "count_is_capped": count > COUNT_CAP,
    }
