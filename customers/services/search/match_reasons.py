"""Why a customer matches a text: clues that fit, and clues that contradict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from customers.models import Customer
from customers.models.folding import fold
from customers.services.access.visible import plainly_visible
from customers.services.search.clues import Clues, one_line, phrases, read_clues
from customers.services.search.contradictions import against
from customers.services.search.find import known_names
from customers.services.search.similar_names import are_similar_alone, is_similar, typed_name
from customers.services.wording.isolation import isolated


@dataclass(frozen=True, slots=True)
class Reasons:
    fits: Sequence[str] = ()
    against: Sequence[str] = ()


def reasons(user: AbstractBaseUser, customers: Sequence[Customer], text: str) -> list[Reasons]:
    clues = read_clues(one_line(text))
    if not clues.text or not customers:
        return [Reasons() for _customer in customers]
    names, parts = known_names(plainly_visible(user), clues), set(phrases(clues))
    is_guess = are_similar_alone(customers, clues)
    return [
        Reasons(
            list(_fitting(customer, clues, parts)),
            [] if is_guess else against(customer, clues, names),
        )
        for customer in customers
    ]


def _fitting(customer: Customer, clues: Clues, names: set[str]) -> Iterator[str]:
    org_id, name = customer.organization.org_id, customer.organization.name
    whole = clues.text.lower()
    if org_id.lower() in {word.lower() for word in (*clues.org_ids, *clues.written, whole)}:
        yield _("org id %(org_id)s") % {"org_id": isolated(org_id)}
    elif clues.is_short and org_id.lower().startswith(whole):
        yield _("org id starts with %(text)s") % {"text": isolated(clues.text)}
    if customer.customer_id and customer.customer_id in {*clues.customer_ids, clues.text}:
        yield _("customer %(customer_id)s") % {"customer_id": isolated(customer.customer_id)}
    if customer.email and _is_email(customer.email, clues):
        yield _("e-mail %(email)s") % {"email": isolated(customer.email)}
    if name and (fold(name) in names or _holds(name, clues)):
        yield _("name “%(name)s”") % {"name": isolated(name)}
    elif (typed := typed_name(clues)) and is_similar(customer, typed):
        yield _("name is similar to “%(text)s”") % {"text": isolated(typed)}
    yield from _card(customer, clues)


def _is_email(email: str, clues: Clues) -> bool:
    return fold(email) in map(fold, clues.emails) or (clues.is_short and _holds(email, clues))


def _holds(value: str, clues: Clues) -> bool:
    parts = (fold(clues.text), " ".join(clues.words)) if clues.is_short else ()
    return any(part and part in fold(value) for part in parts)


def _card(customer: Customer, clues: Clues) -> Iterator[str]:
    has_digits = bool(customer.last4) and customer.last4 in clues.last4s
    expires = (customer.exp_month, customer.exp_year)
    says_expiry = expires in clues.expiries
    words = {
        "digits": customer.last4,
        "expiry": f"{expires[0] or 0:02}/{(expires[1] or 0) % 100:02}",
    }
    if customer.state == Customer.State.BANK_ACCOUNT and has_digits:
        yield _("account ends in %(digits)s") % words
    elif has_digits and says_expiry:
        yield _("card ends in %(digits)s and expires %(expiry)s") % words
    elif has_digits:
        yield _("card ends in %(digits)s") % words
    elif says_expiry:
        yield _("card expires %(expiry)s") % words
    if not has_digits and customer.dynamic_last4 and customer.dynamic_last4 in clues.last4s:
        digits = {"digits": customer.dynamic_last4}
        yield _("wallet number ends in %(digits)s") % digits
