"""Why a view is not saved, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models.saved_view import LONGEST_NAME
from customers.services.saved_views.refusals import Refusal
from customers.services.saved_views.saving import MOST_VIEWS
from customers.services.wording.formats import count_words

_WORDS: dict[Refusal, Promise] = {
    Refusal.NAME_MISSING: _("Give the view a name."),
    Refusal.NAME_TOO_LONG: _("A name can have at most %(longest)s characters."),
    Refusal.NAME_TAKEN: _("You already have a view with this name. Choose another one."),
    Refusal.NAME_TELLS: _(
        "The name of a shared view can’t contain an id, an e-mail address or digits of a card."
    ),
    Refusal.NAME_HOLDS_CARD: _("This looks like a card number, which is never stored."),
    Refusal.TOO_MANY: _(
        "You already have %(most)s views, the most you can keep. Delete one first."
    ),
    Refusal.LIST_TOO_LONG: _("This list has too many search terms to be saved as a view."),
    Refusal.LIST_HOLDS_CARD: _(
        "The search text contains what looks like a card number, which is never stored."
    ),
    Refusal.SHARES_TEXT: _(
        "A view with a search text can’t be shared, because the text could name a customer."
    ),
    Refusal.SHARES_CARD_OF: _(
        "A view of what one organization’s card pays for can’t be shared, because it names the "
        "organization."
    ),
    Refusal.SHARES_VALUE: _(
        "This list is filtered by a value that is not a known category, so it can’t be shared."
    ),
}


def refusal_words(why: Refusal) -> str:
    numbers = {"longest": count_words(LONGEST_NAME), "most": count_words(MOST_VIEWS)}
    return str(_WORDS[why]) % numbers


def refused_field(why: Refusal) -> str | None:
    """The field of ViewForm that it is about; None if it is about the list."""
    if why.startswith("name_"):
        return "name"
    return "shared" if why.startswith("shares_") else None
