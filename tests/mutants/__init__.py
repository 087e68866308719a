"""The rules broken on purpose, one at a time; `make mutants` expects the tests to notice."""

from tests.mutants import access, records, upstream

MUTANTS = (*access.MUTANTS, *records.MUTANTS, *upstream.MUTANTS)
