"""Form fields that clean typed and pasted text."""

from typing import Any

from django import forms

from customers.upstream.clean_text import clean_line, clean_lines


class LineField(forms.CharField):
    """One line of text; line breaks become spaces."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return clean_line(text) if text else text


class LinesField(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return clean_lines(text) if text else text
