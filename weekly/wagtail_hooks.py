"""What the digest adds to the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from papers.models import PaperPage
from papers.viewsets import GuardedPageViewSet
from weekly.admin.listing import WeekListing, weeks
from weekly.admin.permissions import import_languages, may_work_on_a_week
from weekly.models import WeekPage


class WeeksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_work_on_a_week(request.user)


class ImportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(import_languages(request.user))


class ImportFormatter(LogFormatter):
    """An import in the page's history, with the list's name."""

    label = gettext_lazy("Imported")

    def format_message(self, log_entry: Any) -> str:
        return _("Imported from: %(source)s") % {"source": log_entry.data.get("source", "")}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("weekly.import")(ImportFormatter)


@hooks.register("register_admin_viewset")
def register_weeks() -> list[WeekListing | GuardedPageViewSet]:
    return [weeks, GuardedPageViewSet(model=WeekPage)]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("digest/", include("weekly.admin.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    items = [
        WeeksItem(gettext_lazy("Weeks"), reverse_lazy("digest_weeks:index"), icon_name="calendar-alt", order=10),
        ImportItem(gettext_lazy("Import a week"), reverse_lazy("weekly_admin:import"), icon_name="download", order=20),
    ]
    menu = Menu(items=items)
    return SubmenuMenuItem(gettext_lazy("Digest"), menu, name="digest", icon_name="calendar-alt", order=150)


@hooks.register("register_reports_menu_item")
def register_drafting_report() -> MenuItem:
    address = reverse_lazy("weekly_admin:report")
    return WeeksItem(gettext_lazy("How well we draft"), address, name="drafting", icon_name="glasses", order=100)


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From a week's or a paper's editor to the desk; a paper can stand in several weeks."""
    for week in _weeks_of(page):
        if week.permissions_for_user(user).can_edit():
            label = _("Week desk") if week.pk == page.pk else _("Week desk: %(start)s") % {"start": week.start}
            yield Button(label, reverse("weekly_admin:desk", args=[week.pk]), icon_name="calendar-alt", priority=5)


def _weeks_of(page: Page) -> list[WeekPage]:
    """The week itself, or the weeks that name a paper: those published, and the one that brought it."""
    specific = page.specific
    if isinstance(specific, WeekPage):
        return [specific]
    if not isinstance(specific, PaperPage):
        return []
    named = Q(pk__in=specific.week_entries.values("week")) | Q(start=specific.listed_on, locale=specific.locale_id)
    return list(WeekPage.objects.filter(named).order_by("-start"))
