"""The board of a week: how far each of its papers has been reviewed, and where to go on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from papers.drafts import newest_drafts
from papers.models import Finding, PaperPage
from papers.models.findings import Severity
from papers.models.reviewed import path_of
from papers.states import State
from weekly.models import WeekEntry, WeekPage

WORST_FIRST = Severity.values


@dataclass(frozen=True)
class Card:
    """The newest draft of a page: its places by state, its standing findings by severity, what it lacks."""

    page: Any
    ranks: Sequence[int]
    states: Counter[str]
    severities: Counter[str]
    first_url: str

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @property
    def missing(self) -> int:
        """Places that readers need and that are empty; no reason overrides that."""
        return len(self.page.missing())

    @property
    def reason(self) -> str:
        """Why the page may go out all the same."""
        return self.page.override_reason

    @property
    def is_ready(self) -> bool:
        """All texts approved or edited, no error standing, nothing missing."""
        return not (self.missing or self.states[State.MACHINE] or self.severities[Severity.ERROR])

    @property
    def state_counts(self) -> list[tuple[str, int]]:
        return [(state, self.states[state]) for state in (State.MACHINE, State.EDITED, State.APPROVED)]

    @property
    def severity_counts(self) -> list[tuple[str, int]]:
        return [(severity, self.severities[severity]) for severity in WORST_FIRST]


@dataclass(frozen=True)
class Board:
    """The papers in the list's order, each once, then the week itself."""

    cards: Sequence[Card]

    @property
    def ready(self) -> int:
        return sum(card.is_ready for card in self.cards)


def board_of(week: WeekPage, entries: Iterable[WeekEntry]) -> Board:
    """Takes three queries however many papers there are. `week` is its newest draft."""
    ranks: dict[int, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.shown_paper:
            ranks[entry.shown_paper.pk].append(entry.rank)
    papers = PaperPage.objects.in_bulk(list(ranks))
    pages = [*newest_drafts([papers[pk] for pk in ranks if pk in papers]).values(), week]
    found = findings_of(pages)
    return Board([_card(page, ranks[page.pk], found[page.pk]) for page in pages])


def findings_of(pages: Iterable[Page]) -> dict[int, list[Finding]]:
    """What stands in pages' newest drafts, the worst first; one query."""
    found: dict[int, list[Finding]] = defaultdict(list)
    standing = Finding.objects.standing().filter(page__in=[page.pk for page in pages])
    for finding in standing.only("page_id", "block", "field", "severity"):
        found[finding.page_id].append(finding)
    for rows in found.values():
        rows.sort(key=lambda row: (WORST_FIRST.index(row.severity), row.pk))
    return found


def _card(page: Any, ranks: Sequence[int], found: Sequence[Finding]) -> Card:
    first = f"#:w:contentpath={path_of(found[0].block, found[0].field)}" if found else ""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    severities = Counter(finding.severity for finding in found)
    return Card(page, ranks, Counter(page.states().values()), severities, edit + first if found else "")
