"""A glossary term on all pages: ask for a scan, watch it, take what it proposes or leave it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from papers.comparing import Comparison
from papers.mending import TAKEABLE, Outcome, leave, take, undo
from papers.messages import notice_text, translated
from papers.models import Decision, GlossaryTerm, ProposedChange, TermScan
from papers.places import block_of
from papers.reach import reach_of
from papers.rescanning import begin

PER_PAGE = 25
SECONDS = 10  # that one click may take; what is left is taken by the next
REASONS = 5  # that are told in words after one click
SILENCE = timedelta(minutes=1)  # after which an editor is told that no worker seems to run

QA_PLACES = {
    "question": gettext_lazy("question"),
    "answer": gettext_lazy("answer"),
    "citations": gettext_lazy("citations"),
}


class GlossaryPage(WagtailAdminTemplateMixin, View):
    """For those who work on the glossary. Whether a page may be edited is asked with every change."""

    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(request.user.has_perm(f"papers.{action}_glossaryterm") for action in ("add", "change")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        viewset = GlossaryTerm.snippet_viewset
        listing = {"url": reverse(viewset.get_url_name("list")), "label": _("Glossary")}
        return [*self.breadcrumbs_items, listing, *self.way, {"url": "", "label": self.get_page_title()}]

    @property
    def way(self) -> list[dict[str, Any]]:
        """What stands between the glossary and this page."""
        return []


class GlossaryView(GlossaryPage):
    """A page about one term."""

    term: GlossaryTerm

    def get_page_subtitle(self) -> str:
        return str(self.term)

    @property
    def way(self) -> list[dict[str, Any]]:
        return [{"url": self.term_url, "label": str(self.term)}]

    @property
    def term_url(self) -> str:
        return reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[self.term.pk])

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Edit term"), url=self.term_url, icon_name="edit", priority=10)]


class ScanTermView(GlossaryView):
    """How far the term reaches, and its scans. Only a click begins another one."""

    page_title = gettext_lazy("Where the term is broken")
    template_name = "papers/admin/scan_term.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.term = get_object_or_404(GlossaryTerm, pk=kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        scans = self.term.scans.order_by("-pk")[:10]
        context = self.get_context_data(term=self.term, reach=reach_of(self.term), scans=scans)
        return self.render_to_response(context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect("papers_admin:scan", begin(self.term, request.user).pk)


class OneScanView(GlossaryView):
    """What the views of one scan share."""

    page_title = gettext_lazy("Where the term is broken")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.scan = get_object_or_404(TermScan.objects.select_related("term"), pk=kwargs["pk"])
        self.term = self.scan.term


class ScanView(OneScanView):
    template_name = "papers/admin/scan.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        changes = self.scan.changes.select_related("page__locale", "page__content_type", "decided_by").order_by("pk")
        only_open = request.GET.get("show") == "open"
        shown = changes.filter(decision=Decision.OPEN) if only_open else changes
        page = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
        rows = [_row(change) for change in page]
        context = {**progress_of(self.scan), "rows": rows, "page_obj": page, "only_open": only_open}
        takeable = changes.filter(decision=Decision.OPEN).exclude(proposed="").count()
        context["gone"] = any(row["change"].decision == Decision.GONE for row in rows)
        publish = request.GET.get("publish") == "1"
        return self.render_to_response(self.get_context_data(**context, takeable=takeable, publish=publish))


class ScanProgressView(OneScanView):
    """The progress alone, for the page that watches it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return render(request, "papers/admin/scan_progress.html", progress_of(self.scan))


def progress_of(scan: TermScan) -> dict[str, Any]:
    found = scan.changes.values("page_id").distinct().count()
    return {
        "scan": scan,
        "error": notice_text(scan.error),
        "is_unheard": is_unheard(scan),
        "places": scan.changes.count(),
        "pages": found,
    }


def is_unheard(scan: TermScan) -> bool:
    """Whether it waits, and no worker has touched it for a while."""
    silent = scan.lease_until is None or scan.lease_until < timezone.now()
    return scan.finished_at is None and silent and scan.created_at < timezone.now() - SILENCE


