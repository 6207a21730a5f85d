"""Answers that say what another one says, sentences that come twice, answers copied from the abstract.

Thresholds are measured on the labelled pages: containment of three-token runs finds all near-duplicates but one from
.45 on, and repeated sentences from .7 on; fewer tokens than the least are alike by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.sentences import Sentence, sentences
from papers.checks.shingles import Shingles, containment, share, shingles
from papers.errors import Notice, gettext_noop

SAME_ANSWER = gettext_noop("This answer says much the same as the answer to question %(number)s (%(share)d %% of it).")
SAME_QUESTION = gettext_noop("This asks much the same as question %(number)s (%(share)d %% of it).")
SAME_ITEM = gettext_noop("“%(item)s” stands twice in this list.")
SAME_SENTENCE = gettext_noop("This sentence says again what stands before it: “%(sentence)s”")
COPIED = gettext_noop("%(share)d %% of this answer stand in the abstract.")

# From how much on two are alike, and from how much on they are as good as one; questions have forms that come back.
_ANSWERS, _QUESTIONS = (0.45, 0.7), (0.6, 0.9)
_SENTENCES = 0.7
_COPIED = 0.65
_LEAST_ANSWER, _LEAST_QUESTION, _LEAST_SENTENCE = 20, 10, 12  # runs of three tokens
_SHOWN = 40

# Four or more names with nothing but commas between them. What has letters of grammar is no name, and what only begins
# or ends a longer phrase is none of the list.
_NAME = re.compile(r"[A-Za-z][\w+#./-]*(?: [A-Z][\w+#./-]*)*|[\u30a0-\u30ff]{2,}|[\u4e00-\u9fff]{2,}", re.ASCII)
_LIST = re.compile(
    rf"(?<![\w\u30a0-\u9fffの])(?:(?:{_NAME.pattern})(?:[、，]|, ?)){{3,}}(?:および|及び|そして|and |or )?"
    rf"(?:{_NAME.pattern})(?![\w\u30a0-\u9fffの])",
    re.ASCII,
)


class Repeats:
    """Ten answers should tell ten things. A repetition is shown at the later place, with the likest earlier one."""

    id = "repeats"

    def run(self, subject: Subject) -> Iterator[Finding]:
        answers = [item.answer for item in subject.items]
        numbers = [item.number for item in subject.items]
        yield from self._among(answers, numbers, SAME_ANSWER, _ANSWERS, _LEAST_ANSWER)
        questions = [item.question for item in subject.items]
        yield from self._among(questions, numbers, SAME_QUESTION, _QUESTIONS, _LEAST_QUESTION)
        for passage in subject.passages:
            if passage.kind in {Kind.PROSE, Kind.ANSWER}:
                yield from self._sentences(passage)
                yield from self._items(passage)
        yield from self._copied(subject)

    def _among(
        self,
        passages: Sequence[Passage],
        numbers: Sequence[int],
        template: str,
        limits: tuple[float, float],
        least: int,
    ) -> Iterator[Finding]:
        runs = [shingles(passage.text) for passage in passages]
        for later, passage in enumerate(passages):
            near, earlier = max(
                ((_alike(runs[later], runs[other], least), -other) for other in range(later)), default=(0.0, 0)
            )
            if near >= limits[0]:
                notice = Notice(template, {"number": numbers[-earlier], "share": round(near * 100)})
                severity = Severity.ERROR if near >= limits[1] else Severity.WARNING
                yield passage.finding(self.id, severity, notice, against=passages[-earlier].text)

    def _sentences(self, passage: Passage) -> Iterator[Finding]:
        found = [(sentence, shingles(sentence.text)) for sentence in sentences(passage.text)]
        told: set[Sentence] = set()
        for (one, a), (other, b) in combinations(found, 2):
            if other not in told and _alike(a, b, _LEAST_SENTENCE) >= _SENTENCES:
                told.add(other)
                notice = Notice(SAME_SENTENCE, {"sentence": _short(one.text)})
                yield passage.finding(self.id, Severity.WARNING, notice, other.span)

    def _items(self, passage: Passage) -> Iterator[Finding]:
        for found in _LIST.finditer(passage.text):
            told: set[str] = set()
            for item in _NAME.finditer(passage.text, *found.span()):
                if item[0] in told:
                    yield passage.finding(self.id, Severity.WARNING, Notice(SAME_ITEM, {"item": item[0]}), item.span())
                    break
                told.add(item[0])

    def _copied(self, subject: Subject) -> Iterator[Finding]:
        abstracts = [shingles(passage.text) for passage in subject.texts if passage.kind is Kind.PROSE]
        for item in subject.items:
            own = shingles(item.answer.text)
            copied = max((share(own, abstract) for abstract in abstracts), default=0.0)
            if len(own) >= _LEAST_ANSWER and copied >= _COPIED:
                notice = Notice(COPIED, {"share": round(copied * 100)})
                yield item.answer.finding(self.id, Severity.INFO, notice, against=_texts(subject))


def _alike(one: Shingles, other: Shingles, least: int) -> float:
    return containment(one, other) if min(len(one), len(other)) >= least else 0.0


def _texts(subject: Subject) -> str:
    return "\n".join(passage.text for passage in subject.texts)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
