"""The organizations of an ordinary desk: most are fine, and some have a life to tell of."""

from datetime import date
from random import Random

from sandbox.world.clients import Client
from sandbox.world.lives import steady
from sandbox.world.payment_methods import Json
from sandbox.world.people import ANA, BEN
from sandbox.world.practices import COUNTRIES, country_of, practice
from sandbox.world.scripted import SCRIPTED, Scripted
from sandbox.world.seeds import seeded_uuid

_QUIET = Scripted(steady)
_BEN_SEES = 0.5


def desk_id(seed: int, number: int) -> str:
    return seeded_uuid(seed, "organization of the desk", str(number))


class DeskOrganization:
    """Listing its texts does not make the customer."""

    def __init__(self, seed: int, number: int, lives_end_on: date) -> None:
        self._lives_end_on = lives_end_on
        self._seed = f"{seed} desk {number}"
        self._script = SCRIPTED[number] if number < len(SCRIPTED) else _QUIET
        rng = Random(f"{self._seed} texts")
        self._country = COUNTRIES.get(self._script.country) or country_of(number)
        name, trade = practice(number)
        staff = rng.randrange(3, 40)
        self.name = self._script.name or name
        self.description = self._script.description or (
            f"{trade}, {rng.choice(self._country.towns)}, {staff} staff"
        )
        stated = self._script.seen_by
        is_for_ben = bool(self._script.name) or rng.random() < _BEN_SEES
        usual = frozenset({ANA, BEN} if is_for_ben else {ANA})
        self.seen_by = usual if stated is None else stated

    def customer(self, day: date) -> Json | None:
        """As it is on a day; None if not set up."""
        client = Client(self._seed, self._lives_end_on, self._country, self.name, day)
        return self._script.life(client)
