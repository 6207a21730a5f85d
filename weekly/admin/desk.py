"""The desk of a week: its drafts as they come in, and everything that waits for an editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from papers import conf
from papers.errors import SettingsError
from papers.messages import notice_text, translated
from weekly.actions import is_overview_stale
from weekly.admin.board import board_of
from weekly.admin.offers import open_conflicts, open_offers
from weekly.admin.progress import Progress
from weekly.models import WeekPage


class WeekView(WagtailAdminTemplateMixin, View):
    """What the views of one week share. Who may not edit the week's page does not get in."""

    page_title = gettext_lazy("Week")
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        self.week = get_object_or_404(WeekPage.objects.select_related("locale"), pk=pk)
        self.permissions = self.week.permissions_for_user(request.user)
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, **kwargs)

    def is_allowed(self) -> bool:
        return self.permissions.can_edit()

    def get_page_subtitle(self) -> str:
        return self.week.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        weeks = {"url": reverse("digest_weeks:index"), "label": _("Weeks")}
        desk = {"url": reverse("weekly_admin:desk", args=[self.week.pk]), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, weeks, desk]

    def back(self, anchor: str = "") -> HttpResponse:
        return redirect(reverse("weekly_admin:desk", args=[self.week.pk]) + anchor)


class DeskView(WeekView):
    template_name = "weekly/admin/desk.html"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.week.pk])
        buttons = [HeaderButton(_("Edit week"), url=edit, icon_name="edit", priority=10)]
        letter = reverse("weekly_admin:week_letter", args=[self.week.pk])
        buttons.append(HeaderButton(_("Letter"), url=letter, icon_name="mail", priority=15))
        if self.week.live and self.week.url:
            buttons.append(HeaderButton(_("View live"), url=self.week.url, icon_name="link-external", priority=20))
        return buttons

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = Progress(self.week)
        papers = list({e.shown_paper.pk: e.shown_paper for e in progress.entries if e.shown_paper}.values())
        return super().get_context_data(
            week=self.week,
            progress=progress,
            board=board_of(progress.draft, progress.entries),
            drafter=drafter_notice(),
            is_stale=is_overview_stale(self.week),
            offers=open_offers(self.week, progress.draft, papers),
            conflicts=open_conflicts(progress.entries),
            warnings=list(list_warnings(progress.draft)),
            may_publish=self.permissions.can_publish(),
            **kwargs,
        )


def drafter_notice() -> dict[str, str]:
    """What drafts here: `backend` and `model`, or the `error` in the settings that keeps all drafting from starting."""
    try:
        backend = conf.backend()
    except SettingsError as error:
        return {"error": translated(error.notice)}
    return {"backend": backend, "model": "" if backend == "extractive" else conf.get("LLM_MODEL")}


def list_warnings(draft: WeekPage) -> Iterator[tuple[str, list[str]]]:
    """What was odd when the week was imported: on the week as a whole, then row by row."""
    if draft.warnings:
        yield "", [notice_text(kept) for kept in draft.warnings]
    for entry in draft.entries.all():
        if entry.warnings:
            yield f"{entry.rank}. {entry.title}", [notice_text(kept) for kept in entry.warnings]


class ProgressView(WeekView):
    """The progress table alone, for the page that watches it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "weekly/admin/_progress.html", {"week": self.week, "progress": Progress(self.week)})
