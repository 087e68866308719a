"""A change as programs read it: when, what in words, and which facts from what to what."""

from collections.abc import Iterable, Sequence

from customers.api.answers.envelope import Answer, iso
from customers.models import Change
from customers.services.facts.table import BY_NAME
from customers.services.history.change_kinds import Differences, meaningful
from customers.services.history.differences import Event
from customers.services.wording.isolation import plain

EXPIRED = "card_expired"  # an event without a change: nothing changed but the day


def change_answer(change: Change, events: Sequence[Event]) -> Answer:
    return _answer(
        events,
        kinds=list(dict.fromkeys(event.kind for event in events)),
        facts=changed_facts(change.differences),
        seen_with=change.seen_with.get_username() if change.seen_with else None,
    )


def expiry_answer(event: Event) -> Answer:
    return _answer([event], kinds=[EXPIRED], facts={}, seen_with=None)


def _answer(
    events: Sequence[Event], *, kinds: Iterable[str], facts: Answer, seen_with: str | None
) -> Answer:
    first = events[0]
    return {
        "seen_at": iso(first.seen_at),
        "changed_after": iso(first.after),
        "kinds": list(kinds),
        "what": [plain(event.sentence) for event in events],
        "facts": facts,
        "seen_with": seen_with,
    }


def changed_facts(differences: Differences) -> Answer:
    shown = [name for name, fact in BY_NAME.items() if fact.is_column]
    names = meaningful(differences)
    return {
        name: {"before": _known(differences[name][0]), "after": _known(differences[name][1])}
        for name in shown
        if name in names
    }


def _known(value: object) -> object:
    return None if value == "" else value
