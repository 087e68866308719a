"""Normalize text: to what a keyboard would type, and to a form for searching and sorting."""

import re
from unicodedata import category, combining, decimal, normalize

LONGEST_FOLDED = 255  # characters, so that an index can hold it

_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛`´ʼʻ′", "'") | dict.fromkeys("“”„‟«»″", '"'))
# Dashes that Unicode does not classify as such.
_DASHES = "−⁃˗⁻₋"
_DROPPED = {"Cc", "Cf", "Cs"}  # control and format characters, and surrogates
# Unicode combining classes of marks that change the letter (Indic and Thai vowels, voicing and
# vowel-killer signs). All others are accents.
_OF_THE_LETTER = {0, 7, 8, 9}
_SELECTORS = re.compile("[\u034f\u180b-\u180f\u20dd-\u20e4\ufe00-\ufe0f]")
# Letters that Unicode does not decompose, but that people type without the stroke.
_STROKES = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t"}
    | {"æ": "ae", "œ": "oe", "þ": "th"}
)
_PUNYCODE = re.compile(r"(?<![\w-])xn--([a-z0-9-]{1,59})(?![\w-])")


def plain_line(text: str) -> str:
    """One line with plain dashes, quotes, digits and spaces, and nothing invisible."""
    if not text.isascii():
        text = normalize("NFKC", text.translate(_QUOTES))
    return " ".join("".join(map(_typed, text)).split())


def fold(text: str) -> str:
    """Without case and accents; domain names decoded from punycode. Recomposed, to stay short."""
    folded = _without_marks(plain_line(text))
    if "xn--" not in folded:
        return folded
    return _PUNYCODE.sub(_decoded, folded)


def fold_to_store(text: str) -> str:
    return fold(text)[:LONGEST_FOLDED]


def _typed(character: str) -> str:
    if " " <= character <= "~":
        return character
    kind = category(character)
    if kind in _DROPPED:
        return " " if character.isspace() else ""
    if kind == "Nd":
        return str(decimal(character))
    return "-" if kind == "Pd" or character in _DASHES else character


def _without_marks(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = normalize("NFKD", normalize("NFKD", text).casefold())
    letters = "".join(mark for mark in decomposed if combining(mark) in _OF_THE_LETTER)
    composed = normalize("NFC", _SELECTORS.sub("", letters).translate(_STROKES))
    return " ".join(composed.split())


def _decoded(found: re.Match[str]) -> str:
    try:
        label = _without_marks(plain_line(found[1].encode().decode("punycode")))
    except UnicodeError:
        return found[0]
    return label if label.split() == [label] and "xn-" not in label else found[0]
