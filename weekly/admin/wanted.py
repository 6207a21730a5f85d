"""Which reports an editor wants to see and in which order, as an address says it; and the way through them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from weekly.models import Report, ReportState
from weekly.models.voices import ReportQuerySet
from weekly.moderation import reports as deciding

LONGEST_WAY = 1_000  # passages that “next” leads through
ALL = "all"

STATES = [*ReportState.choices, (ALL, pgettext_lazy("reports of every state", "all"))]
ORDERS = [("most", gettext_lazy("most reported first")), ("newest", gettext_lazy("newest first"))]
KINDS = {
    "": (gettext_lazy("everything"), Q()),
    "qa": (gettext_lazy("questions and answers"), Q(place__startswith="qa.")),
    "summary": (gettext_lazy("summaries"), Q(place="summary")),
    "abstract": (gettext_lazy("abstracts"), Q(place="abstract_translated")),
    "title": (gettext_lazy("titles"), Q(place="title_translated")),
    "week": (gettext_lazy("texts of weeks"), Q(place__in=("theme", "overview", "introduction"))),
    "page": (gettext_lazy("pages as a whole"), Q(place="")),
}


@dataclass(frozen=True)
class Wanted:
    """What of the queue an editor wants to see, as the address says it; what it cannot mean counts as unsaid."""

    state: str = ReportState.OPEN
    kind: str = ""
    order: str = "most"
    page: int | None = None

    @classmethod
    def read(cls, given: QueryDict) -> Wanted:
        state, kind, order, page = (given.get(name, "") for name in ("state", "kind", "order", "page"))
        return cls(
            state if state in dict(STATES) else ReportState.OPEN,
            kind if kind in KINDS else "",
            order if order in dict(ORDERS) else "most",
            int(page) if page.isascii() and page.isdigit() and len(page) <= 18 else None,
        )

    @property
    def query(self) -> str:
        """The address's query that means the same."""
        said = {"state": self.state, "kind": self.kind, "order": self.order, "page": self.page}
        usual = {"state": ReportState.OPEN, "kind": "", "order": "most", "page": None}
        return urlencode({name: value for name, value in said.items() if value != usual[name]})

    @property
    def is_open(self) -> bool:
        return self.state == ReportState.OPEN

    def reports(self, mine: Q) -> ReportQuerySet:
        found = Report.objects.filter(mine, KINDS[self.kind][1])
        if self.state != ALL:
            found = found.filter(state=self.state)
        return found.filter(page=self.page) if self.page else found

    def rows(self, mine: Q) -> QuerySet:
        """The passages in the order that was asked for."""
        return deciding.groups(self.reports(mine), newest_first=self.order == "newest")


def passage_url(page: int, place: str, query: str = "") -> str:
    """The desk of a passage; `query` is the queue that it was reached by."""
    address = reverse("weekly_admin:passage", args=[page])
    own = urlencode({"place": place}) if place else ""
    joined = "&".join(part for part in (own, query and urlencode({"queue": query})) if part)
    return f"{address}?{joined}" if joined else address


@dataclass(frozen=True)
class Step:
    """Where a passage stands in the queue, counted from 1, and which comes next; None where there is no other."""

    number: int | None
    total: int
    following: tuple[int, str] | None


def step_at(wanted: Wanted, mine: Q, page: int, place: str) -> Step:
    """After the last passage come those that were skipped before it; one query."""
    still_open = Wanted(kind=wanted.kind, order=wanted.order, page=wanted.page)
    keys = [(row["page"], row["place"]) for row in still_open.rows(mine)[:LONGEST_WAY]]
    at = keys.index((page, place)) if (page, place) in keys else None
    others = keys if at is None else keys[at + 1 :] + keys[:at]
    return Step(None if at is None else at + 1, len(keys), others[0] if others else None)
