"""The letter that a week is or would be, as its newest draft stands, and when it goes to how many."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from weekly.admin.desk import WeekView
from weekly.admin.mail_figures import outlook_of
from weekly.admin.mailings import noted, preview, send_test
from weekly.mailings.composing import preview_of
from weekly.mailings.making import plan_weekly


class WeekLetterView(WeekView):
    """For whoever may edit the week; to plan a mailing takes the right to publish it."""

    template_name = "weekly/admin/week_letter.html"
    page_title = gettext_lazy("Letter")
    header_icon = "mail"

    def is_allowed(self) -> bool:
        return self.permissions.can_edit() or self.permissions.can_publish()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("do") == "plan":
            return self._plan()
        if request.POST.get("do") == "test":
            send_test(request, preview_of(self.week))
        return redirect("weekly_admin:week_letter", self.week.pk)

    def _plan(self) -> HttpResponse:
        """A mailing of a week that has none by itself: it is old, or was published before there was mail."""
        if not self.permissions.can_publish() or not self.week.live:
            raise PermissionDenied
        mailing = plan_weekly(self.week)
        noted(mailing, "planned", self.request.user)
        messages.success(self.request, _("The mailing is planned. Hold it, or send it now, here."))
        return redirect(reverse("weekly_admin:mailing", args=[mailing.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            week=self.week,
            outlook=outlook_of(self.week),
            letter=preview(preview_of(self.week)),
            may_publish=self.permissions.can_publish(),
            **kwargs,
        )
