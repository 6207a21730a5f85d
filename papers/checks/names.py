"""Names as the paper has them: the right letters, the right case, the right script, one spelling in a page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from papers.checks.base import Finding, Passage, Severity, Subject
from papers.checks.borrowed import Rendering, Sounds, mixed, name_phrases, renderings
from papers.checks.known_names import KnownNames
from papers.checks.languages import language_of
from papers.checks.languages.base import Borrowing, Language
from papers.checks.latin import latin_words
from papers.checks.misspelt import one_letter_off, right_case
from papers.checks.variants import expansions, variants
from papers.errors import Notice, gettext_noop

CASE = gettext_noop("“%(wrong)s” is spelt “%(right)s” elsewhere.")
LETTER = gettext_noop("“%(wrong)s” is one letter off from “%(right)s”, and stands nowhere in the paper.")
SCRIPT = gettext_noop("“%(wrong)s” is the name “%(right)s”, which the page or its paper writes in Latin letters.")
VARIANT = gettext_noop("“%(wrong)s” is also spelt “%(right)s” in this page.")
EXPANSION = gettext_noop("“%(acronym)s” is spelt out as “%(wrong)s” here and as “%(right)s” elsewhere in this page.")

_SHORTEST = 3  # letters of a word that can be misspelt
# Letters enough to be spoken as a word, unlike GRPO, and no digits.
_SPEAKABLE = re.compile(r"(?=.*[a-z]{3})[A-Za-z-]+")


class Names:
    """All is judged against what is at hand of the paper and against the page's own texts."""

    id = "names"

    def run(self, subject: Subject) -> Iterator[Finding]:
        language, known = language_of(subject.language), KnownNames.of(subject)
        for passage in subject.passages:
            yield from self._misspelt(passage, known, bool(subject.pages))
        if language.prose.borrowing:
            yield from self._borrowed(subject, language, known, language.prose.borrowing)
            yield from self._variants(subject, known, language.prose.borrowing)
        yield from self._expansions(subject)

    def _misspelt(self, passage: Passage, known: KnownNames, paper_read: bool) -> Iterator[Finding]:
        """Every place, since each has to be mended."""
        better: dict[str, tuple[str, str] | None] = {}
        for word in latin_words(passage.text):
            if word.text not in better:
                better[word.text] = _better(word.text, known, passage, paper_read)
            if told := better[word.text]:
                yield self._finding(passage, known, told[0], word.span, word.text, told[1])

    def _borrowed(
        self, subject: Subject, language: Language, known: KnownNames, borrowing: Borrowing
    ) -> Iterator[Finding]:
        names = _names_in_latin(subject, language, known)
        sounds = Sounds.of(names, borrowing)
        agreed = _agreed(subject)
        acronyms = sorted((known.shaped | known.shaped_in_page), key=lambda name: (-len(name), name))
        for passage in subject.passages:
            found = [*renderings(passage.text, sounds), *mixed(passage.text, acronyms, borrowing)]
            for rendering in _first_of_each(one for one in found if one.text not in agreed):
                span, severity = (rendering.start, rendering.end), names.get(rendering.name, Severity.WARNING)
                wrong, right = rendering.text, rendering.name
                yield self._finding(passage, known, SCRIPT, span, wrong, right, severity, against=right)

    def _variants(self, subject: Subject, known: KnownNames, borrowing: Borrowing) -> Iterator[Finding]:
        texts, agreed = [passage.text for passage in subject.passages], _agreed(subject)
        for place, start, wrong, right, sure in variants(texts, borrowing):
            if wrong in agreed:
                continue
            severity = Severity.WARNING if sure else Severity.INFO
            span = start, start + len(wrong)
            passage = subject.passages[place]
            yield self._finding(passage, known, VARIANT, span, wrong, right, severity, against=right)

    def _expansions(self, subject: Subject) -> Iterator[Finding]:
        spelt_out: Mapping[str, dict[str, list[tuple[Passage, int]]]] = defaultdict(lambda: defaultdict(list))
        for passage in subject.passages:
            for acronym, words, start in expansions(passage.text):
                spelt_out[acronym][words].append((passage, start))
        for acronym, ways in spelt_out.items():
            right = _right_way(ways)
            for wrong in _other_ways(ways, right):
                notice = Notice(EXPANSION, {"acronym": acronym, "wrong": wrong, "right": right})
                for passage, start in ways[wrong]:
                    span, term = (start, start + len(wrong)), (acronym, wrong)
                    yield passage.finding(
                        self.id, Severity.WARNING, notice, span, suggestion=right, term=term, against=right
                    )

    def _finding(
        self,
        passage: Passage,
        known: KnownNames,
        template: str,
        span: tuple[int, int],
        wrong: str,
        right: str,
        severity: Severity = Severity.WARNING,
        against: str = "",
    ) -> Finding:
        """Only what the paper itself has is told as its words; the right spelling may be the page's."""
        notice = Notice(template, {"wrong": wrong, "right": right})
        source = right if known.is_in_paper(right) else ""
        return passage.finding(
            self.id, severity, notice, span, suggestion=right, source=source, term=(right, wrong), against=against
        )


