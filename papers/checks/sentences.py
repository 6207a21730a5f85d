"""Where the sentences of a text begin and end, in code points: for checks that point at one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papers.checks import page_references
from papers.checks.languages.base import Language

_CJK = "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef"

# An ASCII full stop ends a sentence before white space and, as in many Japanese drafts, before CJK.
_BREAK = re.compile(rf"(?:[。．！？]+|(?<=[{_CJK}])[.!?]+(?!\d)|[.!?]+(?=$|[\s{_CJK}\"'”’)\](\[]))[」』）)\]\"”’']*|\n")
_NO_END = re.compile(
    r"(?:\b(?:al|e\.g|i\.e|cf|vs|resp|approx|ca|Figs?|Eqs?|Secs?|Tabs?|Refs?|Alg|App|Nos?|Vol|pp?|Dr|Prof|St|Jr)"
    r"|(?<![A-Za-z])[A-Z]|(?:^|\n)\s*\(?\d{1,2})\.$",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\\\((?:[^\\]|\\(?![()]))*\\\)|\$[^$\n]*\$")
_REMARK = re.compile(r"[(（][^()（）]*[)）]\s*$")
_MARK = r"\[\s?[0-9]{1,3}(?:\s?[,;、–〜-]\s?[0-9]{1,3})*\s?\]|［[0-9０-９、,–〜-]{1,20}］|[¹²³⁰⁴-⁹]+|[†‡*＊]+"
_LAST_MARKS = re.compile(rf"(?:\s*(?:{_MARK}))+(?=[\s」』）)\]\"”’']*$)")
_CLOSING = " \n\t」』）)]\"”’'"
_REFERENCES_AFTER = re.compile(rf"(?:\s{{0,3}}{page_references.PATTERN}[.。]?)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is what stands from `start` to `end`, without white space around it."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def sentences(text: str) -> list[Sentence]:
    """The sentences in order. A line's end is a sentence's end; a page reference belongs to what it stands behind."""
    starts = [0, *_ends(text), len(text)]
    found = (_trimmed(text, a, b) for a, b in zip(starts, starts[1:], strict=False))
    return [sentence for sentence in found if sentence.text]


def ends_as_sentence(text: str, language: Language) -> bool:
    """Whether the text ends with a full stop; closing brackets and what stands in brackets behind it do not count."""
    stops = language.prose.stops or ".!?。"
    return _core(text).endswith(tuple(stops)) or _core(_without_remark(text)).endswith(tuple(stops))


def is_whole_clause(text: str, language: Language) -> bool:
    """Whether the text could be a whole sentence if only it had its full stop."""
    return bool(language.prose.whole_clause and re.search(language.prose.whole_clause, _core(_without_remark(text))))


def _core(text: str) -> str:
    """The text up to its last letter or stop, without references to pages, entries of a list or notes."""
    return _LAST_MARKS.sub("", page_references.without_page_references(text)).rstrip(_CLOSING)


def _without_remark(text: str) -> str:
    """The text without a last remark in brackets."""
    return _REMARK.sub("", _FORMULA.sub("", page_references.without_page_references(text)))


def _ends(text: str) -> Iterator[int]:
    at = 0
    while found := _BREAK.search(text, at):
        at = found.end()
        if found[0] != "\n" and _NO_END.search(text, max(0, found.start() - 12), found.start() + 1):
            continue
        if found[0] != "\n" and (references := _REFERENCES_AFTER.match(text, at)):
            at = references.end()
        yield at


def _trimmed(text: str, start: int, end: int) -> Sentence:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Sentence(part.strip(), start + left, start + left + len(part.strip()))
