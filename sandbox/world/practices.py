"""Made-up practices, clinics and laboratories of several countries, each with a name of its own."""

import json
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

_FILE = Path(__file__).parent / "data" / "practices.json"
# In which country each of twenty in a row is.
_ROUND = (
    *("US", "US", "GB", "US", "DE", "US", "CA", "US", "GB", "US"),
    *("FR", "US", "US", "AU", "GB", "US", "DE", "NL", "US", "CH"),
)
# Every so many is in Japan, whose currency has no decimals.
_RARE, _RARE_COUNTRY = 50, "JP"


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    currency: str
    language: str
    phone: str
    tax: str
    naming: str
    towns: tuple[str, ...]
    names: tuple[tuple[str, str], ...]  # each with what it is


def _read() -> dict[str, Country]:
    return {
        code: _country(code, **values) for code, values in json.loads(_FILE.read_text()).items()
    }


def _country(
    code: str, first: list[str], last: list[list[str]], naming: str, towns: list[str], **rest: str
) -> Country:
    names = [
        (naming.format(first=place, last=kind), trade)
        for place, (kind, trade) in product(first, last)
    ]
    Random(code).shuffle(names)
    return Country(code=code, naming=naming, towns=tuple(towns), names=tuple(names), **rest)


COUNTRIES = _read()


def country_of(number: int) -> Country:
    is_rare = number % _RARE == _RARE - 1
    return COUNTRIES[_RARE_COUNTRY if is_rare else _ROUND[number % len(_ROUND)]]


def practice(number: int) -> tuple[str, str]:
    """A name and what it is; beyond the names that there are, a second of the same name."""
    country = country_of(number)
    again, place = divmod(_number_in(country, number), len(country.names))
    name, trade = country.names[place]
    return (f"{name} {again + 1}" if again else name), trade


def _number_in(country: Country, number: int) -> int:
    """How many of the country come before."""
    if country.code == _RARE_COUNTRY:
        return number // _RARE
    rounds, rest = divmod(number, len(_ROUND))
    return rounds * _ROUND.count(country.code) + _ROUND[:rest].count(country.code)