def _agreed(subject: Subject) -> frozenset[str]:
    """The glossary's renderings, which are right however rare they are in the page."""
    return frozenset(term.target for term in subject.terms)


def _better(word: str, known: KnownNames, passage: Passage, paper_read: bool) -> tuple[str, str] | None:
    """What is wrong with a word in Latin letters, and how it is spelt; None where nothing is."""
    if len(word) < _SHORTEST:
        return None
    if right := right_case(word, known, passage.source):
        return CASE, right
    right = one_letter_off(word, known, sure=paper_read or passage.translates)
    return (LETTER, right) if right else None


def _names_in_latin(subject: Subject, language: Language, known: KnownNames) -> dict[str, Severity]:
    """Names that are known in Latin letters, and how sure it is that they should stay in them.

    Sure are the paper's own name, which stands before the colon of its title, names by their shape that stand in the
    title or the page, and a word that the page has in Latin letters twice. Others, such as a company's name, or a term
    of several words in title or source, may have a usual rendering. What is also written small is an ordinary word.
    """
    titles = subject.titles
    heads = {phrase for title in titles if ":" in title for phrase in name_phrases(title.split(":")[0])}
    shaped = {name for name in known.shaped | known.shaped_in_page if _SPEAKABLE.fullmatch(name)}
    at_hand = {name for name in shaped if known.page[name] or any(name in title for title in titles)}
    own = Counter(phrase for passage in subject.passages for phrase in name_phrases(passage.text))
    single = {phrase for phrase, count in own.items() if " " not in phrase and count > 1}
    several = {phrase for phrase in own if " " in phrase and any(phrase in title for title in titles)}
    several |= {phrase for passage in subject.passages for phrase in _phrases_of_source(passage)}
    ordinary = {*known.paper, *known.page} | language.prose.latin
    names = dict.fromkeys(several | shaped, Severity.INFO) | dict.fromkeys(heads | at_hand | single, Severity.WARNING)
    return {name: severity for name, severity in names.items() if not all(w.lower() in ordinary for w in name.split())}


def _phrases_of_source(passage: Passage) -> Iterator[str]:
    """Several capitalised words in a text that is rendered; where most words have a capital, it tells nothing."""
    words = [word.text for word in latin_words(passage.source)] if passage.translates else []
    if 2 * sum(map(str.islower, words)) > len(words):
        yield from (phrase for phrase in name_phrases(passage.source) if " " in phrase)


def _first_of_each(found: Iterable[Rendering]) -> Iterator[Rendering]:
    told = set()
    for rendering in found:
        if (rendering.name, rendering.text) not in told:
            told.add((rendering.name, rendering.text))
            yield rendering


def _right_way(ways: Mapping[str, Sequence[object]]) -> str:
    """The commonest way; but where it is another one with something left out, the whole one."""
    usual = max(ways, key=lambda words: (len(ways[words]), len(words)))
    fuller = [way for way in ways if len(way) > len(usual) and _is_within(usual, way) and not way.endswith(usual)]
    return max(fuller, key=len, default=usual)


def _is_within(short: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in short)


def _other_ways(ways: Iterable[str], right: str) -> list[str]:
    """Ways that differ in more than in a word put before, which need be no part of the term."""
    return [way for way in ways if not way.endswith(right) and not right.endswith(way)]
