"""Mention colleagues in notes by @name: the organization goes onto their worklist."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models.functions import Lower
from django.utils import timezone

from customers.models import Customer, Mention, Note
from customers.services.access.beside import beside
from customers.services.access.kept_figures import forget_figures
from customers.services.access.visible import plainly_visible

MOST_MENTIONS = 20
_SEES_CUSTOMERS = "customers.view_customer"
# An @ within a word belongs to an e-mail address.
_NAMED = re.compile(r"(?<![\w.+-])@([\w.@+-]+)")
_ENDS_A_SENTENCE = ".@+-"


@dataclass(frozen=True, slots=True)
class Mentioned:
    told: list[str] = field(default_factory=list)
    without_access: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def mention_colleagues(note: Note) -> Mentioned:
    """Store a mention of each named colleague who may see the organization now."""
    found = Mentioned()
    for name in dict.fromkeys(_names_in(note.text)):
        colleague = _colleague(name)
        if colleague is None:
            found.unknown.append(name)
        elif colleague.pk == note.author_id:
            continue
        elif not _sees(colleague, note.organization_id):
            found.without_access.append(colleague.get_username())
        elif colleague.get_username() not in found.told:
            Mention.objects.create(note=note, user=colleague, organization_id=note.organization_id)
            forget_figures(colleague.pk)
            found.told.append(colleague.get_username())
    return found


def see_mentions(user: User, customer: Customer) -> None:
    if not beside(customer).has_mentions:
        return
    unseen = Mention.objects.filter(
        user_id=user.pk, organization_id=customer.organization_id, seen_at=None
    )
    if unseen.update(seen_at=timezone.now()):
        forget_figures(user.pk)


def _names_in(text: str) -> Iterator[str]:
    for number, match in enumerate(_NAMED.finditer(text)):
        if number == MOST_MENTIONS:
            return
        if name := match[1].rstrip(_ENDS_A_SENTENCE):
            yield name


def _colleague(name: str) -> User | None:
    """Active staff with that user name in any capitals; an exact match first."""
    users = User.objects.filter(is_active=True, is_staff=True).alias(folded=Lower("username"))
    found = list(users.filter(folded=name.lower())[:10])
    return next((user for user in found if user.username == name), next(iter(found), None))


def _sees(colleague: User, organization_id: int) -> bool:
    if not colleague.has_perm(_SEES_CUSTOMERS):
        return False
    return plainly_visible(colleague).filter(pk=organization_id).exists()
