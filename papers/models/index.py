"""The folder of a language's papers, which is their list as well."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from papers.addressing import addressed
from papers.keyset import BadCursor
from papers.models.listed import list_newest
from papers.serving import Folder, ReaderPage


class PaperIndexPage(ReaderPage, Folder, Page):
    """The folder of all paper pages of a language, and their list."""

    subpage_types: ClassVar[list[str]] = ["papers.PaperPage"]
    max_count_per_parent = 1
    template = "papers/paper_index_page.html"
    query_names = ("after",)

    class Meta:
        verbose_name = _("papers")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        try:
            papers, after = list_newest(self.locale.language_code, request.GET.get("after", ""))
        except BadCursor as error:
            raise Http404(str(error)) from error
        return {**context, "papers": addressed(papers, request), "after": after}
