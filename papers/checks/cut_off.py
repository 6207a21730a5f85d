"""Text that ends too soon: without a full stop, with an ellipsis, inside a bracket or a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.languages import Language, language_of
from papers.checks.sentences import ends_as_sentence, is_whole_clause, sentences
from papers.errors import Notice, gettext_noop

ELLIPSIS = gettext_noop("The text ends with an ellipsis, as if it had been cut off.")
BRACKET = gettext_noop("The text ends inside a bracket: “%(bracket)s” is never closed.")
OPEN_BRACKET = gettext_noop("“%(bracket)s” is never closed.")
FORMULA = gettext_noop("The text ends inside a formula: “%(formula)s” is never closed.")
NO_END = gettext_noop("The text breaks off in mid-sentence: “… %(end)s”")
NO_STOP = gettext_noop("The last sentence has no full stop.")
RUN_TOGETHER = gettext_noop("A full stop is missing: two sentences run together here.")

_PAIRS = {
    "「": "」",
    "『": "』",
    "（": ")",
    "(": ")",
    "[": "]",
    "［": "]",
    "【": "】",
    "〈": "〉",
    "《": "》",
    "〔": "〕",
}
_CLOSERS = {"）": ")", "］": "]"} | {close: close for close in _PAIRS.values()}
_LIST_ITEM = re.compile(r"\s*(?:[-*•・‣●]\s*|\(?\d{1,2}[.)．）]\s*)")
_ELLIPSIS = re.compile(r"(?:\.\s?\.\s?\.|…|・・・|。。|‥)[\s」』)）\"”]*$")
# A formula on a line of its own ends a text as well as a full stop does.
_DISPLAYED = re.compile(r"(?:\$\$[^$]+\$\$|\\\[(?:(?!\\[\[\]]).)+\\\])\s*$", re.DOTALL)
_SHOWN = 20  # letters of the last sentence that are shown


class CutOff:
    """Nothing that was cut off is published; in titles and lines of phrases a full stop is no duty.

    Not judged: languages that end sentences with nothing but a space, and an end that merely sounds unfinished.
    """

    id = "cut-off"

    def run(self, subject: Subject) -> Iterator[Finding]:
        language = language_of(subject.language)
        for passage in subject.passages:
            if passage.text.strip():
                yield from self._judged(passage, language)

    def _judged(self, passage: Passage, language: Language) -> Iterator[Finding]:
        ends = list(self._broken_ends(passage, language))
        yield from ends[:1]
        if passage.kind is not Kind.TITLE and language.prose.last_words:
            yield from self._run_together(passage, language)

    def _broken_ends(self, passage: Passage, language: Language) -> Iterator[Finding]:
        """The worst first: who ends with an ellipsis has no full stop either, and one finding will do."""
        if found := _ELLIPSIS.search(passage.text):
            yield passage.finding(self.id, Severity.ERROR, Notice(ELLIPSIS), (found.start(), found.end()))
        if place := open_formula(passage.text):
            notice = Notice(FORMULA, {"formula": passage.text[place[0] : place[1]]})
            yield passage.finding(self.id, Severity.ERROR, notice, place)
        yield from self._open_bracket(passage)
        if passage.kind in {Kind.PROSE, Kind.ANSWER} and language.prose.stops:
            yield from self._without_stop(passage, language)

    def _open_bracket(self, passage: Passage) -> Iterator[Finding]:
        place = open_bracket(passage.text)
        if place is None:
            return
        rest = [sentence for sentence in sentences(passage.text) if sentence.end > place]
        severity, template = (Severity.ERROR, BRACKET) if len(rest) <= 1 else (Severity.WARNING, OPEN_BRACKET)
        yield passage.finding(
            self.id, severity, Notice(template, {"bracket": passage.text[place]}), (place, len(passage.text))
        )

    def _without_stop(self, passage: Passage, language: Language) -> Iterator[Finding]:
        last = sentences(passage.text)[-1]
        if ends_as_sentence(passage.text, language) or _DISPLAYED.search(passage.text):
            return
        if _LIST_ITEM.match(_last_line(passage.text)):
            return
        if is_whole_clause(passage.text, language):
            stop = language.prose.stops[0]
            span = (last.end - 1, last.end)
            suggestion = last.text[-1] + stop
            yield passage.finding(self.id, Severity.WARNING, Notice(NO_STOP), span, suggestion=suggestion)
        else:
            notice = Notice(NO_END, {"end": last.text[-_SHOWN:]})
            yield passage.finding(self.id, Severity.ERROR, notice, last.span)

    def _run_together(self, passage: Passage, language: Language) -> Iterator[Finding]:
        for found in re.finditer(language.prose.last_words, passage.text):
            suggestion = found[0] + language.prose.stops[0]
            yield passage.finding(self.id, Severity.WARNING, Notice(RUN_TOGETHER), found.span(), suggestion=suggestion)


def open_bracket(text: str) -> int | None:
    """Where the first bracket stands that is never closed; “1)” and intervals such as [0, 1) are no fault."""
    stack: list[tuple[str, int]] = []
    for place, letter in enumerate(text):
        if letter in _PAIRS:
            stack.append((_PAIRS[letter], place))
        elif closer := _CLOSERS.get(letter):
            _close(stack, closer)
    return stack[0][1] if stack else None


def _close(stack: list[tuple[str, int]], closer: str) -> None:
    """Close the innermost bracket of that kind; of the round and the square ones, either."""
    wanted = {")", "]"} if closer in ")]" else {closer}
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] in wanted:
            del stack[depth]
            return


_OPEN_FORMULA = (
    re.compile(r"\\\((?:(?!\\\)).)*$", re.DOTALL),
    re.compile(r"\\\[(?:(?!\\\]).)*$", re.DOTALL),
    re.compile(r"\\begin\{(\w+\*?)\}(?:(?!\\end\{\1\}).)*$", re.DOTALL),
    re.compile(r"\\[a-zA-Z]+\{[^{}]*$"),
)
_LATEX = re.compile(r"\\[a-zA-Z]|[_^]")


def open_formula(text: str) -> tuple[int, int] | None:
    """The span of the formula that is still open where the text ends. A lone $ before a sum of money is none."""
    for pattern in _OPEN_FORMULA:
        if found := pattern.search(text):
            return found.span()
    dollars = [found.start() for found in re.finditer(r"(?<!\\)\$", text)]
    if len(dollars) % 2 and _LATEX.search(text, dollars[-1]):
        return dollars[-1], len(text)
    return None


def _last_line(text: str) -> str:
    return text.rstrip().rsplit("\n", 1)[-1]
