"""What assistants are given in another way than programs: colleagues' notes, and a single reply."""

from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer, Unrecorded, iso
from customers.services.organizations.notes import notes_of
from customers.services.organizations.replies import language_for


def with_notes(asked: Asked, found: Unrecorded) -> Answer:
    """With the notes that the user may read on the organization's page, pinned ones first."""
    notes = [
        {
            "text": note.text,
            "ticket": note.ticket_url or None,
            "author": note.author.get_username() if note.author else None,
            "written_at": iso(note.written_at),
        }
        for note in notes_of(asked.user, found.customer)
    ]
    return found.answer | {"notes": notes}


def with_reply_alone(found: Unrecorded, language: str) -> Answer:
    """In `language`, or in the customer's."""
    language = language_for(found.customer, language)
    facts = found.answer["data"]
    reply = {"language": language, "reply": facts["reply"][language]}
    return found.answer | {"data": {"org_id": facts["org_id"], "state": facts["state"]} | reply}
