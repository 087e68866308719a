"""Write, read, pin and delete notes about an organization."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.models import Customer, Note, Organization
from customers.services.access.visible import last_sent


def add_note(user: AbstractBaseUser, organization: Organization, text: str, url: str) -> Note:
    """Write a note in the user's name, dated now."""
    return Note.objects.create(
        organization=organization,
        author_id=user.pk,
        written_at=timezone.now(),
        text=text,
        ticket_url=url,
    )


def notes_of(user: AbstractBaseUser, customer: Customer) -> list[Note]:
    """The notes on an organization that `user` may read: pinned ones first, then the latest.

    Notes tell of what their authors were sent, so they are for those who were sent a customer of
    it themselves; everybody reads their own.
    """
    notes = Note.objects.filter(organization_id=customer.pk).select_related("author")
    if last_sent(user, customer) is None:
        notes = notes.filter(author_id=user.pk)
    return list(notes)
