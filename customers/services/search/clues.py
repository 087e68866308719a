"""Extract clues from a ticket: ids, e-mail addresses, cards, names. Safe for any text."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from customers.models.folding import fold, plain_line
from customers.services.search import clue_patterns as patterns
from customers.services.search.filler_words import FILLERS
from customers.upstream.clean_text import clean_line

LONGEST_TICKET = 50_000  # characters of a ticket that are read
SHORT = 100  # characters; longer text counts as pasted, not typed
MOST = 100  # clues of one kind
_WORDS_READ = (500, 200)  # at the beginning and at the end of a long text
_LONGEST_NAME = 8  # words
_YEARS = range(1990, 2060)
_GAP = " | "  # replaces an extracted clue, so that its neighbours do not form another
_OUTSIDE = " .,;:!?()[]{}<>\"'“”„’‘«»|*_>-–—#"
_FILLERS = frozenset(map(fold, FILLERS))

Check = Callable[[str], bool]
Clue = TypeVar("Clue")


@dataclass(frozen=True, slots=True)
class Clues:
    text: str  # the whole text, on one line
    org_ids: tuple[str, ...] = ()  # UUIDs, or a list of ids only
    customer_ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()  # in lower case
    last4s: tuple[str, ...] = ()
    are_bare: bool = False  # `last4s` are four digits that nothing marks as a card's
    expiries: tuple[tuple[int, int], ...] = ()  # month and year
    brands: tuple[str, ...] = ()  # in the portal's spelling
    rest: str = ""  # the text without these clues, on one line
    written: tuple[str, ...] = ()  # words that look like ids
    fits_in_url: bool = True  # in a URL as typed: short, and without a full card number
    left_out: int = 0  # number of clues beyond MOST

    @property
    def is_short(self) -> bool:
        return len(self.text) <= SHORT

    @property
    def words(self) -> tuple[str, ...]:
        folded = (fold(word).strip(_OUTSIDE) for word in self.rest.split())
        return tuple(word for word in folded if word and word not in _FILLERS)

    def parts(self, names: Sequence[str] = ()) -> list[str]:
        return [
            *self.org_ids,
            *self.customer_ids,
            *self.emails,
            *(f"*{digits}" for digits in self.last4s if not self.are_bare),
            *(f"exp {month:02}/{year}" for month, year in self.expiries),
            *(f"{digits}," for digits in self.last4s if self.are_bare),
            *(f"{brand} card" for brand in self.brands),
            *(f"{name}," for name in names[:-1]),
            *names[-1:],
        ]


def read_clues(text: str) -> Clues:
    lines = _lines(text)
    line, left = " ".join(lines)[:LONGEST_TICKET], _Left("\n".join(lines)[:LONGEST_TICKET])
    is_short = len(line) <= SHORT
    left.drop(patterns.MESSAGE_IDS)
    org_ids = [re.sub(r"[\s-]+", "-", found) for found in left.take(patterns.ORG_ID)]
    emails = [found.lower() for found in left.take(patterns.EMAIL)]
    customer_ids = left.take(patterns.CUSTOMER_ID)
    said, has_number = _said(left)
    expiries = [_month_and_year(found) for found in left.matches(patterns.EXPIRES_IN)]
    if said or is_short:
        expiries += [_month_and_year(found) for found in left.matches(patterns.MONTH_AND_YEAR)]
    written = [word.strip(_OUTSIDE) for word in left.text.split() if re.search(r"[\d_-]", word)]
    for pattern in patterns.OTHER_NUMBERS:
        left.drop(pattern)
    is_alone = not (org_ids or emails or customer_ids or expiries or said)
    bare = [] if said else _bare(left, may_be_year=is_alone)
    rest = " ".join(word for word in left.text.split() if any(map(str.isalnum, word)))
    if is_alone and not bare and (listed := _listed_ids(rest)):
        org_ids, rest = listed, ""
    kinds = [_unique(kind) for kind in (org_ids, customer_ids, emails, said or bare)]
    return Clues(
        text=line,
        org_ids=kinds[0][:MOST],
        customer_ids=kinds[1][:MOST],
        emails=kinds[2][:MOST],
        last4s=kinds[3][:MOST],
        are_bare=bool(bare),
        expiries=_unique(expiries)[:MOST],
        brands=_brands(line),
        rest=rest,
        written=_unique(filter(None, written)),
        fits_in_url=is_short and not has_number and (len(lines) == 1 or bool(rest)),
        left_out=sum(len(kind[MOST:]) for kind in kinds),
    )


def one_line(text: str) -> str:
    return " ".join(clean_line(_readable(text)).split())


def phrases(clues: Clues) -> list[str]:
    words = clues.rest.split()
    first, last = _WORDS_READ
    if len(words) > first + last:
        words = [*words[:first], *words[-last:]]
    found = {
        variant
        for length in range(1, _LONGEST_NAME + 1)
        for start in range(len(words) - length + 1)
        for variant in _as_names(words[start : start + length], clues.is_short)
    }
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def may_be_card_number(word: str) -> bool:
    shapes = (patterns.CARD_NUMBER, patterns.LONG_NUMBER)
    return any(shape.fullmatch(word) for shape in shapes) and _is_card_number(word)


def holds_card_number(text: str) -> bool:
    return any(
        _is_card_number(found[0])
        for shape in (patterns.CARD_NUMBER, patterns.LONG_NUMBER)
        for found in shape.finditer(plain_line(text))
    )


def _readable(text: str) -> str:
    return text[:LONGEST_TICKET].replace("\x00", " ").encode(errors="replace").decode()


def _lines(text: str) -> list[str]:
    readable = patterns.SOFT_HYPHEN.sub("-", _readable(text))
    return [line for line in map(plain_line, readable.splitlines()) if line]


def _said(left: "_Left") -> tuple[list[str], bool]:
    numbers = left.take(patterns.CARD_NUMBER, _is_card_number)
    others = left.take(patterns.LONG_NUMBER, _is_card_number)
    said = [re.sub(r"\D", "", number)[-4:] for number in numbers]
    said += left.take(patterns.SAID)
    said += left.take(patterns.ENDING, _is_no_year)
    said += [*left.take(patterns.MASKED), *left.take(patterns.BESIDE_EXPIRY)]
    return said, bool(numbers or others)


def _bare(left: "_Left", *, may_be_year: bool) -> list[str]:
    """Four digits without context. One that looks like a year counts only if it is alone."""
    found = left.take(patterns.BARE, _is_no_year)
    if found or not may_be_year or Clues("", rest=patterns.BARE.sub(_GAP, left.text)).words:
        return found
    return left.take(patterns.BARE)


def _is_no_year(digits: str) -> bool:
    return int(digits) not in _YEARS


def _listed_ids(rest: str) -> list[str]:
    words = [word.strip(",;|") for word in rest.split()]
    is_list = len(words) > 1 and all(map(patterns.LISTED_ID.fullmatch, words))
    return words if is_list else []


def _brands(line: str) -> tuple[str, ...]:
    found = (
        brand
        for brand, pattern in patterns.BRANDS.items()
        if re.search(rf"\b(?:{pattern})(?![a-z])", line, re.I)
    )
    return tuple(found)


def _as_names(words: list[str], is_short: bool) -> Iterator[str]:
    """Candidate names; in a long text, a single word counts only if it is written like a name."""
    whole = " ".join(words)
    inner = whole.strip(_OUTSIDE)
    if len(words) == 1 and not is_short and (inner[:1].islower() or len(inner) < len("abc")):
        return
    for name in {whole, inner, re.sub(r"'s$", "", inner).strip(_OUTSIDE)} - {""}:
        yield fold(name)


class _Left:
    def __init__(self, text: str) -> None:
        self.text = text

    def drop(self, pattern: re.Pattern[str]) -> None:
        self.text = pattern.sub(_GAP, self.text)

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        self.drop(pattern)
        return found

    def take(self, pattern: re.Pattern[str], is_one: Check | None = None) -> list[str]:
        taken = []

        def replace(found: re.Match[str]) -> str:
            clue = found.groupdict().get("last4") or found[0]
            if is_one and not is_one(clue):
                return found[0]
            taken.append(clue)
            return _GAP

        self.text = pattern.sub(replace, self.text)
        return taken


def _month_and_year(found: re.Match[str]) -> tuple[int, int]:
    groups = found.groupdict()
    year = int(groups["year"][-2:]) + 2000
    return int(groups["month"]) if groups["month"] else patterns.month_of(groups["name"]), year


def _is_card_number(text: str) -> bool:
    """Whether the Luhn checksum (ISO/IEC 7812) holds."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _unique(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    return tuple(dict.fromkeys(clues))
