"""What the pages about readers' voices share: who may decide, what waits, and how a visit is led on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from weekly.models import Comment, Report
from weekly.moderation.deciding import pages_for

# Whoever decides puts words before all readers: that takes the right to edit a page, and the right to publish it.
NEEDED = ("change", "publish")


def may_decide_somewhere(user: Any) -> bool:
    """Whether there may be a page on which a user decides what readers said."""
    policy = policy_registry.get_by_type(Page)
    return all(policy.user_has_any_permission(user, {action}) for action in NEEDED)


def may_decide(user: Any, page: Page) -> bool:
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() and permissions.can_publish()


def decidable(user: Any) -> Q:
    """What narrows comments or reports to the pages on which a user may decide; no query of its own."""
    if user.is_superuser and user.is_active:
        return Q()
    change, publish = (pages_for(user, action).order_by().values("pk") for action in NEEDED)
    return Q(page__in=change) & Q(page__in=publish)


@dataclass(frozen=True)
class Waiting:
    """Passages with open reports, and comments that wait."""

    passages: int
    comments: int

    @property
    def total(self) -> int:
        return self.passages + self.comments


def waiting_for(user: Any) -> Waiting:
    """What waits for a user; two queries."""
    mine = decidable(user)
    passages = Report.objects.open().filter(mine).order_by().values("page_id", "place").distinct().count()
    return Waiting(passages, Comment.objects.waiting().filter(mine).count())


class ReadersView(WagtailAdminTemplateMixin, View):
    """For those who may decide on some page. Which ones is asked with every row."""

    page_title = gettext_lazy("Readers")
    header_icon = "comment"
    tab = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_decide_somewhere(request.user):
            raise PermissionDenied
        self.mine = decidable(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("weekly_admin:readers"), "label": _("Readers")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=self._tabs(), tab=self.tab, **kwargs)

    def _tabs(self) -> list[dict[str, Any]]:
        waiting = waiting_for(self.request.user)
        return [
            {"name": "reports", "url": reverse("weekly_admin:readers"), "label": pgettext("of readers", "Reports")}
            | {"count": waiting.passages},
            {"name": "comments", "url": reverse("weekly_admin:comments"), "label": pgettext("of readers", "Comments")}
            | {"count": waiting.comments},
            {"name": "history", "url": reverse("weekly_admin:readers_history"), "label": _("Who decided what")}
            | {"count": None},
        ]


def flood_of(voices: QuerySet) -> dict[str, int]:
    """How many a list holds, and its newest one's key: an editor decides about what was there when it was read."""
    return voices.order_by().aggregate(count=Count("pk"), upto=Max("pk"))


def upto(voices: QuerySet, posted: str) -> list[int]:
    """The keys of a list as it was when its page was made."""
    last = next(iter(ids_of([posted])), 0)
    return list(voices.filter(pk__lte=last).values_list("pk", flat=True))


def ids_of(given: list[str]) -> list[int]:
    """The whole numbers among what a form sent."""
    return [int(one) for one in given if one.isascii() and one.isdigit() and len(one) <= 18]


def plain(text: str) -> str:
    """A form's text as it is kept: forms send CR and LF for a new line, and no database keeps NUL."""
    return text.replace("\r\n", "\n").replace("\x00", "")
