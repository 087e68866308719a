"""Exports: whole, of what is visible, as their contract says, and harmless in a spreadsheet."""

from tests.mutants.calls import call
from tests.mutants.changes import never, sql, without_condition, without_element, without_statement
from tests.mutants.mutant import Mutant

EXPORT, LINES = "services/lists/export", "services/wording/csv_and_jsonl"
EXPORTED = "tests/services/lists/test_export.py"
_PAGES = "tests/dashboard/lists/test_"
FOR_EXCEL = f"{_PAGES}exports.py::test_an_export_for_excel_is_offered_and_keeps_leading_zeros"
RECORDED = f"{_PAGES}recorded_exports.py"
WRITTEN = "tests/services/wording/test_csv_and_jsonl.py"

MUTANTS = (
    Mutant(f"{EXPORT}:_TEXTS", without_element("last4"), FOR_EXCEL),
    Mutant(f"{EXPORT}:_TEXT_OR_NULL", sql("funding", "state"), EXPORTED),
    Mutant(f"{EXPORT}:_next_renewal", call("day_of", "renewal.date()"), EXPORTED),
    Mutant(f"{EXPORT}:export", without_statement("record_export"), RECORDED),
    Mutant(f"{LINES}:_cell", never("_FORMULA_STARTS"), WRITTEN),
    Mutant(f"{LINES}:_cell", call("sub", "value"), WRITTEN),
    Mutant(f"{LINES}:_FORMULA_STARTS", sql("@", "="), WRITTEN),
    Mutant(f"{LINES}:_is_text", without_condition("Number"), WRITTEN),
)
