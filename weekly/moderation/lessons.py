"""What a correction can teach the checks: a guess at a glossary term, for an editor to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from papers.glossary import Term, find_terms
from papers.models import GlossaryTerm
from papers.models.reviewed import path_of
from weekly.models import Correction

# Runs of one script: where words are not parted by spaces, a term is nearly always one or several of them.
_KATAKANA, _KANJI, _HIRAGANA = "ァ-ヺー・", "㐀-鿿々", "ぁ-ゖ"
_OTHER = rf"[^\W_{_KATAKANA}{_KANJI}{_HIRAGANA}]+"
_RUNS = re.compile(rf"[{_KATAKANA}]+|[{_KANJI}]+|[{_HIRAGANA}]+|{_OTHER}(?:[-'’]{_OTHER})*|\s+|.", re.S)
_SENTENCES = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？\n]+\s*|$)")
# Characters of a rewritten stretch, old and new together. The time grows with their product; what is longer was written
# anew and teaches no term.
_MOST_REWRITTEN = 1_000
_LONGEST = 60  # characters; what is longer is a sentence and no term
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Lesson:
    """`wrong` is what was taken out, `right` what was put in; `source` the paper's own words where they can be told.

    Any of them can be empty. With `keep` the source's word stands in the translation as it is.
    """

    source: str = ""
    wrong: str = ""
    right: str = ""
    keep: bool = False


def lesson(correction: Correction) -> Lesson:
    """A guess at the term that a correction was about: the first words that gave way to others."""
    wrong, right = _exchanged(correction.before, correction.after)
    page = correction.page.specific
    source_text = _source_text(page, correction.place)
    if kept := _kept(right, source_text):
        return Lesson(kept, wrong, right, keep=True)
    return Lesson(_known(wrong, right, source_text, correction.language), wrong, right)


def _exchanged(before: str, after: str) -> tuple[str, str]:
    """The first words that gave way to others; else the first that were only taken out, or only put in."""
    first = ("", "")
    for pair in _differences(before, after):
        if max(map(len, pair)) <= _LONGEST:
            if all(pair):
                return pair
            first = first if any(first) else pair
    return first


def _differences(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Word by word, in those sentences alone that are not the same."""
    for old, new in _changes(_SENTENCES.findall(before), _SENTENCES.findall(after)):
        if len(old) + len(new) <= _MOST_REWRITTEN:
            for wrong, right in _changes(_RUNS.findall(old), _RUNS.findall(new)):
                if any(pair := (_words(wrong), _words(right))):
                    yield pair


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The stretches that differ. In long texts, a piece that comes over and over begins no stretch that is the same:
    where everything repeats itself, comparing each with each would take seconds."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield "".join(old[a:b]), "".join(new[c:d])


def _words(text: str) -> str:
    """The text without what is no word around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", text)


def _source_text(page: Any, place: str) -> str:
    """What the passage was made from; empty where its block is gone, or there is no text of that kind."""
    return next((one.source for one in page.passages() if path_of(one.block, one.field) == place), "")


def _kept(right: str, source_text: str) -> str:
    """The paper's own word, where just that was put in."""
    found = Term(right).pattern().search(source_text) if _LATIN.search(right) else None
    return found[0] if found else ""


def _known(wrong: str, right: str, source_text: str, language: str) -> str:
    """The term of the glossary that stands in the source and is rendered as either."""
    terms = [term.as_term() for term in GlossaryTerm.objects.filter(language=language)]
    meant = [term for term in terms if {wrong, right} & {term.target, *term.forbidden} - {""}]
    return next((term.source for term in find_terms(source_text, meant)), "")
