"""Find what in a ticket contradicts a customer, and whether the ticket is about that customer."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from customers.models import Customer
from customers.models.folding import fold
from customers.services.search.clues import Clues
from customers.services.wording.isolation import isolated


def speaks_for_one(customer: Customer, clues: Clues, names: Sequence[str]) -> bool:
    """In pasted text four digits alone are not enough; `names` are known names in the text."""
    several = (clues.org_ids, clues.customer_ids, _digits(customer, clues), clues.expiries, names)
    if any(len(kind) > 1 for kind in several) or against(customer, clues, names):
        return False
    return clues.is_short or is_named(customer, clues, names) or _is_its_card(customer, clues)


def against(customer: Customer, clues: Clues, names: Sequence[str]) -> list[str]:
    """What contradicts the customer; unknown facts never do, and one match of a kind is enough."""
    sentences = [*_ids(customer, clues), *_card(customer, clues)]
    own = fold(customer.organization.name)
    if names and own not in map(fold, names):
        sentences.append(_("the text mentions “%(name)s”") % {"name": isolated(names[0])})
    if not is_named(customer, clues, names):
        sentences += _unexplained(customer, clues)
    return sentences


def is_named(customer: Customer, clues: Clues, names: Sequence[str]) -> bool:
    return _is_identified(customer, clues) or _is_in(customer.organization.name, names)


def _is_identified(customer: Customer, clues: Clues) -> bool:
    return (
        _is_in(customer.organization.org_id, (*clues.org_ids, *clues.written))
        or customer.customer_id in clues.customer_ids
        or _is_in(customer.email, clues.emails)
    )


def _is_in(own: str, found: Sequence[str]) -> bool:
    return bool(own) and fold(own) in map(fold, found)


def _is_its_card(customer: Customer, clues: Clues) -> bool:
    has_digits = any(digits in clues.last4s for digits in _own_digits(customer))
    return has_digits and _expires_in(customer) in clues.expiries


def _own_digits(customer: Customer) -> list[str]:
    return [digits for digits in (customer.last4, customer.dynamic_last4) if digits]


def _ids(customer: Customer, clues: Clues) -> Iterator[str]:
    org_id = customer.organization.org_id
    if clues.org_ids and not _is_in(org_id, clues.org_ids):
        yield _("org id is %(own)s, not %(other)s") % {
            "own": isolated(org_id),
            "other": isolated(clues.org_ids[0]),
        }
    own, others = customer.customer_id, clues.customer_ids
    if own and others and own not in others:
        yield _("customer is %(own)s, not %(other)s") % {
            "own": isolated(own),
            "other": isolated(others[0]),
        }
    email, emails = customer.email, clues.emails
    if email and emails and _domain(email) not in map(_domain, emails):
        yield _("e-mail is %(own)s, not %(other)s") % {
            "own": isolated(email),
            "other": isolated(emails[0]),
        }


def _domain(email: str) -> str:
    return fold(email).rpartition("@")[2]


def _card(customer: Customer, clues: Clues) -> Iterator[str]:
    digits = _digits(customer, clues)
    if customer.state == Customer.State.NONE:
        if digits or clues.brands or clues.expiries:
            yield _("nothing on file")
        return
    is_account = customer.state == Customer.State.BANK_ACCOUNT
    own = _own_digits(customer)
    if digits and own and not set(own) & set(digits):
        words = {"own": isolated(own[0]), "other": isolated(digits[0])}
        yield (
            _("account ends in %(own)s, not %(other)s")
            if is_account
            else _("card ends in %(own)s, not %(other)s")
        ) % words
    brand = _("bank account") if is_account else customer.brand
    if clues.brands and brand and not _is_in(brand, clues.brands):
        yield _("%(own)s, not %(other)s") % {
            "own": isolated(brand),
            "other": isolated(clues.brands[0]),
        }
    month, year = _expires_in(customer)
    if clues.expiries and month and year and (month, year) not in clues.expiries:
        words = {"own": _written(month, year), "other": _written(*clues.expiries[0])}
        yield _("expires %(own)s, not %(other)s") % words


def _digits(customer: Customer, clues: Clues) -> tuple[str, ...]:
    """Last digits that may contradict the customer: not unmarked ones beside its id or name."""
    if not clues.are_bare:
        return clues.last4s
    if not clues.is_short and _is_identified(customer, clues):
        return ()
    own = f"{fold(customer.organization.name)} {fold(customer.organization.org_id)}"
    is_typed = fold(clues.text) in own and len(clues.text) > len("4242")
    return tuple(digits for digits in clues.last4s if not (is_typed and digits in own))


def _unexplained(customer: Customer, clues: Clues) -> list[str]:
    if not clues.is_short:
        return []
    own = (customer.organization.name, customer.organization.org_id, customer.email, customer.brand)
    known = fold(" ".join((*own, *_own_digits(customer), str(customer.exp_year or ""))))
    words = " ".join(word for word in clues.words if word not in known)
    return [_("“%(words)s” matches nothing here") % {"words": isolated(words)}] if words else []


def _expires_in(customer: Customer) -> tuple[int, int]:
    return customer.exp_month or 0, customer.exp_year or 0


def _written(month: int, year: int) -> str:
    return f"{month:02}/{year % 100:02}"
