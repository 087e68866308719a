"""Add and read notes about organizations."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from customers.models import Customer, Note, Organization
from customers.services.access.beside import beside
from customers.services.access.visible import last_sent
from customers.services.cases.mentions import Mentioned, mention_colleagues


@transaction.atomic
def add_note(user: AbstractBaseUser, organization: Organization, text: str, url: str) -> Mentioned:
    """Mentions the colleagues that the note names with an @."""
    note = Note.objects.create(
        organization=organization,
        author_id=user.pk,
        written_at=timezone.now(),
        text=text,
        ticket_url=url,
    )
    return mention_colleagues(note)


def notes_of(user: AbstractBaseUser, customer: Customer) -> list[Note]:
    """The notes that `user` may read, pinned ones first. A note can repeat what its author was
    sent, so others read it only if they were sent a customer of the organization themselves."""
    if not beside(customer).has_notes:
        return []
    notes = Note.objects.filter(organization_id=customer.pk).select_related("author")
    if last_sent(user, customer) is None:
        notes = notes.filter(author_id=user.pk)
    return list(notes)
