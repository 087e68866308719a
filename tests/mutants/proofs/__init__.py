"""Proofs of access: by permission lists, and which are renewed first where the pace is short."""

from tests.mutants.proofs import limits, listed

MUTANTS = (*limits.MUTANTS, *listed.MUTANTS)
