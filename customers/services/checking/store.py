"""Store outcomes: answers, access, changes and errors, in one transaction.
An older answer never replaces a newer one, and an error never replaces an answer."""

from collections.abc import Iterable, Sequence
from copy import copy

from django.db import transaction

from customers.database.bulk_write import insert, upsert
from customers.database.key_parameters import among
from customers.models import Access, Credentials, Customer, Organization
from customers.models.customer import MASS_NOT_SET_UP
from customers.services.access.organization_names import copy_names, register_organizations
from customers.services.checking.held_answers import HeldAnswers
from customers.services.checking.interpret import interpret
from customers.services.checking.outcome import UNPROVED_400, Outcome, Result
from customers.services.checking.write_rows import change_between, write_answers, write_payloads
from customers.services.credentials.call_counts import count_all
from customers.services.credentials.silence import is_silence, note_answer, note_silence
from customers.services.credentials.store import note_expired, note_working
from customers.upstream.message import Message

_ACCESS = {
    Result.ANSWERED: Access.State.GRANTED,
    Result.DENIED: Access.State.DENIED,
    Result.MISSING: Access.State.MISSING,
}


def store(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """All or nothing. Returns the outcomes as they counted, in the same order."""
    with transaction.atomic():
        counted = _judged(outcomes)
        ordered = sorted(counted, key=lambda outcome: (outcome.org_id, outcome.asked_at))
        _register_unknown(ordered)
        organizations = _locked({outcome.org_id for outcome in ordered})
        known = [outcome for outcome in ordered if outcome.org_id in organizations]
        _store_answers(known, organizations)
        _store_access(known, organizations)
        _note_credentials(ordered)
        count_all((outcome.asked_with.user_id, outcome.calls) for outcome in outcomes)
        _note_silence(outcomes)
    return counted


def _judged(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Discount outcomes of replaced credentials, and doubtful 400s. Locks the credentials.
    Where a customer is known, a 400 with credentials that never worked may be about the key."""
    users = sorted({outcome.asked_with.user_id for outcome in outcomes})
    locked = Credentials.objects.select_for_update().filter(user_id__in=users).order_by("user_id")
    rows = {row.user_id: row for row in locked}
    working = {user for user, row in rows.items() if row.proved_at}
    working |= {o.asked_with.user_id for o in outcomes if _proves_credentials(o)}
    doubted = {
        outcome.org_id
        for outcome in outcomes
        if outcome.is_not_set_up and outcome.asked_with.user_id not in working
    }
    set_up = _set_up_among(doubted)

    def judge(outcome: Outcome) -> Outcome:
        row = rows.get(outcome.asked_with.user_id)
        if row is None or row.proves_since != outcome.asked_with.proves_since:
            return outcome.discounted(Message("your_credentials_changed"))
        is_doubtful = outcome.is_not_set_up and outcome.asked_with.user_id not in working
        if is_doubtful and outcome.org_id in set_up:
            return outcome.discounted(UNPROVED_400)
        return outcome

    return [judge(outcome) for outcome in outcomes]


def _set_up_among(org_ids: set[str]) -> set[str]:
    if not org_ids:
        return set()
    rows = Customer.objects.filter(organization__org_id__in=org_ids, is_set_up=True)
    return set(rows.values_list("organization__org_id", flat=True))


def _proves_credentials(outcome: Outcome) -> bool:
    """A customer or a denial shows that the upstream knew who asked; a 400 does not."""
    if outcome.result is Result.DENIED:
        return True
    return outcome.answer is not None and outcome.answer.is_set_up


def _register_unknown(outcomes: Iterable[Outcome]) -> None:
    register_organizations(
        (outcome.org_id, outcome.details.name, outcome.details.description)
        for outcome in outcomes
        if outcome.details
    )


def _locked(org_ids: set[str]) -> dict[str, int]:
    """Their keys; always locked in the same order, to avoid deadlocks."""
    rows = Organization.objects.select_for_update().filter(org_id__in=org_ids).order_by("org_id")
    return dict(rows.values_list("org_id", "pk"))


def _store_answers(outcomes: list[Outcome], organizations: dict[str, int]) -> None:
    keys = among(organizations.values())
    stored = {row.organization_id: row for row in Customer.objects.filter(pk__in=keys)}
    rows = dict(stored)
    held = HeldAnswers(organizations.values())
    changed: dict[int, Customer] = {}
    payloads: dict[int, bytes] = {}
    changes = []
    for outcome in outcomes:
        key = organizations[outcome.org_id]
        before = rows.get(key) or Customer(organization_id=key)
        after = _after(before, outcome, held)
        if after is None:
            continue
        rows[key] = changed[key] = after
        if outcome.answer and after.asked_at == outcome.asked_at:
            payloads[key] = outcome.answer.body
            changes += change_between(before, after)
    write_answers(stored, changed)
    write_payloads(payloads)
    insert(changes)
    held.save()
    copy_names(changed.keys() - stored.keys())


def _after(before: Customer, outcome: Outcome, held: HeldAnswers) -> Customer | None:
    """The row after `outcome`, or None if it says nothing new about the customer."""
    if outcome.answer:
        if outcome.is_older_than(before.asked_at):
            return None
        if held.hold(before, outcome):
            return _tried(before, outcome, MASS_NOT_SET_UP)
        row = interpret(outcome, before)
        if outcome.is_older_than(before.attempted_at):
            row.attempted_at, row.last_error = before.attempted_at, before.last_error
            row.failing_since = before.failing_since
        return row
    if outcome.result not in {Result.UNAVAILABLE, Result.INVALID}:
        return None  # about the credentials, not about the customer
    return _tried(before, outcome, outcome.error)


def _tried(before: Customer, outcome: Outcome, error: Message) -> Customer | None:
    """The last answer, with why there is nothing newer. What is held stays so through failures."""
    if outcome.is_older_than(before.attempted_at):
        return None
    row = copy(before)
    row.attempted_at = outcome.asked_at
    if not before.is_held:
        row.last_error = error
        row.failing_since = before.failing_since or outcome.asked_at
        if row.is_held:
            row.failing_since = outcome.asked_at
    return row


def _store_access(outcomes: list[Outcome], organizations: dict[str, int]) -> None:
    proofs = [outcome for outcome in outcomes if outcome.result in _ACCESS]
    users = {outcome.asked_with.user_id for outcome in proofs}
    proofs_before = Access.objects.filter(
        user_id__in=users, organization_id__in=among(organizations.values())
    )
    rows = {(row.user_id, row.organization_id): row for row in proofs_before}
    proved: dict[tuple[int, int], Access] = {}
    for outcome in proofs:
        pair = (outcome.asked_with.user_id, organizations[outcome.org_id])
        row = proved.get(pair) or rows.get(pair)
        row = row or Access(user_id=pair[0], organization_id=pair[1])
        if outcome.is_older_than(row.proved_at):
            continue
        proved[pair] = _proved(row, outcome)
    changing = ["state", "proved_at", "customer_sent_at"]
    upsert(list(proved.values()), ["user", "organization"], changing)


def _proved(row: Access, outcome: Outcome) -> Access:
    """A denial also ends what an earlier customer proved."""
    row.state, row.proved_at = _ACCESS[outcome.result], outcome.asked_at
    if outcome.answer is None:
        row.customer_sent_at = None
    elif outcome.answer.is_set_up:
        row.customer_sent_at = outcome.asked_at
    return row


def _note_silence(outcomes: Sequence[Outcome]) -> None:
    """One answer among many shows that Catalyze is there."""
    if any(_is_heard(outcome) for outcome in outcomes):
        note_answer()
    elif about := {one.org_id for one in outcomes if one.result is Result.UNAVAILABLE}:
        note_silence(about.pop() if len(about) == 1 else "")


def _is_heard(outcome: Outcome) -> bool:
    if outcome.result is Result.UNAVAILABLE:
        return not is_silence(outcome.error)
    return outcome.result in _ACCESS or outcome.result is Result.EXPIRED


def _note_credentials(outcomes: Iterable[Outcome]) -> None:
    latest: dict[int, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.asked_at):
        if outcome.result is Result.EXPIRED or _proves_credentials(outcome):
            latest[outcome.asked_with.user_id] = outcome
    for _, outcome in sorted(latest.items()):
        if outcome.result is Result.EXPIRED:
            note_expired(outcome.asked_with, outcome.error)
        else:
            note_working(outcome.asked_with)
