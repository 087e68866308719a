"""Form fields that clean what is typed or pasted into them."""

from typing import Any

from django import forms

from customers.upstream.clean_text import clean_line, clean_lines


class LineField(forms.CharField):
    """A text on one line; a line break becomes a space."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return clean_line(text) if text else text


class LinesField(forms.CharField):
    """A text of several lines."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return clean_lines(text) if text else text
