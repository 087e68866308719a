"""Expiry: the last day of a card, whose calendar it is, and how long before it is warned about."""

import ast

from tests.mutants.calls import argument, call
from tests.mutants.changes import always, compared, operated, returned
from tests.mutants.mutant import Mutant

CALENDAR, FORMATS = "services/wording/expiry", "services/wording/formats"
METHOD, CARD = "upstream/stripe/payment_method", "tests/upstream/stripe/test_card_details.py"
WORKLISTS, RENEWED = (
    f"tests/services/lists/test_{what}.py" for what in ("worklists", "renewed_cards")
)
LIST = "services/lists/worklists"
DAYS = "tests/services/wording/test_expiry.py"
WORDS = "tests/services/wording/test_formats.py"

MUTANTS = (
    Mutant(f"{METHOD}:read_payment_method", always("CARD", "_read_expiry"), CARD),
    Mutant(f"{CALENDAR}:day_of", argument("localdate", 1, "None"), DAYS),
    Mutant(f"{CALENDAR}:day_of", call("localdate", "at.date()"), DAYS),
    Mutant(f"{CALENDAR}:end_of_month", returned("day", "monthrange"), DAYS),
    Mutant(f"{CALENDAR}:warned_until", operated(ast.Add, ast.Sub, "timedelta"), DAYS),
    Mutant(f"{CALENDAR}:validity_tone", compared(ast.LtE, "Lt"), DAYS),
    Mutant(f"{CALENDAR}:validity_tone", compared(ast.Lt, "warned_until"), DAYS),
    Mutant(f"{LIST}:holds_expiry", compared(ast.LtE, "Lt"), WORKLISTS),
    Mutant(f"{LIST}:holds_expiry", compared(ast.LtE, "Eq", "end_of_month"), WORKLISTS),
    Mutant(f"{FORMATS}:expiry_words", compared(ast.LtE, "Lt"), WORDS),
)
