"""Money: decimals of a currency, credit or debt, what is charged and what is unknown."""

import ast

from tests.mutants.calls import argument
from tests.mutants.changes import (
    compared,
    never,
    operated,
    returned,
    without_condition,
    without_element,
)
from tests.mutants.mutant import Mutant

FORMATS, EXPORT = "services/wording/formats", "services/lists/export"
ITEM = "upstream/stripe/subscription_item"
WORDS, EXPORTED = "tests/services/wording/test_formats.py", "tests/services/lists/test_export.py"
ITEMS = "tests/upstream/stripe/test_subscription_item.py"
LINES = "tests/services/organizations/test_subscription_lines.py"

MUTANTS = (
    Mutant(f"{FORMATS}:stripe_decimals", never("_ZERO_DECIMAL"), WORDS),
    Mutant(f"{FORMATS}:stripe_decimals", never("_THREE_DECIMAL"), WORDS),
    Mutant(f"{FORMATS}:_THREE_DECIMAL", without_element("KWD"), WORDS),
    Mutant(f"{FORMATS}:_money", argument("scaleb", 0, "-2"), WORDS),
    Mutant(f"{FORMATS}:balance_words", compared(ast.Gt, "Lt"), WORDS),
    Mutant(f"{EXPORT}:_balance_amount", argument("scaleb", 0, "-2"), EXPORTED),
    Mutant(f"{EXPORT}:_balance_amount", without_condition("balance"), EXPORTED),
    Mutant(f"{ITEM}:SubscriptionItem.total", operated(ast.Mult, ast.Add, "amount"), ITEMS),
    Mutant(f"{ITEM}:SubscriptionItem.total", without_condition("is_measured"), ITEMS),
    Mutant(f"{ITEM}:SubscriptionItem.total", never("to_integral_value"), ITEMS),
    Mutant(f"{ITEM}:SubscriptionItem.varies", returned("self.is_measured", "total"), ITEMS),
    Mutant(f"{ITEM}:_is_measured", without_condition("tiered"), ITEMS),
    Mutant(f"{ITEM}:_AMOUNT_KEYS", without_element("unit_amount_decimal"), ITEMS),
    Mutant("services/organizations/subscription_lines:_quantity", never("_is_whole"), LINES),
)
