"""How staff edit the texts of replies: list, save, preview, reset."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import override

from customers.models import ReplyTemplate
from customers.services.organizations.reply_texts import (
    billing_page,
    default_text,
    filled,
    lacks_its_page,
    placeholders,
)
from customers.services.wording.formats import reply_date

_SAMPLE_CARD_IS_VALID = timedelta(days=200)
_SAMPLE_ORG_ID = "0c123456-7890-4abc-8def-0123456789ab"


@dataclass(frozen=True, slots=True)
class TextInUse:
    """The text of a reply in one language, with a preview for a made-up organization."""

    state: ReplyTemplate.State
    language: str
    text: str
    placeholders: tuple[str, ...]
    sample: str
    changed_at: datetime | None = None  # None for the default
    changed_by: AbstractBaseUser | None = None
    is_unused: bool = False  # the default is sent, because it names a page that is not set

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES)[self.language]


def all_texts() -> list[tuple[ReplyTemplate.State, list[TextInUse]]]:
    rows = {(r.state, r.language): r for r in ReplyTemplate.objects.select_related("changed_by")}
    return [
        (
            state,
            [
                _in_use(state, language, rows.get((state.value, language)))
                for language, _ in settings.LANGUAGES
            ],
        )
        for state in ReplyTemplate.State
    ]


def text_in_use(state: str, language: str) -> TextInUse:
    rows = ReplyTemplate.objects.select_related("changed_by")
    row = rows.filter(state=state, language=language).first()
    return _in_use(ReplyTemplate.State(state), language, row)


def save_text(user: AbstractBaseUser, state: str, language: str, text: str) -> None:
    """Use `text`, already validated by `problems`, and note who wrote it and when."""
    ReplyTemplate.objects.update_or_create(
        state=state,
        language=language,
        defaults={"text": text, "changed_at": timezone.now(), "changed_by_id": user.pk},
    )


def reset_text(state: str, language: str) -> None:
    ReplyTemplate.objects.filter(state=state, language=language).delete()


def sample(text: str, language: str) -> str:
    expires: date = timezone.localdate() + _SAMPLE_CARD_IS_VALID
    with override(language):
        values = {
            "organization": "Northwind Clinics",
            "card": "Visa •••• 4242",
            "expiry": f"{expires:%m/%Y}",
            "date": reply_date(timezone.now()),
            "billing_page": billing_page(_SAMPLE_ORG_ID),
        }
    return filled(text, values)


def _in_use(state: ReplyTemplate.State, language: str, row: ReplyTemplate | None) -> TextInUse:
    text = row.text if row else default_text(state, language)
    is_unused = lacks_its_page(text)
    return TextInUse(
        state,
        language,
        text,
        placeholders(state),
        sample(default_text(state, language) if is_unused else text, language),
        row.changed_at if row else None,
        row.changed_by if row else None,
        is_unused,
    )
