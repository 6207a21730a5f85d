"""Form fields for what readers type: plain text that has been screened."""

from __future__ import annotations

from typing import Any

from django import forms

from weekly.hearing.screening import cleared, screen, tidy


class PlainField(forms.CharField):
    """Text of at most `max_length` characters. A text that is too long is told so and read no further."""

    def __init__(self, *, max_length: int, one_line: bool = False, **kwargs: Any) -> None:
        self.one_line = one_line
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if len(text) > self.max_length:
            return text
        screen(text, one_line=self.one_line)
        return tidy(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without maxlength for long texts: a browser would cut what is pasted, and tell nobody."""
        return super().widget_attrs(widget) if self.one_line else {}


class QuoteField(PlainField):
    """Words that were selected in a page. Signs that nobody may type are left out: they came out of the page's text."""

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        return super().to_python(text if len(text) > self.max_length else cleared(text))


class MailField(forms.EmailField):
    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if len(text) <= self.max_length:
            screen(text, one_line=True)
        return text
