"""A translated abstract that is much shorter than its original has lost something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.languages import language_of
from papers.errors import Notice, gettext_noop

SHORT = gettext_noop(
    "This text has %(percent)d%% of the original's length; a full translation has at least %(least)d%%. "
    "Is a part missing?"
)

# Shares are steady from about here on; a short sentence can be rendered with half of its letters.
_LONG_ENOUGH = 400
_HAN = re.compile(r"[一-鿿]")


class ShortAbstract:
    """Full Japanese translations of English abstracts lie at .36 to .48 of its characters, Korean ones a tenth higher.

    Measured on abstracts of model pages, and on the catalogues of Django and Wagtail for the step to Korean.
    """

    id = "short-abstract"

    def run(self, subject: Subject) -> Iterator[Finding]:
        if language_of(subject.source_language).prose.script:
            return
        for passage in subject.passages:
            if passage.translates and passage.kind == Kind.PROSE and len(passage.source) >= _LONG_ENOUGH:
                yield from self._judge(passage, subject.language)

    def _judge(self, passage: Passage, tag: str) -> Iterator[Finding]:
        prose = language_of(tag).prose
        share, least = len(passage.text.strip()) / len(passage.source), prose.shortest
        if not passage.text.strip() or share >= least or (not prose.script and _HAN.search(passage.text)):
            return
        notice = Notice(SHORT, {"percent": round(100 * share), "least": round(100 * least)})
        yield passage.finding(self.id, Severity.WARNING, notice)
