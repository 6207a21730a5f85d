"""The report “How well we draft”: which prompt and which model made less work for editors."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from weekly.admin.figures import SECTIONS, Figures, by_prompt, by_week, figures_of
from weekly.admin.permissions import may_work_on_a_week
from weekly.models import WeekPage

# Weeks that are shown unless others are asked for.
WEEKS = 12
BAR_HEIGHT = 22
BAR_WIDTH = 320


@dataclass(frozen=True)
class Bar:
    """One bar of a chart; `width` and `y` in the chart's own units, `share` between 0 and 1."""

    label: str
    share: float
    y: int
    width: float


@dataclass(frozen=True)
class Chart:
    """Bars below each other. The table beside it holds the data; the chart only shows it at a glance."""

    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        return BAR_HEIGHT * len(self.bars)


def chart_of(shares: Iterable[tuple[str, float | None]]) -> Chart:
    """The longest bar fills the width; what has no share has no bar."""
    known = [(label, share) for label, share in shares if share is not None]
    most = max((share for _label, share in known), default=0) or 1
    bars = [
        Bar(label, share, BAR_HEIGHT * place, BAR_WIDTH * share / most) for place, (label, share) in enumerate(known)
    ]
    return Chart(bars)


class ReportView(WagtailAdminTemplateMixin, View):
    """For all who work on weeks; each sees the weeks that he or she may change or publish."""

    template_name = "weekly/admin/drafting.html"
    page_title = gettext_lazy("How well we draft")
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not may_work_on_a_week(request.user):
            raise PermissionDenied
        return super().dispatch(request, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = figures_of(self.chosen)
        if request.GET.get("export") == "csv":
            return csv_of(rows)
        return self.render_to_response(self.get_context_data(rows=rows))

    @cached_property
    def weeks(self) -> list[WeekPage]:
        """All weeks of this editor, newest first."""
        policy = policy_registry.get_by_type(Page)
        pages = policy.instances_user_has_any_permission_for(self.request.user, {"add", "change", "publish"})
        return list(WeekPage.objects.filter(pk__in=pages.values("pk")).order_by("-start", "-pk"))

    @cached_property
    def chosen(self) -> list[WeekPage]:
        """The weeks between the days asked for; the newest ones where none are."""
        first, last = self.day("from"), self.day("to")
        if not (first or last):
            return self.weeks[:WEEKS]
        return [week for week in self.weeks if (first or week.start) <= week.start <= (last or week.start)]

    def day(self, name: str) -> date | None:
        try:
            return parse_date(self.request.GET.get(name, ""))
        except ValueError:  # looks like a day and is none
            return None

    def get_context_data(self, rows: Sequence[Figures], **kwargs: Any) -> dict[str, Any]:
        prompts = by_prompt(rows)
        compared = ((f"{one.prompt[:12]} {one.model}", one.share) for one in prompts)
        return super().get_context_data(
            rows=rows,
            prompts=prompts,
            best=best_of(prompts),
            sections=SECTIONS,
            rules=sorted({rule for row in rows for rule in row.findings}),
            prompt_chart=chart_of(compared),
            week_chart=chart_of((start.isoformat(), share) for start, share in by_week(rows).items()),
            starts=sorted({week.start for week in self.weeks}, reverse=True),
            chosen_from=self.day("from") or min((week.start for week in self.chosen), default=None),
            chosen_to=self.day("to") or max((week.start for week in self.chosen), default=None),
            query=self.request.GET.urlencode(),
            **kwargs,
        )


def best_of(prompts: Sequence[Figures]) -> Figures | None:
    """What made the least work, where there are two to be compared."""
    compared = [one for one in prompts if one.share is not None]
    return compared[0] if len(compared) > 1 and compared[0].share < compared[1].share else None


def csv_of(rows: Sequence[Figures]) -> HttpResponse:
    """One line a week, prompt version and model; shares between 0 and 1, amounts per page."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="drafting.csv"'
    csv.writer(response).writerows(lines_of(rows))
    return response


def lines_of(rows: Sequence[Figures]) -> Iterator[list[Any]]:
    rules = sorted({rule for row in rows for rule in row.findings})
    amounts = ["prompt_tokens", "completion_tokens", "cost", "seconds"]
    shares = [f"changed_{name}" for name in SECTIONS]
    yield ["week", "prompt", "model", "pages", "changed", *shares, "findings", *rules, *amounts]
    for row in rows:
        counts = [row.findings[rule] for rule in rules]
        spent = [row.per_page(amount) for amount in (row.tokens_in, row.tokens_out, row.cost, row.seconds)]
        facts = [row.week, _cell(row.prompt), _cell(row.model), len(row.pages), row.share, *row.shares.values()]
        yield [*facts, row.found, *counts, *spent]


def _cell(text: str) -> str:
    """A spreadsheet must not take a model's name for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
