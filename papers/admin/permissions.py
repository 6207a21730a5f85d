"""Who may use the review desk: those who may edit the page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Page

from papers.models import Reviewed


def draft_for(request: HttpRequest, pk: int) -> Any:
    """The newest draft of a page. Raises Http404 where it is none of ours, PermissionDenied where one may not edit."""
    page = Page.objects.filter(pk=pk).first()
    if page is None or not issubclass(page.specific_class or Page, Reviewed):
        raise Http404(_("There is no such page."))
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied(_("You may not edit this page."))
    return page.specific.get_latest_revision_as_object()


def refusal(message: Any, status: int = 400) -> JsonResponse:
    """An answer that the desk shows to the editor as it is."""
    return JsonResponse({"error": str(message)}, status=status)


class DeskView(View):
    """A view of one page that answers JSON, refusals too. `self.page` is the newest draft."""

    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.page = draft_for(request, kwargs.pop("pk"))
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied as error:
            return refusal(str(error) or _("You may not do this."), 403)
        except Http404 as error:
            return refusal(error, 404)
