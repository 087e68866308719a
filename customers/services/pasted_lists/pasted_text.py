"""Read the ids of a pasted column, line by line. Safe for any text; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from customers.models.folding import plain_line
from customers.models.pasted_id import PastedId
from customers.services.search import clue_patterns as patterns
from customers.services.search.clues import may_be_card_number
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id

MOST_LINES = 5_000
LONGEST_TEXT = 500_000  # characters

_Kind = PastedId.Kind
# Separators between the ids of a line. Full-width commas and semicolons become plain ones first.
_BETWEEN = re.compile(r"[\t,;|、]+")
_AROUND = " .:!?()[]{}<>\"'“”„’‘«»|*_>-–—#•·"
_SURE = (
    (patterns.ORG_ID, _Kind.ORG_ID),
    (patterns.EMAIL, _Kind.EMAIL),
    (patterns.CUSTOMER_ID, _Kind.CUSTOMER_ID),
)
# Among other words, only a word with both letters and digits counts as an org id.
_LIKE_AN_ID = re.compile(r"(?=.*[0-9])(?=.*[^\W\d_])[\w.~-]{4,200}")
# A text with this many org or customer ids is a list, whatever else it says.
_ENOUGH_FOR_A_LIST = 5


class TooMuchPasted(Exception):
    """More than one list may hold; nothing of it is kept."""

    def __init__(self, what: str, count: int, most: int) -> None:
        super().__init__(what, count, most)
        self.what, self.count, self.most = what, count, most  # "ids", "lines" or "characters"


@dataclass(frozen=True, slots=True)
class Pasted:
    """`lines` holds the places of each pasted line's ids; None for a blank line."""

    ids: tuple[tuple[_Kind, str], ...]
    lines: tuple[tuple[int, ...] | None, ...]
    is_nothing_else: bool  # whether the text holds only certain ids

    @property
    def is_list(self) -> bool:
        kinds = [kind for kind, _ in self.ids]
        if self.is_nothing_else:
            return any(kinds.count(kind) > 1 for kind in set(kinds))
        org_ids = [text for kind, text in self.ids if patterns.ORG_ID.fullmatch(text)]
        return max(len(org_ids), kinds.count(_Kind.CUSTOMER_ID)) >= _ENOUGH_FOR_A_LIST


def read_pasted(text: str) -> Pasted:
    """Raises TooMuchPasted. Each id of a one-line text counts as a line."""
    if len(text) > LONGEST_TEXT:
        raise TooMuchPasted("characters", len(text), LONGEST_TEXT)
    readable = patterns.SOFT_HYPHEN.sub("-", text.encode(errors="replace").decode())
    written = re.split("\r\n|[\r\n]", readable)
    if written[-1].strip() == "":  # spreadsheets end the last line, too
        written.pop()
    if len(written) > MOST_LINES:
        raise TooMuchPasted("lines", len(written), MOST_LINES)
    read = [_read_line(line) for line in written]
    if len(read) == 1 and read[0]:
        ids, is_nothing_else = read[0]
        read = [([one], is_nothing_else) for one in ids] or [read[0]]
    places: dict[tuple[_Kind, str], int] = {}
    lines = tuple(
        tuple(dict.fromkeys(places.setdefault(one, len(places)) for one in line[0]))
        if line
        else None
        for line in read
    )
    return Pasted(tuple(places), lines, all(line[1] for line in read if line))


def reads_as_list(text: str) -> bool:
    """Whether a text from the search box is meant as a list of ids."""
    try:
        return read_pasted(text).is_list
    except TooMuchPasted:
        return False


def _read_line(line: str) -> tuple[list[tuple[_Kind, str]], bool] | None:
    """The ids in order, and whether the line holds only certain ids; None if it is blank."""
    plain = "\t".join(map(plain_line, line.split("\t")))
    if not any(map(str.isalnum, plain)):
        return None
    found: list[tuple[int, _Kind, str]] = []
    for pattern, kind in _SURE:
        found += [(one.start(), kind, _as_kept(one[0], kind)) for one in pattern.finditer(plain)]
        plain = pattern.sub(lambda one: "\t" * len(one[0]), plain)
    is_sure = bool(found)
    is_nothing_else = True
    for start, word in _words(plain, one_of_many=is_sure):
        if word:
            found.append((start, _Kind.ORG_ID, word))
        is_nothing_else &= bool(patterns.LISTED_ID.fullmatch(word))
    found.sort(key=itemgetter(0))
    return [(kind, text) for _, kind, text in found], is_nothing_else


def _as_kept(text: str, kind: _Kind) -> str:
    if kind == _Kind.ORG_ID:
        return re.sub(r"[\s-]+", "-", text).lower()
    return text.lower() if kind == _Kind.EMAIL else text


def _words(line: str, *, one_of_many: bool) -> Iterator[tuple[int, str]]:
    """The position of each remaining word, and the word if it may be an org id, else ""."""
    at = 0
    for cell in _BETWEEN.split(line):
        whole = cell.strip(_AROUND)
        is_only_word = not one_of_many and " " not in whole
        for word in cell.split():
            inner = word.strip(_AROUND)
            if any(map(str.isalnum, inner)):
                at = line.index(inner, at)
                is_one = is_only_word or _LIKE_AN_ID.fullmatch(inner)
                yield at, inner if is_one and _may_be_org_id(inner) else ""


def _may_be_org_id(word: str) -> bool:
    """Possible card numbers are neither kept nor sent anywhere."""
    if "@" in word or may_be_card_number(word):
        return False
    try:
        clean_org_id(word)
    except BadOrgId:
        return False
    return True
