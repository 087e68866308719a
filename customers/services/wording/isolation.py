"""Isolate names from outside in sentences, so that right-to-left text does not reorder the rest.
After a Hebrew name, `•••• 1234` would be displayed in the wrong place. Sentences carry Unicode
isolates, which pages turn into <bdi> (dashboard/isolates.py); copied and mailed text drops them."""

import unicodedata

START, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_RIGHT_TO_LEFT = {"R", "AL", "AN"}  # letters and digits of right-to-left scripts


def isolated(text: str) -> str:
    """`text` as a part of a sentence; unchanged if it has no right-to-left characters."""
    if text.isascii() or not any(map(_is_right_to_left, text)):
        return text
    return f"{START}{plain(text)}{END}"


def plain(sentence: str) -> str:
    return sentence.replace(START, "").replace(END, "")


def _is_right_to_left(character: str) -> bool:
    return unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
