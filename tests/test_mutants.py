"""Each mutant breaks what is there, and names tests that are."""

import pytest

from tests.helpers.sandbox_process import PROJECT
from tests.mutants import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file}: {mutant.before}")
def test_what_a_mutant_breaks_stands_where_it_says(mutant):
    tests = mutant.tests.partition("::")[0].split()

    assert mutant.before in (PROJECT / mutant.file).read_text()
    assert all((PROJECT / test).exists() for test in tests)
