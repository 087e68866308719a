from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from customers.upstream.reading import (
    goes_on,
    items,
    mapping,
    objects,
    text,
    total_count,
    unix_time,
    word,
)
from customers.upstream.stripe.known_methods import (
    NamedMethod,
    Objects,
    methods_sent,
    named_method,
    own_reference,
    subscription_objects,
)
from customers.upstream.stripe.subscription_item import SubscriptionItem, read_items

PAUSED = "paused"
# Stripe's statuses, most urgent first: money is owed, first payment pending, stopped, healthy. An
# unknown status ("") ranks just before the healthy ones, since it may not be healthy.
_SEVERITY = (
    "unpaid",
    "past_due",
    "incomplete",
    "incomplete_expired",
    PAUSED,
    "canceled",
    "",
    "trialing",
    "active",
)
_RENEWING = frozenset({"active", "trialing", "past_due"})
_PAUSABLE = frozenset({"active", "trialing"})
_ENDED = frozenset({"canceled", "incomplete_expired"})
_STOPPED = frozenset({"unpaid", "incomplete", PAUSED})
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pause:
    behavior: str = ""
    resumes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str = ""
    status: str = ""
    items: tuple[SubscriptionItem, ...] = ()
    has_more_items: bool = False
    method: NamedMethod | None = None  # charged even if the customer has a default
    is_invoiced: bool = False  # billed by invoice, never charged
    current_period_end: datetime | None = None
    trial_end: datetime | None = None
    cancel_at_period_end: bool = False
    cancel_at: datetime | None = None
    ended_at: datetime | None = None
    pause: Pause | None = None

    @property
    def is_live(self) -> bool:
        """`unpaid` and `paused` may resume; an unknown status may be live."""
        return self.status not in _ENDED

    @property
    def standing(self) -> str:
        return PAUSED if self.pause and self.status in _PAUSABLE else self.status

    @property
    def trial_ends_at(self) -> datetime | None:
        return (self.trial_end or self.current_period_end) if self.status == "trialing" else None

    @property
    def ends_at(self) -> datetime | None:
        ends = (self.cancel_at, self.current_period_end if self.cancel_at_period_end else None)
        return min(filter(None, ends), default=None)

    @property
    def renews_at(self) -> datetime | None:
        end = self.current_period_end
        if end is None or self.status not in _RENEWING or self.cancel_at_period_end:
            return None
        if self.cancel_at and self.cancel_at <= end:
            return None
        if self.pause and (self.pause.resumes_at is None or self.pause.resumes_at > end):
            return None
        return end

    @property
    def may_renew_any_day(self) -> bool:
        """Whether it may still renew, on a day that is unknown."""
        if not self.is_live or self.status in _STOPPED or self.cancel_at_period_end:
            return False
        end = self.current_period_end
        if self.renews_at or (self.cancel_at and end and self.cancel_at <= end):
            return False
        return self.pause is None or self.pause.resumes_at is not None


def read_subscriptions(customer: dict[str, object]) -> tuple[Subscription, ...]:
    methods = methods_sent(customer)
    read: dict[object, Subscription] = {}
    for place, item in enumerate(subscription_objects(customer)):
        subscription = _read_subscription(item, methods)
        if subscription.id or subscription.status:
            read.setdefault(subscription.id or place, subscription)
    return tuple(read.values())


def count_subscriptions(customer: dict[str, object], number_read: int) -> int | None:
    if items(customer.get("subscriptions")) is None and not number_read:
        return None
    return max(number_read, total_count(customer.get("subscriptions")) or 0)


def worst_status(subscriptions: Iterable[Subscription]) -> str:
    statuses = [subscription.standing for subscription in subscriptions if subscription.status]
    return min(statuses, key=_severity, default="")


def next_renewal(subscriptions: Iterable[Subscription]) -> datetime | None:
    return min(filter(None, (one.renews_at for one in subscriptions)), default=None)


def next_charged_method(subscriptions: Sequence[Subscription]) -> NamedMethod | None:
    """Prefer charged subscriptions over invoiced ones, then the next renewal."""
    live = [one for one in subscriptions if one.is_live and one.method]
    return min(live, key=_charged_next).method if live else None


def _charged_next(one: Subscription) -> tuple[bool, bool, datetime]:
    due = one.current_period_end or _LATEST
    return one.is_invoiced, one.renews_at is None, due


def _severity(status: str) -> int:
    return _SEVERITY.index(status if status in _SEVERITY else "")


def _read_subscription(sent: dict[str, object], methods: Objects) -> Subscription:
    lines = objects(sent.get("items"))
    own = own_reference(sent)
    return Subscription(
        id=text(sent.get("id")),
        status=text(sent.get("status")),
        items=read_items(sent),
        has_more_items=goes_on(sent.get("items")),
        method=named_method(own, methods) if own else None,
        # `billing` before 2019-10-17.
        is_invoiced=word(sent.get("collection_method") or sent.get("billing")) == "send_invoice",
        current_period_end=_period_end(sent, lines),
        trial_end=unix_time(sent.get("trial_end")),
        cancel_at_period_end=sent.get("cancel_at_period_end") is True,
        cancel_at=unix_time(sent.get("cancel_at")),
        ended_at=unix_time(sent.get("ended_at")),
        pause=_pause(mapping(sent.get("pause_collection"))),
    )


def _pause(sent: dict[str, object]) -> Pause | None:
    if not sent:
        return None
    return Pause(text(sent.get("behavior")), unix_time(sent.get("resumes_at")))


def _period_end(sent: dict[str, object], lines: Objects) -> datetime | None:
    """Since 2025-03-31 each item has its own period."""
    end = unix_time(sent.get("current_period_end"))
    ends = [unix_time(line.get("current_period_end")) for line in lines]
    return end or min(filter(None, ends), default=None)
