"""Home, archive and week pages, and the ordered entries of a week."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page, PageManager, PageQuerySet
from wagtail.url_routing import RouteResult

from papers import showing
from papers.addressing import addressed
from papers.blocks import text_hash
from papers.checks.base import Kind, Passage, Subject
from papers.forms import GuardedPageForm
from papers.keyset import BadCursor
from papers.models import GlossaryTerm, PaperIndexPage, PaperPage, PublishGuard, Suggestion
from papers.panels import OverridePanel, ReviewPanel, TextPanel
from papers.serving import Folder, ReaderPage
from papers.standing import Standing, remembered
from papers.statements import OneOf, written_once
from papers.visibility import visible
from weekly.models.drawn_from import drawn_from
from weekly.models.listed import weeks_below
from weekly.panels import RowsPanel
from weekly.presenting import home_context, week_context

WEEKS_SHOWN = 104  # two years


class DigestIndexPage(ReaderPage, Standing, Page):
    """The home of a digest: its newest week and its archive."""

    introduction = models.TextField(_("introduction"), blank=True)
    # Where editors wrote no introduction.
    default_lead = _("New research in machine learning, week by week, with questions and answers on each paper.")

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["weekly.WeekIndexPage", "papers.PaperIndexPage"]
    template = "weekly/digest_index_page.html"

    class Meta:
        verbose_name = _("digest")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Archive and list of papers have no fields of their own, so that the page's row is all of them."""
        if not path_components:
            return super().route(request, path_components)
        slug, *rest = path_components
        child = remembered(("child", self.pk, slug), partial(self._child, slug), lambda page: isinstance(page, Folder))
        child._cached_parent_obj = self
        return child.route(request, rest)

    def _child(self, slug: str) -> Page:
        child = Page.objects.child_of(self).filter(slug=slug).first()
        if child is None:
            raise Http404
        is_folder = child.specific_class in (WeekIndexPage, PaperIndexPage)
        return child.specific_deferred if is_folder else child.specific

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        showing.shows(showing.weeks(self.locale.language_code))
        weeks = WeekPage.objects.descendant_of(self).newest()
        return {**super().get_context(request, *args, **kwargs), **home_context(weeks, request)}


