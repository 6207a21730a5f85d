"""The scans of terms that were imported together: one progress, and term by term what each of them proposes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext

from papers.admin.scans import GlossaryPage, is_unheard
from papers.messages import notice_text
from papers.models import Decision, ProposedChange, TermScan

PER_PAGE = 50


class JointView(GlossaryPage):
    """`first` and `last` are the scans' keys. What somebody else queued in between is left out."""

    page_title = gettext_lazy("Imported terms")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        first = TermScan.objects.filter(pk=kwargs["first"]).first()
        if first is None:
            raise Http404
        within = TermScan.objects.filter(pk__range=(first.pk, kwargs["last"]))
        self.scans: QuerySet[TermScan] = within.filter(requested_by_id=first.requested_by_id)
        if kwargs["last"] < first.pk:
            raise Http404

    def get_page_subtitle(self) -> str:
        count = self.scans.count()
        return ngettext("%(count)d term", "%(count)d terms", count) % {"count": count}

    @cached_property
    def progress(self) -> dict[str, Any]:
        """What the bar shows: pages read for a term, all terms together."""
        counts = self.scans.aggregate(
            read=Sum("done"), wanted=Sum("total"), pages=Max("done"), first=Min("pk"), last=Max("pk")
        )
        oldest = self.scans.filter(finished_at=None).order_by("pk").first()
        changes = ProposedChange.objects.filter(scan__in=self.scans)
        failed = self.scans.exclude(error={}).order_by("pk").first()
        return {
            **counts,
            "active": oldest is not None,
            "is_unheard": oldest is not None and is_unheard(oldest) and not self._is_worked_on(),
            "places": changes.count(),
            "places_on": changes.values("page_id").distinct().count(),
            "error": notice_text(failed.error) if failed else "",
        }

    def _is_worked_on(self) -> bool:
        return self.scans.filter(finished_at=None, lease_until__gt=timezone.now()).exists()


class ScansView(JointView):
    template_name = "papers/admin/scans.html"

    def get(self, request: HttpRequest, first: int, last: int) -> HttpResponse:
        waiting = Count("changes", filter=Q(changes__decision=Decision.OPEN))
        broken = self.scans.select_related("term").annotate(
            places=Count("changes"), waiting=waiting, on=Count("changes__page", distinct=True)
        )
        listed = broken.filter(places__gt=0).order_by("-waiting", "-places", "pk")
        page = Paginator(listed, PER_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(page_obj=page, **self.progress))


class ScansProgressView(JointView):
    """The progress alone, for the page that watches it."""

    def get(self, request: HttpRequest, first: int, last: int) -> HttpResponse:
        return render(request, "papers/admin/scans_progress.html", self.progress)
