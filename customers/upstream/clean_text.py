"""Remove control, invisible and misleading characters from text that comes from outside."""

import re
import unicodedata

MOST_MARKS = 8  # characters; no script stacks more, and taller stacks cover the lines around them

# Line breaks in any context that prints text.
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_LINE_ENDS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters that do not break lines
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they change the direction of writing
    f"\ufeff{_NO_CHARACTERS}]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKS = {"Mn", "Me"}
_MAY_STACK = re.compile(f"[^\x00-\u02ff]{{{MOST_MARKS + 1}}}")  # every mark is above U+02FF
_INVISIBLE = {"Cf", "Zs"}
_FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters and signs that render as nothing


def clean_line(text: str) -> str:
    if text.isascii() and text.isprintable():  # as nearly all are
        return text.strip()
    text = _BREAKS.sub(" ", _REMOVED.sub("", text))
    text = _with_low_stacks(_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)).strip()
    return text if any(map(_is_visible, text)) else ""


def clean_lines(text: str) -> str:
    return "\n".join(map(clean_line, _LINE_ENDS.split(text))).strip()


def _with_low_stacks(text: str) -> str:
    if not _MAY_STACK.search(text):
        return text
    kept, height = [], 0
    for character in text:
        category = unicodedata.category(character)
        if category in _MARKS:
            height += 1
        elif category != "Cf":  # a joiner between two marks does not reset the stack
            height = 0
        if category not in _MARKS or height <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_visible(character: str) -> bool:
    return character not in _FILLERS and unicodedata.category(character) not in _INVISIBLE
