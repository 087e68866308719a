"""The organizations, who may see them, and their customers."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random

from sandbox.world.desk import DeskOrganization, desk_id
from sandbox.world.dice import Dice
from sandbox.world.generated import (
    GeneratedOrganization,
    generated_id,
)
from sandbox.world.named import NAMED, Made, seen_by
from sandbox.world.people import ANA
from sandbox.world.seeds import seeded_uuid

# Made customers to cache, at about 3 kB each; making one takes as long as sending it.
KEPT = 100_000
ROWS_PER_CHUNK = 500

as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Organization:
    """`customer` is the body that Get Customer answers with; None means not set up."""

    org_id: str
    name: str
    description: str
    customer: bytes | None
    payment: frozenset[str]


@dataclass(frozen=True, slots=True)
class WorldOptions:
    seed: int = 1
    today: date = date.min  # the day that is asked on
    lives_end_on: date | None = None  # the day that expiry and events are counted from (today)
    organizations: int = 250
    is_odd: bool = False
    folder: Path | None = None
    only_folder: bool = False


class World:
    """An ordinary desk; if it is odd, hand-made customers of every kind and mixed ones instead."""

    def __init__(self, options: WorldOptions) -> None:
        self._seed, self._is_odd = options.seed, options.is_odd
        self._start = self.day = options.today
        self._lives_end_on = options.lives_end_on or options.today
        count = 0 if options.only_folder else options.organizations
        named = _named(options.seed, options.today, count) if self._is_odd else {}
        self._fixed = named | _from_folder(options.folder)
        make_id = generated_id if self._is_odd else desk_id
        self._number_by_id = {
            make_id(options.seed, number): number for number in range(len(named), count)
        }
        self._changed: dict[str, Organization | None] = {}
        self._generated = lru_cache(KEPT)(self._generate)

    def find(self, org_id: str) -> Organization | None:
        if org_id in self._changed:
            return self._changed[org_id]
        if org_id in self._fixed:
            return self._fixed[org_id]
        number = self._number_by_id.get(org_id)
        return None if number is None else self._generated(org_id, number, self.day)

    def put(self, organization: Organization) -> None:
        self._changed[organization.org_id] = organization

    def put_customer(self, org_id: str, customer: bytes | None) -> None:
        """Adds the organization if it is unknown."""
        known = self.find(org_id) or new_organization(org_id)
        self.put(replace(known, customer=customer))

    def delete(self, org_id: str) -> None:
        self._changed[org_id] = None

    def forget_changes(self) -> None:
        self._changed.clear()
        self.day = self._start

    def texts(self) -> Iterator[tuple[str, str, str]]:
        ids = dict.fromkeys((*self._fixed, *self._number_by_id, *self._changed))
        for org_id in ids:
            if org_id in self._changed or org_id in self._fixed:
                organization = self.find(org_id)
                if organization is not None:
                    yield org_id, organization.name, organization.description
            else:
                made = self._made(self._number_by_id[org_id])
                yield org_id, made.name, made.description

    def csv_chunks(self) -> Iterator[bytes]:
        """The list that the portal imports, a few hundred rows per chunk."""
        chunk = io.StringIO()
        writer = csv.writer(chunk, lineterminator="\n")
        writer.writerow(("org_id", "name", "description"))
        for row_number, row in enumerate(self.texts(), start=1):
            writer.writerow(row)
            if row_number % ROWS_PER_CHUNK == 0:
                yield _emptied(chunk)
        yield _emptied(chunk)

    def _generate(self, org_id: str, number: int, day: date) -> Organization:
        made = self._made(number)
        customer = _as_bytes(made.customer(day))
        return Organization(org_id, made.name, made.description, customer, made.seen_by)

    def _made(self, number: int) -> GeneratedOrganization | DeskOrganization:
        if self._is_odd:
            return GeneratedOrganization(self._seed, number, self._start)
        return DeskOrganization(self._seed, number, self._lives_end_on)


def new_organization(org_id: str) -> Organization:
    return Organization(org_id, org_id, "", None, frozenset({ANA}))


def _named(seed: int, today: date, count: int) -> dict[str, Organization]:
    organizations: dict[str, Organization] = {}
    for position, named in enumerate(NAMED[:count]):
        org_id = seeded_uuid(seed, "named organization", named.name)
        dice = Dice(Random(f"{seed} named {named.name}"), today)
        organizations[org_id] = Organization(
            org_id, named.name, named.description, _as_bytes(named.make(dice)), seen_by(position)
        )
    return organizations


def _from_folder(folder: Path | None) -> dict[str, Organization]:
    """One organization per JSON file, whose bytes are its customer."""
    files = sorted(folder.glob("*.json")) if folder else []
    return {
        file.stem: replace(new_organization(file.stem), customer=file.read_bytes())
        for file in files
    }


def _as_bytes(made: Made) -> bytes | None:
    if made is None or isinstance(made, bytes):
        return made
    return as_json(made).encode()


def _emptied(chunk: io.StringIO) -> bytes:
    text = chunk.getvalue()
    chunk.seek(0)
    chunk.truncate()
    # A name set from outside may contain a lone surrogate, which UTF-8 cannot encode.
    return text.encode(errors="replace")
