"""What the pages about mail share: who may see and steer what, and their tabs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from weekly.mailings.braking import REFUSED
from weekly.models import Delivery, DeliveryState, DigestIndexPage, Mailing, MailingStatus
from weekly.moderation.deciding import pages_for

RECENT = timedelta(days=30)  # for which letters that may not have arrived are called to mind


def may_mail_somewhere(user: Any) -> bool:
    """Whether there may be a mailing that a user may steer: that takes the right to publish."""
    return policy_registry.get_by_type(Page).user_has_any_permission(user, {"publish"})


def may_see_readers(user: Any) -> bool:
    return any(user.has_perm(f"weekly.{action}_subscriber") for action in ("view", "change", "delete"))


def steerable(user: Any) -> Q:
    """What narrows mailings to those that a user may steer: of weeks that they may publish, and of languages whose
    home they may publish. No query of its own."""
    if user.is_superuser and user.is_active:
        return Q()
    mine = pages_for(user, "publish").order_by().values("pk")
    languages = DigestIndexPage.objects.filter(pk__in=mine).order_by().values("locale__language_code")
    return Q(week__in=mine) | Q(week=None, language__in=languages)


def doubtful_for(user: Any) -> int:
    """How many of a user's mailings have letters of which nobody knows whether they arrived, or held themselves. One
    query."""
    unsure = Delivery.objects.filter(mailing=OuterRef("pk"), state=DeliveryState.UNSURE)
    recent = Mailing.objects.filter(steerable(user), due_at__gte=timezone.now() - RECENT)
    return recent.filter(Exists(unsure) | Q(status=MailingStatus.HELD, reason=REFUSED)).count()


class MailView(WagtailAdminTemplateMixin, View):
    """For those who may steer mailings; the list of readers asks for a right of its own."""

    page_title = gettext_lazy("Mail")
    header_icon = "mail"
    tab = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self) -> bool:
        return may_mail_somewhere(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        leads = may_mail_somewhere(self.request.user)
        return [*self.breadcrumbs_items, {"url": reverse("weekly_admin:mail") if leads else "", "label": _("Mail")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=self._tabs(), tab=self.tab, **kwargs)

    def _tabs(self) -> list[dict[str, str]]:
        mailings = {"name": "mailings", "url": reverse("weekly_admin:mail"), "label": _("Mailings")}
        readers = {"name": "readers", "url": reverse("weekly_admin:subscribers")}
        readers["label"] = pgettext("who get mail", "Subscribers")
        allowed = (may_mail_somewhere(self.request.user), may_see_readers(self.request.user))
        return [tab for tab, shown in zip((mailings, readers), allowed, strict=True) if shown]
