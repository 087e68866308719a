"""The made-up details of one customer: ids, months and moments, all from one seed and one day."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from random import Random

MONTHS_A_YEAR = 12
SECONDS_A_DAY = 86_400
EPOCH = date(1970, 1, 1)
# Base64 without its two signs, which no id of Stripe's holds.
LETTERS_ONLY = b"kQ"


@dataclass(frozen=True, slots=True)
class Dice:
    """Where made-up details come from; `today` is what expiry and renewals are counted from."""

    rng: Random
    today: date

    def token(self, prefix: str, length: int) -> str:
        """An id as Stripe writes them: `cus_4FD4wvEKNQ2sJi`."""
        return prefix + b64encode(self.rng.randbytes(length), LETTERS_ONLY).decode()[:length]

    def digits(self, length: int) -> str:
        return f"{self.rng.randrange(10**length):0{length}}"

    def month(self, ahead: int) -> dict[str, int]:
        """The expiry of a card that ends `ahead` months from this one; negative is past."""
        months = self.today.year * MONTHS_A_YEAR + self.today.month - 1 + ahead
        return {"exp_month": months % MONTHS_A_YEAR + 1, "exp_year": months // MONTHS_A_YEAR}

    def moment(self, days: int) -> int:
        """Midnight UTC `days` from today, in seconds since 1970."""
        return ((self.today - EPOCH).days + days) * SECONDS_A_DAY
