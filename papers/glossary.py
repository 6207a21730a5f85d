"""The glossary as the core knows it: terms, and which of them occur in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """How one source term is rendered. An empty `target` means: keep the term as it is."""

    source: str
    target: str = ""
    forbidden: tuple[str, ...] = ()
    case_sensitive: bool = False
    note: str = ""

    @property
    def keep(self) -> bool:
        return not self.target

    def pattern(self) -> re.Pattern[str]:
        """Matches the term as a whole word, its plural included; `\\b` fails beside CJK, so look at letters."""
        flags = 0 if self.case_sensitive else re.IGNORECASE
        plural = "" if self.source.endswith("s") else "s?"
        return re.compile(rf"(?<![A-Za-z0-9]){re.escape(self.source)}{plural}(?![A-Za-z0-9])", flags)


def find_terms(text: str, terms: Iterable[Term]) -> list[Term]:
    """The terms that occur in the text, longest first, so that a phrase stands before its parts."""
    found = [term for term in terms if term.pattern().search(text)]
    return sorted(found, key=lambda term: (-len(term.source), term.source))
