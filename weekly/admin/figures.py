"""How well was drafted: what editors changed of machines' texts, what checks found in them, what they cost.

All figures stand by week, prompt version and model. A text counts while the page's newest draft says that it was made
from it and an editor has changed, approved or published it; one that a redraft replaced, or whose question was deleted,
is left out, since nobody corrected it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from rapidfuzz.distance import Levenshtein
from wagtail.models import Page

from papers.drafts import newest_drafts
from papers.models import DraftRun, Finding, MachineText, PaperPage
from papers.states import State
from weekly.models import WeekPage

SECTIONS = {
    "title": _("title"),
    "summary": _("summary"),
    "abstract": _("abstract"),
    "qa": _("Q&A"),
    "overview": _("overview"),
}
SECTION_OF = {
    "title_translated": "title",
    "summary": "summary",
    "abstract_translated": "abstract",
    "qa": "qa",
    "theme": "overview",
    "overview": "overview",
}
# What the checks are called in a table; their ids stand in files and in docs/checks.md.
CHECK_NAMES = {
    "numbers": _("Figures against the source"),
    "number-bounds": _("“More than”, “up to” and the like"),
    "number-sense": _("Figures that cannot be"),
    "answer-numbers": _("Figures of answers in the paper"),
    "quotes": _("Quotes in the paper"),
    "citations": _("Page references"),
    "repeats": _("Repetition"),
    "echo": _("Answers that repeat the question"),
    "cut-off": _("Texts that break off"),
    "names": _("Names"),
    "glossary": pgettext_lazy("name of a check", "Glossary"),
    "left-over": _("Left untranslated"),
    "style": _("Style and markup"),
    "metadata": _("Dates, categories, titles"),
    "short-abstract": _("Shortened abstract"),
    "instructions": _("Instructions to a machine"),
}
QA_TEXTS = ("question", "answer", "answer_original")


@dataclass
class Work:
    """What editors changed: `changed` of `characters`, the longer of a machine's text and the present one."""

    changed: int = 0
    characters: int = 0

    def add(self, machine: str, present: str) -> None:
        self.changed += Levenshtein.distance(machine, present)
        self.characters += max(len(machine), len(present))

    @property
    def share(self) -> float | None:
        """Between 0 (nothing) and 1 (all); None where there is no text."""
        return self.changed / self.characters if self.characters else None


@dataclass
class Figures:
    """One prompt version of one model, in one week or in all of them. `cost` is None where no price is known."""

    prompt: str
    model: str
    week: date | None = None
    sections: dict[str, Work] = field(default_factory=lambda: {name: Work() for name in SECTIONS})
    findings: Counter[str] = field(default_factory=Counter)
    pages: set[int] = field(default_factory=set)
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0
    cost: Decimal | None = None

    @property
    def share(self) -> float | None:
        """The share of all its text that was changed."""
        return Work(*map(sum, zip(*((w.changed, w.characters) for w in self.sections.values()), strict=True))).share

    @property
    def shares(self) -> dict[str, float | None]:
        return {name: work.share for name, work in self.sections.items()}

    @property
    def found(self) -> int:
        return self.findings.total()

    def per_page(self, amount: Any) -> Any:
        """An amount divided by the number of pages; None stays None."""
        return None if amount is None else amount / max(1, len(self.pages))

    def add_run(self, run: DraftRun) -> None:
        self.pages.add(run.page_id)
        self.tokens_in += run.prompt_tokens
        self.tokens_out += run.completion_tokens
        self.seconds += run.seconds
        if run.cost is not None:
            self.cost = (self.cost or Decimal(0)) + run.cost

    def absorb(self, other: Figures) -> None:
        """Add another week's figures."""
        for name, work in other.sections.items():
            self.sections[name].changed += work.changed
            self.sections[name].characters += work.characters
        self.findings.update(other.findings)
        self.pages |= other.pages
        self.tokens_in += other.tokens_in
        self.tokens_out += other.tokens_out
        self.seconds += other.seconds
        if other.cost is not None:
            self.cost = (self.cost or Decimal(0)) + other.cost