def _row(change: ProposedChange) -> dict[str, Any]:
    """A broken place for the template."""
    comparison = Comparison(place_label(change), change.present, change.proposed) if change.proposed else None
    block = block_of(change.place)
    anchor = f"#block-{block}-section" if block else ""
    return {
        "change": change,
        "comparison": comparison,
        "label": place_label(change),
        "lang": change.page.locale.language_code,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[change.page_id]) + anchor,
        "can_take": bool(change.proposed) and change.decision in TAKEABLE,
        "can_leave": change.decision == Decision.OPEN,
        "can_undo": change.decision == Decision.TAKEN,
    }


def place_label(change: ProposedChange) -> str:
    """A place in words."""
    if block_of(change.place):
        return _("Q&A: %(part)s") % {"part": QA_PLACES.get(change.place.split(".")[2], "")}
    model = change.page.specific_class
    return str(model._meta.get_field(change.place).verbose_name) if model else change.place


class DecideView(OneScanView):
    """Take, leave or undo one change, or take all that are open."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        publish = request.POST.get("publish") == "1"
        if "all" in request.POST:
            self._take_all(publish)
            return self._back("")
        for name in ("take", "leave", "undo"):
            if chosen := request.POST.get(name):
                change = get_object_or_404(self.scan.changes, pk=int(chosen) if chosen.isdecimal() else 0)
                self._tell([self._decide(name, change.pk, publish)], name)
                return self._back(f"#change-{change.pk}")
        return self._back("")

    def _decide(self, name: str, pk: int, publish: bool) -> Outcome:
        if name == "leave":
            return leave(pk, self.request.user)
        return (undo if name == "undo" else take)(pk, self.request.user, publish=publish)

    def _take_all(self, publish: bool) -> None:
        due = self.scan.changes.filter(~Q(proposed=""), decision=Decision.OPEN).order_by("pk")
        ids = list(due.values_list("pk", flat=True))
        end = time.monotonic() + SECONDS
        outcomes = []
        for pk in ids:
            outcomes.append(take(pk, self.request.user, publish=publish))
            if time.monotonic() > end:
                break
        self._tell(outcomes, "take")
        if rest := len(ids) - len(outcomes):
            said = ngettext(
                "%(count)d change is still open: take all once more to go on.",
                "%(count)d changes are still open: take all once more to go on.",
                rest,
            )
            messages.info(self.request, said % {"count": rest})

    def _tell(self, outcomes: Iterable[Outcome], name: str) -> None:
        outcomes = list(outcomes)
        done = sum(outcome.done for outcome in outcomes)
        published = sum(outcome.published for outcome in outcomes)
        if done:
            messages.success(self.request, _said(name, done, published))
        reasons = list(dict.fromkeys(translated(one.reason) for one in outcomes if one.reason))
        for reason in reasons[:REASONS]:
            messages.warning(self.request, reason)
        if more := len(reasons[REASONS:]):
            said = ngettext("… and %(count)d more like this.", "… and %(count)d more like these.", more)
            messages.warning(self.request, said % {"count": more})

    def _back(self, anchor: str) -> HttpResponse:
        query = QueryDict(mutable=True)
        for name in ("p", "show", "publish"):
            if value := self.request.POST.get(name):
                query[name] = value
        address = reverse("papers_admin:scan", args=[self.scan.pk])
        return redirect(f"{address}?{query.urlencode()}{anchor}" if query else f"{address}{anchor}")


def _said(name: str, done: int, published: int) -> str:
    if name == "leave":
        return _("The text stays as it is.")
    if name == "undo":
        said = _("The old text stands again.")
    else:
        said = ngettext("%(count)d change was taken.", "%(count)d changes were taken.", done) % {"count": done}
    if not published:
        return said
    told = ngettext("%(count)d page was published.", "%(count)d pages were published.", published)
    return f"{said} {told % {'count': published}}"
