"""How a text is written: one register throughout, its own full stop, nothing left of markup."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.languages import language_of
from papers.checks.languages.base import Language, Prose
from papers.checks.page_references import without_page_references
from papers.checks.sentences import Sentence, sentences
from papers.errors import Notice, gettext_noop

MIXED = gettext_noop("This sentence is in another register than most of the text.")
OTHER_REGISTER = gettext_noop("This text is in another register than most of the page's.")
FULL_STOP = gettext_noop("Sentences end with “.” instead of “%(stop)s”; places in this text: %(count)d.")
ADDRESSED = gettext_noop("“%(words)s” addresses somebody; who is meant?")
SLIP = gettext_noop("“%(words)s” looks like a slip of the pen.")
MARKUP = gettext_noop("“%(words)s” is markup that readers would see.")
GLUED_URLS = gettext_noop("Two addresses run together; neither can be followed.")

_SIZES = re.compile(r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|displaystyle)\b\s*")
# Formulas, a CMS's placeholders for pictures, tags and entities of HTML.
_MARKUP = re.compile(
    r"\\\(\s*(.{1,300}?)\s?\\\)|\\\[\s*(.{1,300}?)\s?\\\]|(?<![\w\\$])\$([^$\n]{1,200}?\\[^$\n]{1,200}?)\$"
    r"|\[\[\w+\]\]|</?(?:br|p|div|span|sup|sub|em|strong|[biu])\b[^<>\n]{0,80}/?>|&(?:amp|lt|gt|nbsp|quot);"
)
# An archive's address, or one given as a parameter, has another one inside.
_URLS = re.compile(r"https?://(?![!-~]{0,300}(?:/web/\d|[?=&#]))[!-~]{1,300}?(?=https?://)")
_AFTER_END = re.compile(r"(?:\s?[(（][^()（）]*[)）])?[ 。．.!?！？]*$")
_LIST_ITEM = re.compile(r"[-–*・•●◦]|[(（]?\d{1,2}[.)）]|[①-⑳]")
_OPEN_QUOTE = re.compile(r"[「『“\"][^」』”\"]*$")
_FEW = 3  # texts of a kind; with fewer nothing is usual on the page


class Style:
    id = "style"

    def run(self, subject: Subject) -> Iterator[Finding]:
        language = language_of(subject.language)
        source_language = language_of(subject.source_language)
        for passage in subject.passages:
            yield from self._register(passage, language.prose)
            yield from self._address(passage, language.prose, source_language.prose)
            yield from self._slips(passage, language)
            yield from self._markup(passage)
        yield from self._full_stops(subject.passages, language.prose)
        yield from self._odd_ones_out(subject.passages, language.prose)

    def _register(self, passage: Passage, prose: Prose) -> Iterator[Finding]:
        """The sentences of the rarer register; where both are as common, those of the second one."""
        told = _registers(passage, prose)
        counts = Counter(register for _, register in told)
        usual = counts.most_common(1)[0][0] if counts else ""
        for sentence, register in told:
            if register != usual:
                yield passage.finding(self.id, Severity.WARNING, Notice(MIXED), sentence.span)

    def _odd_ones_out(self, passages: Sequence[Passage], prose: Prose) -> Iterator[Finding]:
        """Texts of a kind, such as answers, that keep another register than most of their like."""
        kinds: dict[Kind, list[tuple[Passage, str]]] = defaultdict(list)
        for passage in passages:
            registers = {register for _, register in _registers(passage, prose)}
            if len(registers) == 1 and passage.kind not in {Kind.QUESTION, Kind.TITLE}:
                kinds[passage.kind].append((passage, registers.pop()))
        for told in kinds.values():
            usual, count = Counter(register for _, register in told).most_common(1)[0]
            if len(told) >= _FEW and len(told) / 2 < count < len(told):
                odd = [passage for passage, register in told if register != usual]
                yield from (p.finding(self.id, Severity.WARNING, Notice(OTHER_REGISTER), against=usual) for p in odd)

    def _full_stops(self, passages: Sequence[Passage], prose: Prose) -> Iterator[Finding]:
        """One finding for a text, which mends all its sentences; where it is a habit, one for all texts of a field."""
        if not prose.full_stop:
            return
        found = [finding for passage in passages for finding in self._full_stop(passage, prose)]
        habit = len(found) > _FEW
        yield from {finding.field: finding for finding in reversed(found)}.values() if habit else found

    def _full_stop(self, passage: Passage, prose: Prose) -> Iterator[Finding]:
        stop = re.compile(rf"(?<=[{prose.script}）」』)])\.(?=$|[\s{prose.script}「『（(]|[A-Z])(?!\.)")
        if found := list(stop.finditer(passage.text)):
            start, end = found[0].start(), found[-1].end()
            told = Notice(FULL_STOP, {"count": len(found), "stop": prose.full_stop})
            mended = re.sub(stop, prose.full_stop, passage.text)[start:end]
            yield passage.finding(self.id, Severity.INFO, told, (start, end), suggestion=mended)

    def _address(self, passage: Passage, prose: Prose, source_prose: Prose) -> Iterator[Finding]:
        """Nobody is addressed in a digest, unless the source does, or somebody is quoted."""
        if not prose.second_person or passage.kind == Kind.TITLE:
            return
        found = re.search(prose.second_person, passage.text)
        asked = source_prose.second_person and re.search(source_prose.second_person, passage.source)
        if found and not asked and not _OPEN_QUOTE.search(passage.text[: found.start()]):
            yield passage.finding(self.id, Severity.WARNING, Notice(ADDRESSED, {"words": found[0]}), found.span())

    def _slips(self, passage: Passage, language: Language) -> Iterator[Finding]:
        for pattern, mended in language.prose.slips:
            for found in re.finditer(pattern, passage.text):
                yield passage.finding(
                    self.id,
                    Severity.WARNING,
                    Notice(SLIP, {"words": found[0]}),
                    found.span(),
                    suggestion=found.expand(mended),
                )

    def _markup(self, passage: Passage) -> Iterator[Finding]:
        """Formulas may stay as the source has them, commands for the size of letters never."""
        found = [match for match in _MARKUP.finditer(passage.text) if _is_residue(match[0], passage.source)]
        if found:
            start, end = found[0].start(), found[-1].end()
            pieces = {match.group(): _plain(match) for match in found}
            text = passage.text[start:end]
            mended = _MARKUP.sub(lambda match: pieces.get(match[0], match[0]), text)
            told, better = Notice(MARKUP, {"words": found[0][0]}), mended if mended != text else None
            yield passage.finding(self.id, Severity.WARNING, told, (start, end), suggestion=better)
        for match in _URLS.finditer(passage.text):
            told = Notice(GLUED_URLS)
            yield passage.finding(self.id, Severity.WARNING, told, match.span(), suggestion=match[0] + " ")


def _registers(passage: Passage, prose: Prose) -> list[tuple[Sentence, str]]:
    """The sentences that are in one register or the other; headings, lists, nouns and quotations are in none."""
    if not prose.polite or passage.kind in {Kind.TITLE, Kind.QUESTION}:
        return []
    told = []
    for sentence in sentences(without_page_references(passage.text)):
        end = _AFTER_END.sub("", sentence.text)
        if _LIST_ITEM.match(sentence.text):
            continue
        if re.search(prose.polite, end):
            told.append((sentence, "polite"))
        elif re.search(prose.plain, end):
            told.append((sentence, "plain"))
    return told


def _is_residue(markup: str, source: str) -> bool:
    return markup not in source or _SIZES.search(markup) is not None


def _plain(markup: re.Match[str]) -> str:
    """A formula as text where it needs no LaTeX; what is no formula goes."""
    formula = next(filter(None, markup.groups()), None)
    if formula is None:
        return ""
    text = _SIZES.sub("", formula).replace("\\%", "%").strip()
    return _SIZES.sub("", markup[0]) if re.search(r"[\\{}^_]", text) else text
