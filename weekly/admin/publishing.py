"""Publish a week: choose its papers, see what is missing and where, publish everything or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from papers.models import NotReady, PaperPage
from weekly.actions import Gap, check_week, chosen_papers, gaps_of, newest_draft, publish_week
from weekly.admin.desk import WeekView
from weekly.admin.mail_figures import outlook_of
from weekly.admin.offers import locked_for
from weekly.admin.permissions import may_publish
from weekly.models import WeekEntry, WeekPage


@dataclass(frozen=True)
class Place:
    """Something that stands against publishing, with the address in the page editor where it can be mended."""

    message: str
    url: str
    can_be_overridden: bool = False


@dataclass(frozen=True)
class Candidate:
    """An entry as the confirmation page lists it. `number` is its place in the week."""

    number: int
    entry: WeekEntry
    places: Sequence[Place]


def place_of(gap: Gap) -> Place:
    """Wagtail's editor scrolls to the field or block that a content path names; papers are chosen here."""
    if gap.path == "entries":
        return Place(gap.message, "#papers")
    edit = reverse("wagtailadmin_pages:edit", args=[gap.page.pk])
    return Place(gap.message, f"{edit}#:w:contentpath={gap.path}", gap.can_be_overridden)


def version_of(week: WeekPage) -> str:
    """Changes with every save of the week; autosave rewrites a revision in place, so its id alone tells too little."""
    revision = week.latest_revision
    return f"{revision.pk}:{revision.created_at.isoformat()}" if revision else ""


def choose_entries(week: WeekPage, numbers: Iterable[int], *, user: Any) -> None:
    """Set which entries are published with the week, in a new revision where that changes anything."""
    draft = week.get_latest_revision_as_object()
    wanted = set(numbers)
    rows = list(enumerate(draft.entries.all()))
    if {number for number, row in rows if row.chosen} == wanted:
        return
    for number, row in rows:
        row.chosen = number in wanted
    draft.save_revision(user=user, clean=False, log_action=True)


class PublishView(WeekView):
    """What will go out, and what keeps it from going out."""

    template_name = "weekly/admin/publish.html"
    page_title = gettext_lazy("Publish week")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def is_allowed(self) -> bool:
        return self.permissions.can_publish()

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            self.week = WeekPage.objects.select_for_update().get(pk=self.week.pk)
            problem = self._choose()
        if not problem and "publish" in request.POST:
            return self._publish()
        if problem:
            messages.error(request, problem)
        return self.get(request)

    def _choose(self) -> str:
        """Save the choice, or say why not."""
        if self.request.POST.get("version") != version_of(self.week):
            return _("The week was changed since you opened this page. Look at it again.")
        if reason := locked_for(self.week, self.request.user):
            return reason
        numbers = [int(number) for number in self.request.POST.getlist("chosen") if number.isdecimal()]
        choose_entries(self.week, numbers, user=self.request.user)
        self.week = WeekPage.objects.get(pk=self.week.pk)
        return ""

    def _publish(self) -> HttpResponse:
        papers = chosen_papers(newest_draft(self.week))
        if not may_publish(self.request.user, papers):
            raise PermissionDenied
        if problem := self._override_problem(papers):
            messages.error(self.request, problem)
            return self.get(self.request)
        try:
            published = publish_week(self.week, user=self.request.user, reason=self.reason)
        except NotReady:
            check_week(self.week)  # what the page lists is what the guard saw
            messages.error(self.request, _("Nothing was published: something stands against it."))
            return self.get(self.request)
        papers = len(published) - 1
        said = ngettext(
            "The week and %(count)d paper are published.", "The week and %(count)d papers are published.", papers
        )
        live = [messages.button(published[-1].url, _("View live"))] if published[-1].url else []
        messages.success(self.request, said % {"count": papers}, buttons=live)
        return self.back()

    @property
    def wants_override(self) -> bool:
        return self.request.POST.get("publish") == "override"

    @property
    def reason(self) -> str:
        """Why everything goes out all the same; empty where that was not asked for."""
        return self.request.POST.get("override_reason", "").strip() if self.wants_override else ""

    def _override_problem(self, papers: Iterable[PaperPage]) -> str:
        if not self.wants_override:
            return ""
        if not self.reason:
            return _("Nothing was published: give a reason.")
        doubted = {gap.page.pk for gap in gaps_of(self.week) if gap.can_be_overridden}
        written = [paper for paper in papers if paper.pk in doubted]
        locked = (f"{paper.title}: {why}" for paper in written if (why := locked_for(paper, self.request.user)))
        return next(locked, "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        draft = newest_draft(self.week)
        gaps: dict[int, list[Place]] = {}
        for gap in gaps_of(self.week):
            gaps.setdefault(gap.page.pk, []).append(place_of(gap))
        entries = enumerate(draft.entry_list())
        all_places = [place for places in gaps.values() for place in places]
        return super().get_context_data(
            week=self.week,
            version=version_of(self.week),
            gaps=gaps.get(self.week.pk, []),
            candidates=[Candidate(n, entry, gaps.get(entry.paper_id, [])) for n, entry in entries],
            missing=[place for place in all_places if not place.can_be_overridden],
            doubted=[place for place in all_places if place.can_be_overridden],
            reason=self.request.POST.get("override_reason", ""),
            outlook=outlook_of(self.week),
            **kwargs,
        )
