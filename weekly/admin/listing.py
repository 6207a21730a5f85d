"""The list of weeks in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from weekly.admin.permissions import import_languages
from weekly.admin.progress import counts_of
from weekly.models import WeekPage


class WeekIndexView(IndexView):
    """Weeks, newest first; a title leads to the week's desk."""

    page_title = _("Weeks")
    default_ordering = "-start"
    add_item_label = _("Import a week")

    def get_add_url(self) -> str | None:
        return reverse("weekly_admin:import") if import_languages(self.request.user) else None

    @cached_property
    def show_locale_labels(self) -> bool:
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        weeks = list(context["object_list"])
        counts = counts_of(weeks)
        for week in weeks:
            week.drafting = counts[week.pk]
        return context


class WeekListing(PageListingViewSet):
    model = WeekPage
    icon = "calendar-alt"
    index_view_class = WeekIndexView
    columns: ClassVar[list[Column]] = [
        BulkActionsColumn("bulk_actions"),
        TitleColumn(
            "title",
            label=_("Title"),
            accessor="get_admin_display_title",
            sort_key="title",
            get_url=lambda week: reverse("weekly_admin:desk", args=[week.pk]),
            get_title_id=lambda week: f"page_{week.pk}_title",
        ),
        Column("start", label=_("First day"), sort_key="start", width="12%"),
        Column("language", label=_("Language"), accessor="locale.language_code", width="8%"),
        Column("drafting", label=_("Drafts"), width="18%"),
        DateColumn(
            "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at", width="12%"
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


weeks = WeekListing("digest_weeks", url_prefix="digest/weeks")
