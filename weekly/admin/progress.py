"""How far the drafting of a week has come, as the desk and the list of weeks show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from papers import ledger
from papers.messages import notice_text
from papers.models import DraftRun, PaperPage, Scope, Status
from papers.models.runs import PARTS
from weekly.actions import newest_draft
from weekly.models import WeekEntry, WeekPage

# A due run that waits longer than this while nobody works at all: there seems to be no worker.
UNHEARD = timedelta(seconds=60)
ENDED_WELL = (Status.DONE, Status.PARKED)


@dataclass(frozen=True)
class Counts:
    """Places that have been asked for, by what became of them."""

    total: int
    done: int
    failed: int
    active: int

    @classmethod
    def of(cls, statuses: Iterable[str]) -> Counts:
        by = Counter(statuses)
        done, active = (sum(by[status] for status in group) for group in (ENDED_WELL, (Status.QUEUED, Status.RUNNING)))
        return cls(by.total(), done, by[Status.FAILED], active)

    @property
    def ended(self) -> int:
        return self.total - self.active

    def __str__(self) -> str:
        if not self.total:
            return _("Nothing was drafted yet.")
        text = _("%(done)d of %(total)d done") % {"done": self.done, "total": self.total}
        return text + (", " + _("%(failed)d failed") % {"failed": self.failed} if self.failed else "")


@dataclass(frozen=True)
class Part:
    """One part of a page, and its newest run, if it has one."""

    scope: str
    run: DraftRun | None
    now: datetime

    @property
    def label(self) -> str:
        return Scope(self.scope).label

    @property
    def status(self) -> str:
        return self.run.status if self.run else "none"

    @property
    def seconds(self) -> float:
        """Seconds of work, those of the present attempt included."""
        if self.run is None:
            return 0
        running = self.run.status == Status.RUNNING and self.run.started_at
        return self.run.seconds + ((self.now - self.run.started_at).total_seconds() if running else 0)

    @property
    def pause(self) -> int:
        """Whole seconds until a waiting run is tried again; 0 where it is due."""
        waits = self.run and self.run.status == Status.QUEUED and self.run.not_before
        return max(0, round((self.run.not_before - self.now).total_seconds())) if waits else 0

    @property
    def error(self) -> str:
        return notice_text(self.run.error) if self.run else ""

    @property
    def note(self) -> str:
        return notice_text(self.run.note) if self.run else ""

    @property
    def can_retry(self) -> bool:
        return self.status in {Status.FAILED, Status.PARKED}


@dataclass
class Row:
    """A page of the week: a paper with the rows of the list that name it, or the week itself."""

    title: str
    page_id: int
    parts: list[Part]
    ranks: list[int] = field(default_factory=list)
    live: bool = False


class Progress:
    """The drafting of one week. Takes the same few queries however many entries it has."""

    def __init__(self, week: WeekPage, draft: WeekPage | None = None) -> None:
        self.week, self.now = week, timezone.now()
        self.draft = draft or newest_draft(week)
        self.entries: list[WeekEntry] = self.draft.entry_list()

    @cached_property
    def runs(self) -> list[DraftRun]:
        return list(DraftRun.objects.latest_of(self.week.run_group))

    @cached_property
    def rows(self) -> list[Row]:
        """The papers in the list's order, each once, then the week."""
        rows: dict[int, Row] = {}
        for entry in self.entries:
            if paper := entry.shown_paper:
                row = rows.setdefault(paper.pk, self._paper_row(paper))
                row.ranks.append(entry.rank)
        overview = Row(_("The week as a whole"), self.week.pk, [self._part(self.week.pk, Scope.OVERVIEW)])
        return [*rows.values(), overview]

    @property
    def without_page(self) -> list[WeekEntry]:
        """Entries that no page stands for: nothing can be drafted for them."""
        return [entry for entry in self.entries if entry.shown_paper is None]

    @property
    def counts(self) -> Counts:
        return Counts.of(run.status for run in self.runs)

    @property
    def totals(self) -> dict[str, Any]:
        return dict(ledger.summary(self.runs))

    @property
    def is_unheard(self) -> bool:
        """Whether runs have been due for a while and no worker seems to be alive."""
        due = (run.not_before or run.created_at for run in self.runs if run.status == Status.QUEUED)
        waits = any(since < self.now - UNHEARD for since in due)
        return waits and not DraftRun.objects.filter(status=Status.RUNNING).exists()

    def _paper_row(self, paper: PaperPage) -> Row:
        parts = [self._part(paper.pk, scope) for scope in (Scope.ABSTRACT, Scope.QA)]
        return Row(paper.draft_title or paper.title, paper.pk, parts, live=paper.live)

    def _part(self, page_id: int, scope: str) -> Part:
        return Part(scope, self._newest.get((page_id, scope)), self.now)

    @cached_property
    def _newest(self) -> dict[tuple[int, str], DraftRun]:
        return {(run.page_id, run.scope): run for run in self.runs if not run.block_id}


def counts_of(weeks: Sequence[WeekPage]) -> dict[int, Counts]:
    """How far each of these weeks has come; one query for all."""
    groups = {week.run_group: week.pk for week in weeks}
    runs = DraftRun.objects.filter(group__in=groups, scope__in=PARTS).order_by("pk")
    newest: dict[str, dict[tuple[Any, ...], str]] = defaultdict(dict)
    for group, status, *place in runs.values_list("group", "status", "page_id", "scope", "block_id"):
        newest[group][tuple(place)] = status
    return {pk: Counts.of(newest[group].values()) for group, pk in groups.items()}
