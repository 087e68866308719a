"""The rules broken on purpose, one at a time; `make mutants` expects the tests to notice."""

from tests.mutants import (
    access,
    assistants,
    cases,
    drafts,
    figures,
    mass_changes,
    programs,
    records,
    tokens,
    upstream,
    watching,
)

MUTANTS = (
    *access.MUTANTS,
    *assistants.MUTANTS,
    *cases.MUTANTS,
    *drafts.MUTANTS,
    *figures.MUTANTS,
    *mass_changes.MUTANTS,
    *programs.MUTANTS,
    *records.MUTANTS,
    *tokens.MUTANTS,
    *upstream.MUTANTS,
    *watching.MUTANTS,
)
