"""What a customer owes and with what it is paid: amounts, ends of cards, renewals."""

from tests.mutants.billing import expiry, money, renewals

MUTANTS = (*expiry.MUTANTS, *money.MUTANTS, *renewals.MUTANTS)
