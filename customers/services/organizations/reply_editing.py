"""What staff do with the texts of replies: see all, write one, see it filled in, go back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import override

from customers.models import ReplyTemplate
from customers.services.organizations.reply_texts import PLACEHOLDERS, default_text, filled
from customers.services.wording.formats import reply_date

_SAMPLE_CARD_IS_VALID = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class TextInUse:
    """The text of one reply in one language, with what it would say of a made-up organization."""

    state: ReplyTemplate.State
    language: str
    text: str
    placeholders: tuple[str, ...]
    sample: str
    changed_at: datetime | None = None  # None: it is the default
    changed_by: AbstractBaseUser | None = None

    @property
    def language_name(self) -> str:
        return dict(settings.LANGUAGES)[self.language]


def all_texts() -> list[tuple[ReplyTemplate.State, list[TextInUse]]]:
    """Every reply with its text in each language, the most urgent first."""
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
    """Use `text`, which has no problems, from now on; note who wrote it and when."""
    ReplyTemplate.objects.update_or_create(
        state=state,
        language=language,
        defaults={"text": text, "changed_at": timezone.now(), "changed_by_id": user.pk},
    )


def reset_text(state: str, language: str) -> None:
    """Use the default again."""
    ReplyTemplate.objects.filter(state=state, language=language).delete()


def sample(text: str, language: str) -> str:
    """What `text` would say of a made-up organization."""
    expires: date = timezone.localdate() + _SAMPLE_CARD_IS_VALID
    with override(language):
        values = {
            "organization": "Northwind Clinics",
            "card": "Visa •••• 4242",
            "expiry": f"{expires:%m/%Y}",
            "date": reply_date(timezone.now()),
        }
    return filled(text, values)


def _in_use(state: ReplyTemplate.State, language: str, row: ReplyTemplate | None) -> TextInUse:
    text = row.text if row else default_text(state, language)
    return TextInUse(
        state,
        language,
        text,
        PLACEHOLDERS[state],
        sample(text, language),
        row.changed_at if row else None,
        row.changed_by if row else None,
    )
