"""Made-up details of a customer, derived from a seed and a day."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from random import Random

MONTHS_PER_YEAR = 12
SECONDS_PER_DAY = 86_400
EPOCH = date(1970, 1, 1)
# Replaces the two signs of Base64, which Stripe's ids do not contain.
LETTERS_ONLY = b"kQ"


@dataclass(frozen=True, slots=True)
class Dice:
    rng: Random
    today: date

    def token(self, prefix: str, length: int) -> str:
        """A Stripe id: `cus_4FD4wvEKNQ2sJi`."""
        return prefix + b64encode(self.rng.randbytes(length), LETTERS_ONLY).decode()[:length]

    def digits(self, length: int) -> str:
        return f"{self.rng.randrange(10**length):0{length}}"

    def month(self, ahead: int) -> dict[str, int]:
        """A card's expiry `ahead` months from now; negative is past."""
        months = self.today.year * MONTHS_PER_YEAR + self.today.month - 1 + ahead
        return {"exp_month": months % MONTHS_PER_YEAR + 1, "exp_year": months // MONTHS_PER_YEAR}

    def moment(self, days: int) -> int:
        return ((self.today - EPOCH).days + days) * SECONDS_PER_DAY
