"""The folder of a language's papers, which is their list as well."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from papers import showing
from papers.keyset import BadCursor, take_page
from papers.models.pages import PaperPage
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
        showing.shows(showing.papers(self.locale.language_code))
        papers = PaperPage.objects.listed(self.locale.language_code).for_lists()
        try:
            shown, after = take_page(papers, request.GET.get("after", ""))
        except BadCursor as error:
            raise Http404(str(error)) from error
        return {**context, "papers": shown, "after": after}
