"""The digest: what is news, who is told, and that it is sent once."""

from tests.mutants.calls import keyword, not_filtered, without_keyword
from tests.mutants.changes import never, without_condition
from tests.mutants.mutant import Mutant

NEWS, SEND, WATCHED = (f"services/digest/{what}" for what in ("news", "send", "watched"))
_TESTS = "tests/commands/send_digest/test_"
TOLD, REPEATED, OF_WATCHED, SESSIONS = (
    f"{_TESTS}{what}.py" for what in ("news", "repeated_runs", "watched", "sessions")
)

MUTANTS = (
    Mutant(f"{NEWS}:_is_new", not_filtered("seen_at__gt"), TOLD),
    Mutant(f"{NEWS}:_by_the_calendar", keyword("expires_on__lt", "None"), TOLD),
    Mutant(f"{NEWS}:_asked_again", without_keyword("proved_at__gte"), TOLD),
    Mutant(f"{NEWS}:reverify_news", without_condition("NotIn"), TOLD),
    Mutant(f"{SEND}:_claimed", without_keyword("claimed_until__lte"), REPEATED),
    Mutant(f"{SEND}:_begin", never("covers_until"), REPEATED),
    Mutant(f"{SEND}:_send", never("unverified"), REPEATED),
    Mutant(f"{SEND}:_ended", without_condition("LtE"), SESSIONS),
    Mutant(f"{WATCHED}:watched_changes", not_filtered("seen_at__gt"), OF_WATCHED),
    Mutant(f"{WATCHED}:_since_watched", without_keyword("since__lt"), OF_WATCHED),
)