class WeekIndexPage(ReaderPage, Folder, Page):
    """The archive: the folder of all week pages of a language."""

    subpage_types: ClassVar[list[str]] = ["weekly.WeekPage"]
    max_count_per_parent = 1
    template = "weekly/week_index_page.html"
    query_names = ("after",)

    class Meta:
        verbose_name = _("weeks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        try:
            weeks, after = weeks_below(self, request.GET.get("after", ""), WEEKS_SHOWN, steps=1)
        except BadCursor as error:
            raise Http404(str(error)) from error
        return {**context, "weeks": addressed(weeks, request), "after": after}


class WeekQuerySet(PageQuerySet):
    def newest(self) -> WeekQuerySet:
        """Public weeks, newest first."""
        return visible(self).order_by("-start", "-pk")

    def starting(self, start: date, language: str) -> WeekQuerySet:
        return self.filter(start=start, locale__language_code=language)


class WeekPage(ReaderPage, PublishGuard, Page):
    """One week of the digest. Its key is its start date and its source; one source can have odd ranges."""

    start = models.DateField(_("first day"), db_index=True)
    end = models.DateField(_("last day"))
    source = models.CharField(_("source"), max_length=50, editable=False, default="dair-ai")
    source_name = models.CharField(_("name of the list"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the list"), max_length=1000, blank=True)
    heading = models.CharField(_("heading in the list"), max_length=255, blank=True, editable=False)
    introduction = models.TextField(_("introduction"), blank=True)
    theme = models.TextField(_("theme"), blank=True, help_text=_("Six or seven short phrases in one line."))
    overview = models.TextField(
        _("trend overview"), blank=True, help_text=_("Plain text; a blank line starts a paragraph.")
    )
    provenance = models.JSONField(default=dict, blank=True, editable=False)
    warnings = models.JSONField(default=list, blank=True, editable=False)
    comments_open = models.BooleanField(_("readers may comment"), default=True)

    objects = PageManager.from_queryset(WeekQuerySet)()
    drafted = ("theme", "overview")
    readable = (*drafted, "introduction")
    redraft_task = "weekly.tasks.redraft"
    base_form_class = GuardedPageForm
    template = "weekly/week_page.html"
    query_names = ("comments", "comment")
    parent_page_types: ClassVar[list[str]] = ["weekly.WeekIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [
        OverridePanel(),
        ReviewPanel(classname="digest-review"),
        *Page.content_panels,
        TextPanel("theme"),
        TextPanel("overview"),
        TextPanel("introduction"),
        RowsPanel("entries", heading=_("Papers"), label=_("paper")),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("source_name"),
                FieldPanel("source_url"),
            ],
            heading=_("The week"),
        ),
        FieldPanel("comments_open"),
        *Page.promote_panels,
    ]

    class Meta:
        verbose_name = _("week")
        verbose_name_plural = _("weeks")

    def __str__(self) -> str:
        return self.title

    @property
    def run_group(self) -> str:
        """The group that this week's draft runs belong to."""
        return f"week-{self.pk}"

    def entry_list(self) -> list[WeekEntry]:
        """The entries in order with their papers, all rows in two queries; a draft's own rows in preview."""
        entries = list(self.entries.all())
        keys = {entry.paper_id for entry in entries if entry.paper_id}
        papers = {paper.pk: paper for paper in _without_questions(*keys)} if keys else {}
        for entry in entries:
            entry.shown_paper = papers.get(entry.paper_id)
        return entries

    def is_untouched(self, field: str) -> bool:
        """Whether a drafted field is empty or still stands as the machine wrote it."""
        text = getattr(self, field)
        return not text or self.provenance.get(field, {}).get("hash") == text_hash(text)

    def renew_stamps(self) -> None:
        """A redraft of the overview that came through the form brings along what it was drawn from."""
        before = self.provenance.get("overview", {}).get("run")
        super().renew_stamps()
        stamp = self.provenance.get("overview", {})
        if stamp.get("run") != before:
            drafted = Suggestion.objects.filter(run=stamp["run"], place="overview", page_id=self.pk).first()
            self.provenance = {**self.provenance, "overview": {**stamp, **(drafted.provenance if drafted else {})}}

    def passages(self) -> tuple[Passage, ...]:
        texts = (Passage("theme", self.theme, Kind.LINE), Passage("overview", self.overview))
        return tuple(text for text in texts if text.text.strip())

    def subject(self) -> Subject:
        """Two queries more than for the entries: their papers and the glossary."""
        language = self.locale.language_code
        terms = tuple(term.as_term() for term in GlossaryTerm.objects.filter(language=language))
        listed, told = drawn_from(self.entries.all())
        return Subject(language, texts=self.passages(), terms=terms, listed=listed, told=told)

    def missing(self) -> list[tuple[str, str]]:
        gaps = []
        if not self.theme.strip():
            gaps.append(("theme", _("The theme is empty.")))
        if not self.overview.strip():
            gaps.append(("overview", _("The trend overview is empty.")))
        if not any(entry.chosen for entry in self.entries.all()):
            gaps.append(("entries", _("No paper is chosen.")))
        return gaps

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **week_context(self, request)}


@written_once
def _without_questions(*keys: Any) -> QuerySet:
    return PaperPage.objects.defer("qa").filter(pk__in=OneOf(keys))


class WeekEntry(Orderable):
    """A row of the list. What the list said is kept apart from the paper's page, which editors own."""

    week = ParentalKey(WeekPage, related_name="entries", on_delete=models.CASCADE)
    paper = models.ForeignKey(PaperPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="week_entries")
    chosen = models.BooleanField(_("publish with the week"), default=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=0, editable=False)
    title = models.CharField(_("title in the list"), max_length=500)
    note = models.TextField(_("the list's note"), blank=True)
    links = models.JSONField(default=list, blank=True, editable=False)
    listed = models.JSONField(default=dict, blank=True, editable=False)
    offered = models.JSONField(default=dict, blank=True, editable=False)
    warnings = models.JSONField(default=list, blank=True, editable=False)

    shown_paper: PaperPage | None = None
    panels = [
        FieldPanel("title"),
        FieldPanel("note"),
        FieldRowPanel([PageChooserPanel("paper"), FieldPanel("chosen")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return f"{self.rank}. {self.title}"
