"""What to show first about subscriptions: expiring cards of their own, and those that stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from customers.models import Customer
from customers.services.organizations.subscription_words import STOPPED, WELL, collection_words
from customers.services.wording.expiry import day_of, warned_until
from customers.services.wording.formats import card_words, day_words, expiry_words, stripe_words
from customers.upstream.stripe.subscription import PAUSED, Subscription


@dataclass(frozen=True, slots=True)
class Summary:
    tone: str  # "bad", "warn", "good" or "plain"
    title: str
    detail: str
    hint: str = ""  # where to look for the cause


def what_own_card_may_fail(subscriptions: Sequence[Subscription], today: date) -> Summary | None:
    """Among the cards that subscriptions charge instead of the default, the first to expire."""
    charging = [one.method for one in subscriptions if one.renews_at and not one.is_invoiced]
    cards = [method.details for method in charging if method and method.details]
    valid = [(one.expires_on, card_words(one.brand, one.last4)) for one in cards if one.expires_on]
    if not valid:
        return None
    last_day, card = min(valid)
    if last_day > warned_until(today):
        return None
    words = {"card": card, "day": day_words(last_day)}
    if last_day < today:
        detail = _("%(card)s was valid through %(day)s. The next charge may fail.") % words
        return Summary("bad", _("The card of a subscription has expired."), detail)
    words["expires"] = expiry_words(last_day, today)
    detail = _("%(card)s %(expires)s. Many issuers renew cards automatically.") % words
    return Summary("warn", _("The card of a subscription expires soon."), detail)


def expiry_before_renewal(one: Subscription, of_default: date | None) -> date | None:
    """The last day of the card that a subscription charges, if it expires before the renewal."""
    if one.is_invoiced or one.renews_at is None:
        return None
    own = one.method.details if one.method else None
    last_day = of_default if one.method is None else own and own.expires_on
    return last_day if last_day and last_day < day_of(one.renews_at) else None


def what_stopped(customer: Customer, subscriptions: Sequence[Subscription]) -> Summary | None:
    status = customer.subscription_status
    if status == PAUSED:
        return Summary("warn", _("A subscription is paused."), _paused(subscriptions))
    if status in STOPPED:
        words = _("Its first payment was not made in time. A new subscription is needed.")
        return Summary("warn", _("A subscription never started."), words)
    if status not in WELL:
        title = _("A subscription is %(status)s.") % {"status": stripe_words(status)}
        return Summary(
            "plain", title, _("The portal doesn’t know this status. Look it up in Stripe.")
        )
    return None


def _paused(subscriptions: Sequence[Subscription]) -> str:
    """Why the first paused one is paused: its collection, or the end of its trial."""
    paused = [one for one in subscriptions if one.standing == PAUSED]
    if not paused:
        return _("No payments are collected for it.")
    pause = paused[0].pause
    return collection_words(pause) if pause else _("Its trial ended without a payment method.")
