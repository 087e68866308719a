"""Write and read notes about an organization."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Note, Organization


def add_note(user: AbstractBaseUser, organization: Organization, text: str, url: str) -> Note:
    """Write a note in the user's name, dated now."""
    return Note.objects.create(
        organization=organization,
        author_id=user.pk,
        written_at=timezone.now(),
        text=text,
        ticket_url=url,
    )


def notes_of(organization: Organization) -> QuerySet[Note]:
    """The notes on an organization, the latest first."""
    return Note.objects.filter(organization=organization).select_related("author")
