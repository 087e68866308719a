"""The rules broken on purpose, one at a time; `make mutants` expects the tests to notice."""

from tests.mutants import (
    access,
    assistants,
    billing,
    cases,
    drafts,
    figures,
    identity,
    limits,
    listed,
    mass_changes,
    programs,
    records,
    tokens,
    upkeep,
    upstream,
    watching,
)

MUTANTS = (
    *access.MUTANTS,
    *assistants.MUTANTS,
    *billing.MUTANTS,
    *cases.MUTANTS,
    *drafts.MUTANTS,
    *figures.MUTANTS,
    *limits.MUTANTS,
    *identity.MUTANTS,
    *listed.MUTANTS,
    *mass_changes.MUTANTS,
    *programs.MUTANTS,
    *records.MUTANTS,
    *tokens.MUTANTS,
    *upkeep.MUTANTS,
    *upstream.MUTANTS,
    *watching.MUTANTS,
)