def figures_of(weeks: Sequence[WeekPage]) -> list[Figures]:
    """By week, newest first, then by prompt version; seven queries however many weeks and papers there are."""
    starts = {week.run_group: week.start for week in weeks}
    runs = list(runs_for(starts))
    week_of = {run.page_id: starts[run.group] for run in reversed(runs) if run.group in starts}
    rows: dict[tuple[date, str, str], Figures] = {}

    def row(page_id: int, prompt: str, model: str) -> Figures:
        key = (week_of[page_id], prompt, model)
        return rows.setdefault(key, Figures(prompt, model, week_of[page_id]))

    models = {}
    for run in (run for run in runs if run.page_id in week_of):
        models[run.page_id, run.prompt_version] = made_by = run.model or run.backend
        row(run.page_id, run.prompt_version, made_by).add_run(run)
    _add_texts(row, newest_pages(week_of, [week for week in weeks if week.pk in week_of]))
    for page_id, prompt, rule in _findings(week_of):
        row(page_id, prompt, models.get((page_id, prompt), "")).findings[rule] += 1
    return sorted(rows.values(), key=lambda one: (-one.week.toordinal(), one.prompt, one.model))


def runs_for(groups: Iterable[str]) -> Iterator[DraftRun]:
    """All runs that began, for the pages that these groups drafted; redrafts of single places as well."""
    pages = DraftRun.objects.filter(group__in=groups).values("page_id")
    return DraftRun.objects.filter(page_id__in=pages).exclude(backend="").order_by("pk").iterator()


def newest_pages(page_ids: Iterable[int], weeks: Iterable[WeekPage]) -> dict[int, Page]:
    """The newest drafts of papers and weeks."""
    papers = PaperPage.objects.filter(pk__in=list(page_ids))
    return {**newest_drafts(papers), **newest_drafts(weeks)}


def _add_texts(row: Any, drafts: Mapping[int, Any]) -> None:
    standing = {pk: dict(_standing(draft)) for pk, draft in drafts.items()}
    for text in MachineText.objects.filter(page__in=list(drafts)):
        present = standing[text.page_id].get((text.place, text.hash))
        if present is not None and text.place in SECTION_OF:
            work = row(text.page_id, text.prompt, text.model).sections[SECTION_OF[text.place]]
            work.add(_text(text.value), present)


def _standing(draft: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """The present text by place and by the hash of the machine's text that it was made from.

    A text that nobody has looked at tells nothing yet of how good it was.
    """
    unread = set() if draft.first_published_at else {k for k, state in draft.states().items() if state == State.MACHINE}
    for name in draft.drafted:
        made_from = draft.provenance.get(name, {}).get("hash")
        if made_from and name not in unread:
            yield (name, made_from), getattr(draft, name)
    for block in getattr(draft, "qa", ()):
        made_from = block.value["provenance"]["hash"]
        if made_from and f"qa.{block.id}" not in unread:
            yield ("qa", made_from), _text(block.value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(value.get(name) or "" for name in QA_TEXTS)


def _findings(pages: Iterable[int]) -> Iterable[tuple[int, str, str]]:
    """Page, prompt and check of what was ever found in machines' texts, mended or not."""
    found = Finding.objects.filter(page__in=list(pages)).exclude(prompt="").order_by("pk")
    return found.values_list("page_id", "prompt", "rule")


def by_prompt(rows: Iterable[Figures]) -> list[Figures]:
    """The same over all weeks: the prompt and model that made the least work first, those without a text last."""
    sums: dict[tuple[str, str], Figures] = {}
    for one in rows:
        sums.setdefault((one.prompt, one.model), Figures(one.prompt, one.model)).absorb(one)
    return sorted(sums.values(), key=lambda one: (one.share is None, one.share or 0, one.prompt, one.model))


def by_week(rows: Iterable[Figures]) -> dict[date, float | None]:
    """The share of all text that was changed, oldest week first."""
    weeks: dict[date, Figures] = defaultdict(lambda: Figures("", ""))
    for one in rows:
        weeks[one.week].absorb(one)
    return {start: weeks[start].share for start in sorted(weeks)}
