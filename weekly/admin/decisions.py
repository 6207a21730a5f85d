"""Who decided about what readers said, and when, as it was logged."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import ModelLogEntry

from weekly.admin.readers import ReadersView
from weekly.models import Comment, Correction, Report

PER_PAGE = 50
SUBJECTS = (Comment, Report, Correction)
Subject = Comment | Report | Correction


class HistoryView(ReadersView):
    """The newest decisions first, on pages that the user may decide about."""

    template_name = "weekly/admin/readers_history.html"
    tab = "history"

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(self._entries(), PER_PAGE).get_page(request.GET.get("p"))
        subjects = _subjects(page)
        finder = AdminURLFinder(request.user)
        about = ((entry, subjects.get((entry.content_type_id, int(entry.object_id)))) for entry in page)
        rows = [(entry, subject, finder.get_edit_url(subject) if subject else "") for entry, subject in about]
        return self.render_to_response(self.get_context_data(page_obj=page, rows=rows))

    def _entries(self) -> QuerySet[ModelLogEntry]:
        of_mine = Q(pk__in=())
        for model in SUBJECTS:
            keys = model.objects.filter(self.mine).order_by().annotate(key=Cast("pk", CharField())).values("key")
            of_mine |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)
        return ModelLogEntry.objects.filter(of_mine).select_related("user").order_by("-timestamp", "-pk")


def _subjects(entries: Iterable[ModelLogEntry]) -> dict[tuple[int, int], Subject]:
    """What the entries are about, by content type and key; a query for each kind."""
    entries = list(entries)
    found: dict[tuple[int, int], Subject] = {}
    for model in SUBJECTS:
        kind = ContentType.objects.get_for_model(model).pk
        ids = [int(entry.object_id) for entry in entries if entry.content_type_id == kind]
        for subject in model.objects.filter(pk__in=ids).select_related("page"):
            found[kind, subject.pk] = subject
    return found
