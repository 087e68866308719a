"""The case on an organization's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from customers.models import Case, CaseStep, Customer
from customers.services.access.sight import sight_of
from customers.services.cases.standing import NOTHING, OPEN, SNOOZED, standing
from customers.services.cases.to_do import is_to_do
from customers.services.wording.expiry import today
from customers.services.wording.formats import day_words
from customers.services.wording.isolation import isolated

_STEPS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class StepLine:
    words: str
    at: datetime | None  # None for what happened by itself
    day: date | None = None


@dataclass(frozen=True, slots=True)
class CasePanel:
    standing: str  # "open", "snoozed", "handled", or "" if there is nothing to do
    owner: str  # "" if nobody has it
    owner_id: int | None
    is_own: bool
    snoozed_until: date | None
    lines: list[StepLine]  # latest first, as far as the user may know the past


def case_panel(user: User, customer: Customer) -> CasePanel:
    """`customer` is what visible_customer gave."""
    day = today()
    case: Case | None = getattr(customer, "case", None)
    owner = case.present_owner if case else None
    current = _standing(customer, case, day, is_owned=owner is not None)
    return CasePanel(
        standing=current,
        owner=owner.get_username() if owner else "",
        owner_id=owner.pk if owner else None,
        is_own=owner == user,
        snoozed_until=case.snoozed_until if case and current == SNOOZED else None,
        lines=[*_woken(case, current, day), *_steps(user, customer)] if case else [],
    )


def _standing(customer: Customer, case: Case | None, day: date, *, is_owned: bool) -> str:
    """Only a case at rest needs the database to compute whether it still is."""
    row = Customer.objects.filter(pk=customer.pk)
    if case and (case.snoozed_until or case.handled_at):
        return str(row.values_list(standing(day), flat=True).get())
    return OPEN if is_owned or row.filter(is_to_do(day)).exists() else NOTHING


def _woken(case: Case, current: str, day: date) -> Iterator[StepLine]:
    """What reopened the case by itself. Only the history shows which facts changed."""
    if current != OPEN:
        return
    if case.snoozed_until and case.snoozed_until <= day:
        yield StepLine(_("Open again, snooze ended"), None, case.snoozed_until)
    elif case.snoozed_until or case.handled_at:
        yield StepLine(_("Open again, billing changed"), None)


def _steps(user: User, customer: Customer) -> list[StepLine]:
    """Steps reveal what was to be done in the past: who may not know that sees only their own."""
    steps = CaseStep.objects.filter(case_id=customer.pk).select_related("by", "assigned_to")
    if not sight_of(customer).knows_past:
        steps = steps.filter(by_id=user.pk)
    return [StepLine(_words(step), step.taken_at) for step in steps[:_STEPS_SHOWN]]


def _words(step: CaseStep) -> str:
    sentence = {
        CaseStep.Kind.TAKEN: _("%(name)s took it"),
        CaseStep.Kind.ASSIGNED: _("%(name)s assigned it to %(owner)s"),
        CaseStep.Kind.RELEASED: _("%(name)s removed the owner"),
        CaseStep.Kind.SNOOZED: _("%(name)s snoozed it until %(day)s"),
        CaseStep.Kind.HANDLED: _("%(name)s marked it as handled"),
        CaseStep.Kind.REOPENED: _("%(name)s reopened it"),
    }[CaseStep.Kind(step.kind)]
    return sentence % {
        "name": _name(step.by),
        "owner": _name(step.assigned_to),
        "day": day_words(step.until) if step.until else "",
    }


def _name(user: User | None) -> str:
    return isolated(user.get_username()) if user else _("a former user")
