"""Answers that do not answer: empty, the question again, a question themselves, without the number asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from papers.checks.base import Finding, Item, Severity, Subject
from papers.checks.languages import Language, language_of
from papers.checks.page_references import without_page_references
from papers.checks.sentences import sentences
from papers.errors import Notice, gettext_noop

EMPTY = gettext_noop("There is no answer.")
ADDS_NOTHING = gettext_noop("The answer says nothing that its question does not say.")
BEGINS_WITH_QUESTION = gettext_noop("The answer begins with what its question says already.")
ASKS = gettext_noop("The answer asks a question itself.")
NO_NUMBER = gettext_noop("The question asks for a number; the answer gives none.")

_NEW = 0.1  # the share of content words that may be new in an answer that says nothing
_FEWEST_WORDS = 3

# Content words: a Chinese letter, a run of kana that writes a foreign word, the stem of any other word.
_WORD = re.compile(r"[\u3400-\u9fff]|[\u30a0-\u30ff]{2,}|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_STEM, _HANGUL_STEM = 5, 2  # letters; what follows is mostly an ending or a particle
_SHORT = 3  # shorter words of an alphabet are mostly grammar

# A figure, but not the one in a name: GPT-4, T5.
_FIGURE = re.compile(r"(?<![A-Za-z\d.])(?<![A-Za-z]-)\d")


class Echo:
    """Not seen: an answer beside the question in other words."""

    id = "echo"

    def run(self, subject: Subject) -> Iterator[Finding]:
        language = language_of(subject.language)
        for item in subject.items:
            if item.answer.text.strip():
                yield from self._answered(item, language)
            elif not item.answer_original.strip() and item.question.text.strip():
                yield item.answer.finding(self.id, Severity.WARNING, Notice(EMPTY))

    def _answered(self, item: Item, language: Language) -> Iterator[Finding]:
        yield from self._repeated(item)
        if not _gives_number(item, language):
            yield item.answer.finding(self.id, Severity.WARNING, Notice(NO_NUMBER), against=item.question.text)
        for sentence in sentences(item.answer.text):
            if language.prose.asking and re.search(language.prose.asking, sentence.text):
                yield item.answer.finding(self.id, Severity.WARNING, Notice(ASKS), sentence.span)

    def _repeated(self, item: Item) -> Iterator[Finding]:
        asked, first = content_words(item.question.text), sentences(item.answer.text)[0]
        if not asked:
            return
        if _adds_nothing(content_words(item.answer.text), asked, _NEW):
            yield item.answer.finding(self.id, Severity.WARNING, Notice(ADDS_NOTHING), against=item.question.text)
        elif _adds_nothing(content_words(first.text), asked, 0):
            notice = Notice(BEGINS_WITH_QUESTION)
            yield item.answer.finding(self.id, Severity.INFO, notice, first.span, against=item.question.text)


def content_words(text: str) -> set[str]:
    """Words that carry meaning, endings cut off crudely: enough to see whether one text adds any to another."""
    folded = unicodedata.normalize("NFKC", without_page_references(text)).casefold()
    return {stem for word in _WORD.findall(folded) if (stem := _stem(word))}


def _stem(word: str) -> str:
    if _HANGUL.match(word):
        return word[:_HANGUL_STEM]
    if word.isascii() and word.isalpha():
        return word[:_STEM] if len(word) > _SHORT else ""
    return word


def _adds_nothing(said: set[str], asked: set[str], most_new: float) -> bool:
    return len(said) >= _FEWEST_WORDS and len(said - asked) <= len(said) * most_new


def _gives_number(item: Item, language: Language) -> bool:
    """Also where no number is asked for."""
    if not language.prose.how_many or not re.search(language.prose.how_many, item.question.text):
        return True
    answer = without_page_references(item.answer.text)
    return bool(_FIGURE.search(answer) or re.search(language.prose.a_number or r"(?!)", answer))
