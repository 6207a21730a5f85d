"""The queue of reports: passages that readers found fault with; several can be decided at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from papers.messages import translated
from weekly.admin.passages import label_of
from weekly.admin.readers import ReadersView, flood_of, plain, upto
from weekly.admin.wanted import KINDS, ORDERS, STATES, Wanted, passage_url
from weekly.models import Report
from weekly.moderation import reports as deciding
from weekly.moderation.deciding import Tally, pages_for

PER_PAGE = 25
REASONS = 5  # that are told in words after one click


@dataclass(frozen=True)
class Row:
    """A passage in the list with its newest report."""

    group: deciding.Group
    newest: Report
    query: str

    @property
    def key(self) -> str:
        """What a tick stands for: the reports of this passage that the editor has been told of, and no later ones."""
        return f"{self.group.page.pk}:{self.group.last}:{self.group.place}"

    @property
    def label(self) -> str:
        return label_of(self.group.label, self.group.place)

    @property
    def url(self) -> str:
        return passage_url(self.group.page.pk, self.group.place, self.query)


def rows_of(found: Iterable[dict[str, Any]], query: str) -> list[Row]:
    """The passages of one page of the list; the number of queries does not grow with them."""
    groups = deciding.shown(found)
    prefetch_related_objects([group.page for group in groups], "locale")
    newest = Report.objects.in_bulk([group.last for group in groups])
    return [Row(group, newest[group.last], query) for group in groups if group.last in newest]


class QueueView(ReadersView):
    """Passages with their reports; what is ticked can be answered, declined or marked as spam at once."""

    template_name = "weekly/admin/queue.html"
    tab = "reports"
    chosen: Sequence[str] = ()
    reply = ""

    @cached_property
    def wanted(self) -> Wanted:
        return Wanted.read(self.request.GET)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.chosen = request.POST.getlist("chosen")
        self.reply = plain(request.POST.get("reply", "")).strip()
        if "flood" in request.POST and self.wanted.is_open:
            return self._spam(upto(self.wanted.reports(self.mine), request.POST["flood"]))
        decide = next((decide for name, decide in DECISIONS.items() if name in request.POST), None)
        if problem := self._problem():
            messages.error(request, problem)
            return self.get(request)
        if decide is not None:
            tell(request, decide(self._chosen_reports(), request.user, self.reply))
        return redirect(request.get_full_path())

    def _spam(self, ids: list[int]) -> HttpResponse:
        tell(self.request, deciding.mark_spam(ids, self.request.user))
        return redirect("weekly_admin:readers")

    def _problem(self) -> str:
        if not self.chosen:
            return _("Nothing was decided: choose passages first.")
        if not self.reply and "spam" not in self.request.POST:
            return _("Nothing was decided: write the answer or the reason first.")
        return ""

    def _chosen_reports(self) -> list[Report]:
        """The open reports behind the ticks."""
        ticks = [found for key in self.chosen if (found := _tick(key))]
        behind = reduce(or_, ticks, Q(pk__in=()))
        return list(Report.objects.open().filter(self.mine).filter(behind))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.wanted.rows(self.mine), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            wanted=self.wanted,
            page_obj=page,
            flood=flood_of(self.wanted.reports(self.mine)),
            rows=rows_of(page, self.wanted.query),
            only=pages_for(self.request.user).filter(pk=self.wanted.page).first() if self.wanted.page else None,
            states=STATES,
            kinds=[(name, label) for name, (label, _places) in KINDS.items()],
            orders=ORDERS,
            chosen=self.chosen,
            reply=self.reply,
            **kwargs,
        )


def _tick(key: str) -> Q | None:
    page, _colon, rest = key.partition(":")
    last, _colon, place = rest.partition(":")
    if not (page.isdecimal() and last.isdecimal() and len(page) <= 18 and len(last) <= 18):
        return None
    return Q(page=int(page), pk__lte=int(last), place=plain(place))


Decision = Callable[[Sequence[Report], Any, str], Tally]
DECISIONS: dict[str, Decision] = {
    "answer": deciding.answer,
    "decline": deciding.decline,
    "spam": lambda reports, user, _reply: deciding.mark_spam([report.pk for report in reports], user),
}


def tell(request: HttpRequest, tally: Tally) -> None:
    """What became of several decisions."""
    if tally.done:
        said = ngettext("%(count)d was decided.", "%(count)d were decided.", tally.done)
        messages.success(request, said % {"count": tally.done})
    reasons = list(dict.fromkeys(translated(notice) for notice in tally.refused))
    for reason in reasons[:REASONS]:
        messages.warning(request, reason)
    if more := len(reasons[REASONS:]):
        said = ngettext("… and %(count)d more like this.", "… and %(count)d more like these.", more)
        messages.warning(request, said % {"count": more})
    if not tally.done and not reasons:
        messages.info(request, _("There was nothing left to decide."))
