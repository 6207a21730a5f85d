"""Answers that do not answer: empty, the question again, a question themselves, without the number asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from papers.checks.base import Finding, Item, Severity, Subject
from papers.checks.languages import Language, language_of
from papers.checks.languages.base import Borrowing
from papers.checks.languages.sounds import consonants, spoken
from papers.checks.page_references import without_page_references
from papers.checks.sentences import sentences
from papers.errors import Notice, gettext_noop

EMPTY = gettext_noop("There is no answer.")
ADDS_NOTHING = gettext_noop("The answer says nothing that its question does not say.")
BEGINS_WITH_QUESTION = gettext_noop("The answer begins with what its question says already.")
ASKS = gettext_noop("The answer asks a question itself.")
NO_NUMBER = gettext_noop("The question asks for a number; the answer gives none.")

# The share of content words that may be new in an answer that says nothing, and in a first sentence that only repeats
# its question; where “what role” is answered with “an important role”, more of them are other words for the same.
_NEW, _NEW_IN_FIRST, _NEW_IN_VAGUE = 0.1, 0.27, 0.4
_FEWEST_WORDS = 3
_SHORT_ANSWER = 2  # sentences; a longer answer may well begin with what was asked

# Content words: a Chinese letter, a run of kana that writes a foreign word, the stem of any other word.
_WORD = re.compile(r"[\u3400-\u9fff]|[\u30a1-\u30fa\u30fc-\u30ff]{2,}|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
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
        yield from self._repeated(item, language)
        if not _gives_number(item, language):
            yield item.answer.finding(self.id, Severity.WARNING, Notice(NO_NUMBER), against=item.question.text)
        for sentence in sentences(item.answer.text):
            if language.prose.asking and re.search(language.prose.asking, sentence.text):
                yield item.answer.finding(self.id, Severity.WARNING, Notice(ASKS), sentence.span)

    def _repeated(self, item: Item, language: Language) -> Iterator[Finding]:
        asked, told = item.question.text, sentences(item.answer.text)
        if not content_words(asked):
            return
        if _adds_nothing(item.answer.text, asked, _NEW, language):
            yield item.answer.finding(self.id, Severity.WARNING, Notice(ADDS_NOTHING), against=asked)
        elif len(told) <= _SHORT_ANSWER and _only_repeats(told[0].text, asked, language):
            notice = Notice(BEGINS_WITH_QUESTION)
            yield item.answer.finding(self.id, Severity.INFO, notice, told[0].span, against=asked)


def content_words(text: str) -> set[str]:
    """Words that carry meaning, endings cut off crudely: enough to see whether one text adds any to another."""
    return {stem for word in _words(text) if (stem := _stem(word))}


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", without_page_references(text)).casefold())


def _stem(word: str) -> str:
    if _HANGUL.match(word):
        return word[:_HANGUL_STEM]
    if word.isascii() and word.isalpha():
        return word[:_STEM] if len(word) > _SHORT else ""
    return word


def _only_repeats(first: str, asked: str, language: Language) -> bool:
    """A figure that is new answers; so does any other new word, single Chinese letters and vague answers aside.

    Where yes or no is asked, what else is said needs little that is new.
    """
    new = _new(first, asked, language)
    if any(letter.isdigit() for word in new for letter in word):
        return False
    if _is_vague(first, asked, language):
        return _adds_nothing(first, asked, _NEW_IN_VAGUE, language)
    is_open = language.prose.open_question and re.search(language.prose.open_question, asked)
    few = _NEW_IN_FIRST if is_open and all(len(word) == 1 for word in new) else 0
    return _adds_nothing(first, asked, few, language)


def _adds_nothing(text: str, asked: str, most_new: float, language: Language) -> bool:
    said = content_words(text)
    return len(said) >= _FEWEST_WORDS and len(_new(text, asked, language)) <= len(said) * most_new


def _new(text: str, asked: str, language: Language) -> set[str]:
    """The content words that the question has not, nor spells in another script or in another way."""
    known, borrowing = content_words(asked), language.prose.borrowing
    heard = {sound for word in _words(asked) if (sound := _sound(word, borrowing))}
    unheard = (_stem(word) for word in _words(text) if _sound(word, borrowing) not in heard)
    return {stem for stem in unheard if stem and stem not in known}


def _sound(word: str, borrowing: Borrowing | None) -> str:
    """The consonants of a foreign word, however it is spelt; empty for any other, and for those too short to tell."""
    if borrowing is None:
        return ""
    if word.isascii():
        said = spoken(word)
    elif re.fullmatch(borrowing.run, word):
        said = borrowing.letters(word)
    else:
        return ""
    heard = consonants(said)
    return heard if len(heard) > 1 else ""


def _is_vague(first: str, asked: str, language: Language) -> bool:
    """Whether what was asked for is only called important, great or manifold."""
    prose = language.prose
    wanted = re.search(prose.what_kind, asked) if prose.what_kind and prose.vague else None
    return bool(wanted) and re.search(rf"(?:{prose.vague})\s?{re.escape(wanted[1])}", first) is not None


def _gives_number(item: Item, language: Language) -> bool:
    """Also where no number is asked for."""
    if not language.prose.how_many or not re.search(language.prose.how_many, item.question.text):
        return True
    answer = without_page_references(item.answer.text)
    return bool(_FIGURE.search(answer) or re.search(language.prose.a_number or r"(?!)", answer))
