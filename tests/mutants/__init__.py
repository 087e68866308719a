"""The rules broken on purpose, one at a time; `make mutants` expects the tests to notice."""

from tests.mutants import (
    access,
    assistants,
    billing,
    cases,
    drafts,
    figures,
    identity,
    mass_changes,
    programs,
    proofs,
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
    *identity.MUTANTS,
    *mass_changes.MUTANTS,
    *programs.MUTANTS,
    *proofs.MUTANTS,
    *records.MUTANTS,
    *tokens.MUTANTS,
    *upkeep.MUTANTS,
    *upstream.MUTANTS,
    *watching.MUTANTS,
)
