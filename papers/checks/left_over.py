"""Ordinary words of the source language that were left in a text written in another script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.languages import language_of
from papers.checks.languages.base import Prose
from papers.checks.latin import Word, latin_words, spellings, without_code
from papers.errors import Notice, gettext_noop

LEFT = gettext_noop("“%(words)s” was left in the paper's language.")
ALL_LEFT = gettext_noop("The whole text is in the paper's language.")

# What stands in quotation marks or brackets is an original that is told on purpose.
_ORIGINALS = re.compile(
    r"「[^「」]*」|『[^『』]*』|“[^“”]*”|\"[^\"\n]*\"|‘[^‘’\n]*’|(?<![A-Za-z])'[^'\n]*'(?![A-Za-z])"
    r"|(?<=\S)\s?[(（](?=[^()（）]*[A-Za-z])[^()（）぀-ヿ一-鿿가-힣]*[)）]"
)
_ORDINARY = re.compile(r"[a-z]{2,}(?:['’][a-z]+)?(?:[-/][a-z]{2,})*")
_CAPITALISED = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)*")
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*[A-Z]|[a-z][A-Z]")
# After a digit stand units, after a sign what is computed or set.
_NO_PLACE = re.compile(r"(?:\d\s?|[=_\\@#/])$")
_CODE_AFTER = re.compile(r"[@=_^]|\(\)")
_LISTED = re.compile(r"[、,，]\s?$")
_SHORTEST = 3  # letters; shorter words are units, variables and the small words of names
_A_SENTENCE = 4  # words
_A_TITLE = 5  # words


@dataclass(frozen=True, slots=True)
class _Speech:
    """The two languages, and the words in small letters that are known to belong."""

    own: Prose
    source: Prose
    known: frozenset[str]


class LeftOver:
    """Names, whatever has a capital inside, a digit or an underscore, and titles are not ordinary words.

    Nothing is told where both languages are written in Latin letters.
    """

    id = "left-over"

    def run(self, subject: Subject) -> Iterator[Finding]:
        own, source = language_of(subject.language).prose, language_of(subject.source_language).prose
        if not own.script or source.script:
            return
        kept = frozenset(term.source.lower() for term in subject.terms if term.keep)
        speech = _Speech(own, source, own.latin | source.small | kept | _names_in_small_letters(subject))
        titles = {title.lower() for title in subject.titles}
        for passage in subject.passages:
            if not re.search(f"[{own.script}]", passage.text):
                yield from self._untouched(passage, titles)
            else:
                yield from self._phrases(passage, speech, subject)

    def _untouched(self, passage: Passage, titles: set[str]) -> Iterator[Finding]:
        words = [word for word in latin_words(passage.text) if _ORDINARY.fullmatch(word.text.lower())]
        stays = passage.kind == Kind.TITLE and passage.text == passage.source
        if len(words) >= _A_SENTENCE and not stays and passage.text.strip().lower() not in titles:
            yield passage.finding(self.id, Severity.WARNING, Notice(ALL_LEFT))

    def _phrases(self, passage: Passage, speech: _Speech, subject: Subject) -> Iterator[Finding]:
        """Each phrase once, where it stands first."""
        rendered = {term.source.lower(): term.target for term in subject.terms if term.target}
        told = set()
        for phrase in _left(passage.text, speech):
            start, end = phrase[0].start, phrase[-1].end
            words = passage.text[start:end]
            if words.lower() not in told:
                told.add(words.lower())
                notice, better = Notice(LEFT, {"words": words}), rendered.get(words.lower())
                yield passage.finding(
                    self.id, Severity.WARNING, notice, (start, end), suggestion=better, term=(words, words)
                )


def _names_in_small_letters(subject: Subject) -> frozenset[str]:
    """Words that are an acronym or a name elsewhere: the habit of some feeds to write them small is no fault here."""
    papers = (paper.abstract for paper in subject.listed)
    texts = (*subject.titles, *papers, *(f"{passage.source} {passage.text}" for passage in subject.passages))
    return frozenset(word.lower() for text in texts for word in spellings(text) if _NAME.search(word))


def _left(text: str, speech: _Speech) -> Iterator[Sequence[Word]]:
    text = _without_originals(text)
    for phrase in _phrases(text):
        before, after = text[: phrase[0].start], text[phrase[-1].end :]
        if _is_opener(phrase, after, speech):
            yield phrase
        elif not _NO_PLACE.search(before) and not _CODE_AFTER.match(after) and (left := _ordinary_part(phrase, speech)):
            named = speech.own.naming and re.match(speech.own.naming, after) and len(phrase) <= 2
            if not named or _LISTED.search(before) or len(left) > len(phrase):
                yield left


@lru_cache(maxsize=512)
def _without_originals(text: str) -> str:
    return _ORIGINALS.sub(lambda found: " " * len(found[0]), without_code(text))


def _phrases(text: str) -> Iterator[list[Word]]:
    """Words that only a space or an ampersand parts."""
    phrase: list[Word] = []
    for word in latin_words(text):
        if phrase and not re.fullmatch(r" (?:& )?", text[phrase[-1].end : word.start]):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


def _is_opener(phrase: Sequence[Word], after: str, speech: _Speech) -> bool:
    """“Overall、…”: a word that joins sentences."""
    return (
        len(phrase) <= 2
        and phrase[0].text[0].isupper()
        and bool(phrase[0].text.lower() in speech.source.openers and re.match(r"\s?[、,，]", after))
    )


def _ordinary_part(phrase: Sequence[Word], speech: _Speech) -> Sequence[Word]:
    """The phrase up to its last ordinary word, or nothing where it is a name or a title."""
    ordinary = [_is_ordinary(word.text, speech) for word in phrase]
    if not any(ordinary):
        return ()
    first, last = ordinary.index(True), len(ordinary) - ordinary[::-1].index(True)
    begins = all(word.text.islower() for word in phrase[:first])
    capital = first == 1 and _CAPITALISED.fullmatch(phrase[0].text)
    small = sum(word.text.islower() for word in phrase)
    in_sentence = len(phrase) >= _A_TITLE and 2 * small >= len(phrase) and sum(ordinary) > 1
    return phrase[:last] if begins or capital or in_sentence else ()


def _is_ordinary(word: str, speech: _Speech) -> bool:
    if not _ORDINARY.fullmatch(word) or len(word) < _SHORTEST:
        return False
    return not all(part in speech.known for part in re.split("[-/]", word)) and word not in speech.known
