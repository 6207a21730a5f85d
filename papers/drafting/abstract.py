"""The small call: translated title and abstract, one-line summary, tags. It sees metadata only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from papers.drafting import prompts
from papers.drafting.base import AbstractDraft, Context
from papers.drafting.calls import Work
from papers.drafting.hints import hints
from papers.drafting.main_text import escape
from papers.drafting.names import restore_names
from papers.drafting.plain import answer_text, joined, line
from papers.drafting.schema import Sentence, parts, string
from papers.drafting.sentences import split
from papers.llm.base import Request
from papers.paper import Paper

MOST_TAGS, LONGEST_TAG = 5, 50
TAGS_OFFERED = 30
_SPARE_TOKENS = 1_500


class AbstractWork(Work):
    """The abstract is split by us and numbered, so that alignment is free and an omission shows."""

    closing = ""  # what a call says last

    def __init__(self, paper: Paper, context: Context) -> None:
        self._paper, self._context = paper, context
        # Where there is no abstract the list's note stands in, and lists lower-case names.
        self._numbered = dict(enumerate(split(restore_names(paper.abstract, paper.title)), start=1))
        self._is_translation = is_translation(paper, context)
        self._translated: dict[int, str] = {}
        self._title = self._summary = ""
        self._tags: tuple[str, ...] = ()

    def request(self) -> Request:
        return self._asking(list(self._numbered))

    def repair(self, reason: str) -> Request:
        shown = self._missing_sentences() if self._title and self._summary else list(self._numbered)
        return self._asking(shown, prompts.phrase("repair", reason=reason))

    def take(self, reply: Mapping[str, Any]) -> bool:
        before = self._state()
        for sentence in parts(reply.get("sentences"), Sentence):
            if sentence.number in self._missing_sentences():
                self._translated[sentence.number] = answer_text(sentence.text)
        self._title = self._title or line(string(reply.get("title")))
        self._summary = self._summary or answer_text(string(reply.get("summary")))
        self._tags = self._tags or self._chosen_tags(reply.get("tags"))
        return self._state() != before

    @property
    def is_whole(self) -> bool:
        return not self._missing_sentences() and bool(self._summary and (self._title or not self._is_translation))

    def result(self, reason: str) -> AbstractDraft:
        """A translation with a hole in it is none: the field stays empty and `reason` says why."""
        texts = {"title": self._title, "summary": self._summary, "abstract": self._abstract()}
        if not self._is_translation:
            texts |= {"title": self._paper.title, "abstract": self._paper.abstract}
        problems = {name: reason for name, text in texts.items() if not text}
        return AbstractDraft(**texts, tags=self._tags, problems=problems)

    def _state(self) -> tuple[object, ...]:
        return len(self._missing_sentences()), self._title, self._summary

    def _missing_sentences(self) -> list[int]:
        wanted = self._numbered if self._is_translation else ()
        return [number for number in wanted if not self._translated.get(number)]

    def _abstract(self) -> str:
        if self._missing_sentences():
            return ""
        return joined((text for _, text in sorted(self._translated.items())), self._context.language)

    def _chosen_tags(self, said: object) -> tuple[str, ...]:
        """Tags in the site's own spelling where it has them; a tag twice is one."""
        known = {tag.casefold(): tag for tag in self._context.tags}
        tags = [line(tag) for tag in said if isinstance(tag, str)] if isinstance(said, list) else []
        chosen = {tag.casefold(): known.get(tag.casefold(), tag) for tag in tags if 0 < len(tag) <= LONGEST_TAG}
        return tuple(chosen.values())[:MOST_TAGS]

    def _offered_tags(self) -> list[str]:
        """Tags that the abstract itself names, then the others in the site's order, as far as they go."""
        text = self._paper.abstract.casefold()
        return sorted(self._context.tags, key=lambda tag: tag.casefold() not in text)[:TAGS_OFFERED]

    def _wanted(self) -> list[str]:
        missing = self._missing_sentences()
        wanted = [f"sentences {', '.join(map(str, missing))}"] if missing else []
        wanted += ["title"] if self._is_translation and not self._title else []
        return wanted + ([] if self._summary else ["summary", "tags"])

    def _asking(self, shown: Sequence[int], repair: str = "") -> Request:
        lines = [f"{number}: {escape(self._numbered[number])}" for number in shown]
        blocks = [
            "\n".join(["<paper>", prompts.phrase("title", title=escape(self._paper.title)), *lines, "</paper>"]),
            prompts.phrase("wanted", wanted=", ".join(self._wanted())),
            prompts.phrase("tags", tags=", ".join(self._offered_tags())) if self._context.tags else "",
            hints(f"{self._paper.title}\n{self._paper.abstract}", self._context),
            self.closing,
            repair,
        ]
        most = _SPARE_TOKENS + len(self._paper.abstract)
        return prompts.request("abstract", self._context.language, blocks, most)


def is_translation(paper: Paper, context: Context) -> bool:
    """Whether the readers' language is another than the paper's."""
    return _base(context.language) != _base(paper.language)


def _base(language: str) -> str:
    return language.split("-")[0].lower()
