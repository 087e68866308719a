"""What runs by the clock: checks that are due, the digest, exports, and what is kept how long."""

from tests.mutants.upkeep import digest, exports, leases, retention

MUTANTS = (*digest.MUTANTS, *exports.MUTANTS, *leases.MUTANTS, *retention.MUTANTS)
