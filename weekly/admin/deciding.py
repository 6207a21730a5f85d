"""What editors do at the desk: ask for drafts, try again, decide what waits for a decision."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from papers import ledger
from papers.models import DraftRun, Suggestion
from weekly.actions import request_unfinished, request_week
from weekly.admin.desk import WeekView
from weekly.admin.offers import decide_conflict, decide_offer, locked_for
from weekly.admin.progress import Progress


class DraftView(WeekView):
    """Queue drafts. The ledger sees to it that a second click makes no second run."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        asked = request_week if request.POST.get("what") == "all" else request_unfinished
        runs = asked(self.week, user=request.user)
        if runs:
            said = ngettext("%(count)d draft was asked for.", "%(count)d drafts were asked for.", len(runs))
            messages.success(request, said % {"count": len(runs)})
        else:
            messages.info(request, _("There is nothing left to draft."))
        return self.back()


class RetryView(WeekView):
    """Try one failed or parked run again."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, run: int) -> HttpResponse:
        ended = get_object_or_404(DraftRun.objects.latest_of(self.week.run_group), pk=run)
        ledger.retry(ended, user=request.user)
        return self.back(f"#part-{ended.page_id}-{ended.scope}")


class OfferView(WeekView):
    """Take a parked draft, or leave it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, offer: int) -> HttpResponse:
        suggestion = get_object_or_404(Suggestion.objects.open().select_related("page"), pk=offer)
        pages = [entry.paper_id for entry in Progress(self.week).entries if entry.paper_id]
        if not suggestion.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        take = "take" in request.POST
        if take and (reason := locked_for(suggestion.page, request.user)):
            messages.error(request, reason)
            return self.back("#offers")
        decide_offer(self.week, pages, offer, take=take, user=request.user)
        messages.success(request, _("The suggestion was taken.") if take else _("Your text stays."))
        return self.back("#offers")


class ConflictView(WeekView):
    """Take what the list says of a row now, or keep what an editor wrote."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        take = "take" in request.POST
        if reason := locked_for(Page.objects.get(pk=self.week.pk), request.user):
            messages.error(request, reason)
        elif decide_conflict(self.week, request.POST.get("key", ""), take=take, user=request.user):
            messages.success(request, _("The list's text was taken.") if take else _("Your text stays."))
        else:
            messages.warning(request, _("This was decided already."))
        return self.back("#conflicts")
