"""What is kept over an ended session: whose, how much of it, and for how long."""

from tests.mutants.calls import not_filtered, without_keyword
from tests.mutants.changes import never, returned, without_condition, without_statement
from tests.mutants.mutant import Mutant

DRAFTS, WRITER = "services/drafts/drafts", "services/drafts/writer"
PAGES, SILENCE = "dashboard/drafts", "services/credentials/silence"
SERVICE = "tests/services/drafts/test_drafts.py"
SIGNED = "tests/services/drafts/test_writer.py"
KEPT = "tests/dashboard/drafts/test_kept_forms.py"
TABS = "tests/dashboard/drafts/test_other_tabs.py"
STANDING = "tests/dashboard/test_standing.py"

MUTANTS = (
    Mutant(f"{DRAFTS}:_drafts_of", not_filtered("user_id"), SERVICE),
    Mutant(f"{DRAFTS}:waiting_draft", not_filtered("created_at__gt"), SERVICE),
    Mutant(f"{DRAFTS}:keep_draft", never("MOST_BYTES"), SERVICE),
    Mutant(f"{DRAFTS}:keep_draft", without_statement("_make_room"), SERVICE),
    Mutant(f"{DRAFTS}:drop_draft", not_filtered("path"), SERVICE),
    Mutant(f"{WRITER}:writer_of", without_keyword("max_age"), SIGNED),
    Mutant(f"{DRAFTS}:keep_signed", without_keyword("is_active"), SERVICE),
    Mutant(f"{DRAFTS}:keep_signed", without_keyword("is_staff"), SERVICE),
    Mutant(f"{PAGES}:offered", without_condition("has_permission"), KEPT),
    Mutant(f"{PAGES}:offered", never("kwargs"), KEPT),
    Mutant(f"{PAGES}:sent_again", without_condition("writer_of"), TABS),
    Mutant(f"{SILENCE}:is_silence", returned("True", "code"), STANDING),
    Mutant(
        "services/operations/catalyze_standing:_credentials_of",
        not_filtered("user_id"),
        STANDING,
    ),
    Mutant(f"{SILENCE}:present_silence", without_keyword("tried_at__gt"), STANDING),
)
