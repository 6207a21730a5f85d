"""What the digest adds to the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from papers.models import PaperPage
from papers.viewsets import GuardedPageViewSet
from weekly.admin.listing import WeekListing, weeks
from weekly.admin.mail import doubtful_for, may_mail_somewhere, may_see_readers
from weekly.admin.permissions import import_languages, may_work_on_a_week
from weekly.admin.readers import may_decide_somewhere, waiting_for
from weekly.admin.wanted import passage_url
from weekly.models import Comment, Correction, Report, WeekPage
from weekly.moderation.amending import CHANGED


class WeeksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_work_on_a_week(request.user)


class ImportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(import_languages(request.user))


class ReadersItem(MenuItem):
    """What readers said, with the number of what waits."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_decide_somewhere(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        if waits := waiting_for(request.user).total:
            component.label = _("%(label)s (%(count)d)") % {"label": self.label, "count": waits}
        return component


class MailItem(MenuItem):
    """The digest by mail, with the number of mailings of which some letters may not have arrived."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_mail_somewhere(request.user) or may_see_readers(request.user)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        if not may_mail_somewhere(request.user):
            component.url = reverse("weekly_admin:subscribers")
        elif count := doubtful_for(request.user):
            component.label = _("%(label)s (%(count)d)") % {"label": self.label, "count": count}
        return component


class ReadersSummaryItem(SummaryItem):
    """What waits, on the admin's first page."""

    order = 90
    template_name = "weekly/admin/readers_summary.html"

    def is_shown(self) -> bool:
        return may_decide_somewhere(self.request.user)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": waiting_for(self.request.user)}


class VoiceFinder(ModelAdminURLFinder):
    """From the site's history to the queue. The desk itself asks who may see it."""

    def get_edit_url(self, instance: Comment | Report) -> str:
        if isinstance(instance, Report):
            return passage_url(instance.page_id, instance.place)
        return f"{reverse('weekly_admin:comments')}?state={instance.state}&comment={instance.pk}#{instance.anchor}"


for voice in (Comment, Report):
    register_admin_url_finder(voice, VoiceFinder)


class CorrectionFinder(ModelAdminURLFinder):
    def get_edit_url(self, instance: Correction) -> str:
        return reverse("weekly_admin:correction", args=[instance.pk])


register_admin_url_finder(Correction, CorrectionFinder)


class CorrectionFormatter(LogFormatter):
    """A change of what readers are told beside a correction, with the names of what was changed."""

    label = gettext_lazy("Correction changed")

    def format_message(self, log_entry: Any) -> str:
        fields = log_entry.data.get("fields", ())
        if "is_typo" in fields:
            return _("Correction withdrawn") if log_entry.data.get("is_typo") else _("Correction shown again")
        names = [str(Correction._meta.get_field(name).verbose_name) for name in fields]
        return _("Correction changed: %(fields)s") % {"fields": ", ".join(names)}


class ImportFormatter(LogFormatter):
    """An import in the page's history, with the list's name."""

    label = gettext_lazy("Imported")

    def format_message(self, log_entry: Any) -> str:
        return _("Imported from: %(source)s") % {"source": log_entry.data.get("source", "")}


# What editors decide about what readers said, as the history names it.
DECISIONS = {
    "report.taken": gettext_lazy("Report taken"),
    "report.answered": gettext_lazy("Report answered"),
    "report.declined": gettext_lazy("Report declined"),
    "report.spam": gettext_lazy("Report marked as spam"),
    "comment.approved": gettext_lazy("Comment approved"),
    "comment.declined": gettext_lazy("Comment declined"),
    "comment.spam": gettext_lazy("Comment marked as spam"),
    "comment.answered": gettext_lazy("Comment answered"),
}


# What editors do with mailings and subscribers.
MAIL_STEPS = {
    "mail.planned": gettext_lazy("Mailing planned"),
    "mail.hold": gettext_lazy("Mailing held"),
    "mail.release": gettext_lazy("Mailing released"),
    "mail.send": gettext_lazy("Mailing sent before its time"),
    "mail.unsure": gettext_lazy("Doubtful letters sent again"),
    "mail.failed": gettext_lazy("Refused letters sent again"),
    "subscriber.ended": gettext_lazy("Mail to a subscriber ended"),
    "subscriber.deleted": gettext_lazy("Subscriber deleted"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    actions.register_action("weekly.import")(ImportFormatter)
    actions.register_action(CHANGED)(CorrectionFormatter)
    for action, label in (DECISIONS | MAIL_STEPS).items():
        actions.register_action(f"weekly.{action}", label, label)


@hooks.register("register_permissions")
def register_subscriber_permissions() -> QuerySet[Permission]:
    """Subscribers come by themselves: there is no right to add one."""
    of_subscribers = Permission.objects.filter(content_type__app_label="weekly", content_type__model="subscriber")
    return of_subscribers.exclude(codename="add_subscriber")


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
        ReadersItem(gettext_lazy("Readers"), reverse_lazy("weekly_admin:readers"), icon_name="comment", order=15),
        MailItem(gettext_lazy("Mail"), reverse_lazy("weekly_admin:mail"), icon_name="mail", order=17),
        ImportItem(gettext_lazy("Import a week"), reverse_lazy("weekly_admin:import"), icon_name="download", order=20),
    ]
    menu = Menu(items=items)
    return SubmenuMenuItem(gettext_lazy("Digest"), menu, name="digest", icon_name="calendar-alt", order=150)


@hooks.register("register_reports_menu_item")
def register_drafting_report() -> MenuItem:
    address = reverse_lazy("weekly_admin:report")
    return WeeksItem(gettext_lazy("How well we draft"), address, name="drafting", icon_name="glasses", order=100)


@hooks.register("construct_homepage_summary_items")
def add_readers_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(ReadersSummaryItem(request))


@hooks.register("register_page_header_buttons")
def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """From a week's or a paper's editor to the desk; a paper can stand in several weeks."""
    for week in _weeks_of(page):
        if week.permissions_for_user(user).can_edit():
            label = _("Week desk") if week.pk == page.pk else _("Week desk: %(start)s") % {"start": week.start}
            yield Button(label, reverse("weekly_admin:desk", args=[week.pk]), icon_name="calendar-alt", priority=5)
            if week.pk == page.pk:
                yield Button(
                    _("Letter"), reverse("weekly_admin:week_letter", args=[week.pk]), icon_name="mail", priority=6
                )


def _weeks_of(page: Page) -> list[WeekPage]:
    """The week itself, or the weeks that name a paper: those published, and the one that brought it."""
    specific = page.specific
    if isinstance(specific, WeekPage):
        return [specific]
    if not isinstance(specific, PaperPage):
        return []
    named = Q(pk__in=specific.week_entries.values("week")) | Q(start=specific.listed_on, locale=specific.locale_id)
    return list(WeekPage.objects.filter(named).order_by("-start"))
