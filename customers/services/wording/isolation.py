"""Isolate foreign texts in sentences, so that none turns the words and digits around it. Pure.

A name in Hebrew before `•••• 1234` would have the digits read first. Sentences that pages show
carry Unicode's own isolates around such a text. Pages make <bdi> of them (dashboard/isolates.py);
what is copied, printed or mailed as text leaves them out.
"""

import unicodedata

START, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_FROM_THE_RIGHT = {"R", "AL", "AN"}  # letters and digits of scripts that are read that way


def isolated(text: str) -> str:
    """`text` as a part of a sentence; as it is, if nothing in it is read from the right."""
    if text.isascii() or not any(map(_is_from_the_right, text)):
        return text
    return f"{START}{plain(text)}{END}"


def plain(sentence: str) -> str:
    """`sentence` without its isolates."""
    return sentence.replace(START, "").replace(END, "")


def _is_from_the_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in _FROM_THE_RIGHT
