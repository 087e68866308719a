"""Read the clues in a ticket: ids, e-mail addresses, cards, names. Pure, and safe for any text."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from customers.upstream.clean_text import clean_line

LONGEST = 50_000  # characters of a ticket that are read
SHORT = 100  # up to here a text is something typed, not something pasted
_MOST = 20  # clues of one kind
_WORDS_READ = (500, 200)  # at the beginning and at the end of a long text
_LONGEST_NAME = 5  # words
_YEARS = range(1990, 2060)

_UUID = re.compile(r"(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])", re.I)
_CUSTOMER = re.compile(r"(?<![\w])cus_[A-Za-z0-9]{1,250}")
_EMAIL = re.compile(r"(?<![\w%+])[\w%+][\w.%+'-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_MONTHS = (
    *("jan", "feb", "m[aä]r", "apr", "ma[iy]", "jun"),
    *("jul", "aug", "sep", "o[ck]t", "nov", "de[cz]"),
)
_EXPIRES = (
    r"(?:exp(?:ir(?:y|es|ed|ing|ation))?\b\.?|valid (?:thru|through|until|till|to)|good thru"
    r"|gültig bis|läuft|ablauf(?:datum)?)"
)
_AFTER_WORD = re.compile(
    rf"{_EXPIRES}(?: date| on| in| at the end of)?[\s:]{{0,3}}"
    rf"(?:(?P<month>1[0-2]|0?[1-9])\s?[/.-]\s?|(?P<name>{'|'.join(_MONTHS)})[a-zä]{{0,7}}\.?\s)"
    r"(?P<year>(?:20)?[0-9]{2})(?![0-9])(?![/.-][0-9])",
    re.I,
)
_MONTH_AND_YEAR = re.compile(
    r"(?<![\w/.-])(?P<month>1[0-2]|0?[1-9])\s?/\s?(?P<year>(?:20)?[0-9]{2})(?![\w/])"
)
_NUMBER = re.compile(r"(?<![\w.])(?:[0-9][ -]?){12,18}[0-9](?!\w)")
_BRANDS = "visa|master ?card|amex|american express|discover|diners(?: club)?|jcb|union ?pay"
_DIGITS = r"(?P<last4>[0-9]{4})(?!\w)(?![.,:/-][0-9])"
_SAID = re.compile(
    r"(?:\bend(?:s|ing)?\s(?:in|with|on)|\blast\s(?:four|4)(?:\sdigits)?(?:\sare|\sis)?"
    r"|\bende(?:t|nd)?\s(?:auf|mit)|\bendziffern?|\bletzten?\s(?:vier|4)(?:\s(?:ziffern|stellen))?"
    rf"|\bcard|\bkarte|\b(?:{_BRANDS}))(?:\s(?:no\.?|number|nr\.?))?[\s:]{{1,3}}{_DIGITS}",
    re.I,
)
_MASKED = re.compile(rf"(?<!\w)(?:[•*●·∙x…]|\.\.)[•*●·∙x.… -]{{0,40}}{_DIGITS}", re.I)
_BESIDE_EXPIRY = re.compile(rf"(?<!\w)(?P<last4>[0-9]{{4}})[\s,;(]{{1,3}}(?={_EXPIRES})", re.I)
_BARE = re.compile(rf"(?<![\w€$£./:,-]){_DIGITS}(?!\s?(?:€|\$|£|usd\b|eur\b|gbp\b))", re.I)
_GAP = " | "  # what is left where a clue stood, so that none is made of what was around it
_OUTSIDE = " .,;:!?()[]{}<>\"'“”„’‘«»|*_>-–—#"

Check = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Clues:
    text: str  # all of it, on one line
    org_ids: tuple[str, ...] = ()  # of the usual form, a UUID
    customer_ids: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()  # in lower case
    last4s: tuple[str, ...] = ()
    expiries: tuple[tuple[int, int], ...] = ()  # month and year
    rest: str = ""  # what is none of these, on one line
    has_number: bool = False  # a whole card number was in it, which must go no further

    @property
    def is_short(self) -> bool:
        return len(self.text) <= SHORT

    def brief(self, names: Iterable[str] = ()) -> str:
        """A text that holds the clues and nothing else, to stand in a URL.

        What was typed stays as it is; of what was pasted, only clues and these `names` are left.
        """
        if self.is_short and not self.has_number:
            return self.text
        return " ".join(
            [
                *self.org_ids,
                *self.customer_ids,
                *self.emails,
                *(f"*{digits}" for digits in self.last4s),
                *(f"exp {month:02}/{year}" for month, year in self.expiries),
                *names,
            ]
        )


def read_clues(text: str) -> Clues:
    """All clues in `text`, each once and in the order in which they stand."""
    text = one_line(text)
    left = _Left(text)
    org_ids = left.take(_UUID)
    emails = left.take(_EMAIL)
    customer_ids = left.take(_CUSTOMER)
    numbers = left.take(_NUMBER, _is_card_number)
    spoken = [*left.take(_SAID), *left.take(_MASKED), *left.take(_BESIDE_EXPIRY)]
    expiries = [_expiry(found) for found in left.matches(_AFTER_WORD)]
    expiries += [_expiry(found) for found in left.matches(_MONTH_AND_YEAR)]
    last4s = [*(re.sub(r"\D", "", number)[-4:] for number in numbers), *spoken]
    if not last4s:
        is_pasted = len(text) > SHORT
        last4s = left.take(_BARE, lambda digits: not (is_pasted and int(digits) in _YEARS))
    return Clues(
        text=text,
        org_ids=_unique(org_ids),
        customer_ids=_unique(customer_ids),
        emails=_unique(found.lower() for found in emails),
        last4s=_unique(last4s),
        expiries=tuple(dict.fromkeys(expiries))[:_MOST],
        rest=" ".join(word for word in left.text.split() if any(map(str.isalnum, word))),
        has_number=bool(numbers),
    )


def one_line(text: str) -> str:
    """`text` on one line, bounded, and without what cannot be seen in it."""
    return " ".join(clean_line(text[:LONGEST].replace("\x00", " ")).split())


def phrases(clues: Clues) -> list[str]:
    """What may be a name in the rest of a text, the longest first, in lower case."""
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


def _as_names(words: list[str], is_short: bool) -> Iterator[str]:
    """The words as one name; a single word of a long text only if it is written like a name."""
    plain = " ".join(words).strip(_OUTSIDE)
    if len(words) == 1 and not is_short and (plain[:1].islower() or len(plain) < len("abc")):
        return
    for name in {plain, re.sub(r"['’]s$", "", plain)} - {""}:
        yield name.lower()
        # A database may know the small letters of ASCII only.
        yield "".join(letter.lower() if letter.isascii() else letter for letter in name)


class _Left:
    """A text from which clues are taken."""

    def __init__(self, text: str) -> None:
        self.text = text

    def matches(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        self.text = pattern.sub(_GAP, self.text)
        return found

    def take(self, pattern: re.Pattern[str], is_one: Check | None = None) -> list[str]:
        """The clues of a pattern: its group `last4`, or all of it."""
        taken = []

        def replace(found: re.Match[str]) -> str:
            clue = found.groupdict().get("last4") or found[0]
            if is_one and not is_one(clue):
                return found[0]
            taken.append(clue)
            return _GAP

        self.text = pattern.sub(replace, self.text)
        return taken


def _expiry(found: re.Match[str]) -> tuple[int, int]:
    groups = found.groupdict()
    year = int(groups["year"][-2:]) + 2000
    if groups["month"]:
        return int(groups["month"]), year
    start = groups["name"].lower()
    months = enumerate(_MONTHS, start=1)
    return next(number for number, month in months if re.fullmatch(month, start)), year


def _is_card_number(text: str) -> bool:
    """Whether the digits pass the check of card numbers (ISO/IEC 7812, Luhn)."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _unique(clues: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clues))[:_MOST]
