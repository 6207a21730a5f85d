"""Who gets mail. Addresses are shown to nobody without a right of its own, and written into no log."""

from __future__ import annotations

import csv
import logging
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from weekly.admin.mail import MailView, may_see_readers
from weekly.admin.mail_figures import language_name
from weekly.admin.readers import ids_of, plain
from weekly.mailings import readers
from weekly.models import EndReason, Frequency, Subscriber

logger = logging.getLogger(__name__)

PER_PAGE = 50
STATES = {
    "active": pgettext_lazy("state of a subscriber", "gets mail"),
    "waiting": pgettext_lazy("state of a subscriber", "not confirmed yet"),
    "ended": pgettext_lazy("state of a subscriber", "ended"),
}
COLUMNS = ("email", "language", "frequency", "created_at", "confirmed_at", "ended_at", "end_reason")
_CALCULATES = ("=", "+", "-", "@")  # what an address can begin with and spreadsheets take for a formula


class SubscribersView(MailView):
    """Subscribers, the newest first: found by address, ended or deleted, and for some given out as a file."""

    template_name = "weekly/admin/subscribers.html"
    tab = "readers"

    def is_allowed(self) -> bool:
        return may_see_readers(self.request.user)

    @cached_property
    def wanted(self) -> dict[str, str]:
        """What the list is narrowed to; empty texts where it is not."""
        given = {
            name: plain(self.request.GET.get(name, "")).strip() for name in ("q", "language", "frequency", "state")
        }
        known = {"language": self.languages, "frequency": Frequency.values, "state": STATES}
        return {name: text if name == "q" or text in known[name] else "" for name, text in given.items()}

    @cached_property
    def languages(self) -> list[str]:
        return list(Subscriber.objects.order_by("language").values_list("language", flat=True).distinct())

    def _found(self) -> QuerySet[Subscriber]:
        found = Subscriber.objects.order_by("-pk").filter(**_narrowed(self.wanted["state"]))
        if self.wanted["q"]:
            found = found.filter(email__icontains=self.wanted["q"])
        return found.filter(**{name: self.wanted[name] for name in ("language", "frequency") if self.wanted[name]})

    def _may(self, action: str) -> bool:
        return self.request.user.has_perm(f"weekly.{action}_subscriber")

    def get(self, request: HttpRequest) -> HttpResponse:
        if "export" not in request.GET:
            return self.render_to_response(self.get_context_data())
        if not self._may("export"):
            raise PermissionDenied
        return self._export()

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = Subscriber.objects.filter(pk__in=ids_of(request.POST.getlist("chosen"))).order_by("pk")
        if "end" in request.POST and self._may("change"):
            said = _end(chosen, request.user)
        elif "delete" in request.POST and self._may("delete"):
            said = _delete(chosen, request.user)
        elif "look" in request.POST:  # Enter in the list
            return redirect(request.get_full_path())
        else:
            raise PermissionDenied
        if said:
            messages.success(request, said)
        else:
            messages.warning(request, _("Nothing was done: choose subscribers first."))
        return redirect(request.get_full_path())

    def _export(self) -> StreamingHttpResponse:
        """The list as it is narrowed, as CSV."""
        found = self._found()
        logger.info("Subscribers exported", extra={"user": self.request.user.pk, "count": found.count()})
        rows = found.values_list(*COLUMNS).iterator(chunk_size=1000)
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="subscribers.csv"'
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self._found(), PER_PAGE).get_page(self.request.GET.get("p"))
        narrowed = {name: value for name, value in self.wanted.items() if value}
        return super().get_context_data(
            page_obj=page,
            subscribers=[(one, language_name(one.language)) for one in page],
            wanted=self.wanted,
            query=urlencode(narrowed),
            languages=[(code, language_name(code)) for code in self.languages],
            frequencies=Frequency.choices,
            states=STATES,
            may={action: self._may(action) for action in ("change", "delete", "export")},
            **kwargs,
        )


def _narrowed(state: str) -> dict[str, Any]:
    if state == "active":
        return {"ended_at": None, "confirmed_at__isnull": False}
    if state == "waiting":
        return {"ended_at": None, "confirmed_at": None}
    return {"ended_at__isnull": False} if state == "ended" else {}


@transaction.atomic
def _end(chosen: QuerySet[Subscriber], user: Any) -> str:
    going = list(chosen.filter(ended_at=None).select_for_update())
    for one in going:
        readers.end(one, EndReason.EDITOR)
        log(one, "weekly.subscriber.ended", user=user)
    said = ngettext("%(count)d gets no more mail.", "%(count)d get no more mail.", len(going))
    return said % {"count": len(going)} if going else ""


@transaction.atomic
def _delete(chosen: QuerySet[Subscriber], user: Any) -> str:
    """The rows and their addresses; what was sent stays counted."""
    going = list(chosen.select_for_update())
    for one in going:
        log(one, "weekly.subscriber.deleted", user=user, deleted=True)
    readers.drop(Subscriber.objects.filter(pk__in=[one.pk for one in going]))
    said = ngettext("%(count)d was deleted.", "%(count)d were deleted.", len(going))
    return said % {"count": len(going)} if going else ""


class _Echo:
    """A file that gives back what is written into it."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for email, *rest in rows:
        yield writer.writerow([f"'{email}" if email.startswith(_CALCULATES) else email, *rest])
