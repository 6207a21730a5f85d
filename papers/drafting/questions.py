"""The site's question set: what is asked of every paper, in the readers' language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from papers.errors import gettext_noop

# The kinds over which a paper's questions are spread, with labels for editors.
KINDS: Mapping[str, str] = {
    "problem": gettext_noop("Problem"),
    "method": gettext_noop("Method"),
    "data": gettext_noop("Data"),
    "result": gettext_noop("Result"),
    "comparison": gettext_noop("Comparison"),
    "limitation": gettext_noop("Limitation"),
    "use": gettext_noop("Use"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """`text` maps a language to the question; English is always there and serves retrieval."""

    kind: str
    text: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str) -> str:
        """The question in this language or its base language, else in English."""
        return self.text.get(language) or self.text.get(language.split("-")[0]) or self.text["en"]
