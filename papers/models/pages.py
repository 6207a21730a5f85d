"""The paper's page: original beside translation, questions and answers, and where each text came from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet, Revision

from papers.blocks import QABlock, qa_hash, text_hash
from papers.checks.base import Passage, Subject
from papers.errors import MalformedArxivId
from papers.forms import GuardedPageForm
from papers.messages import translated
from papers.models.citing import cited_elsewhere
from papers.models.facts import PaperFacts
from papers.models.glossary import GlossaryTerm
from papers.models.guard import NotReady, PublishGuard
from papers.models.passages import items_of, texts_of
from papers.models.sources import PaperSource
from papers.models.tags import PaperTagsField
from papers.panels import OverridePanel, ProvenancePanel, QAPanel, ReviewPanel, TextPanel
from papers.paper import ArxivId, PageText, Paper
from papers.presenting import paper_context
from papers.serving import ReaderPage
from papers.states import State, qa_state

# Fields that a machine drafts; a person's text in them is never overwritten.
DRAFTED_FIELDS = ("title_translated", "summary", "abstract_translated")

# The days of a week after its first: what a list's week covers, as far as the paper's page knows it.
WEEK = timedelta(days=6)


class PaperQuerySet(PageQuerySet):
    """Lists of papers. `listed` is the page's own copy of "anyone may see it", so that no list sorts a join."""

    def listed(self, language: str) -> PaperQuerySet:
        """Public papers of a language, newest first."""
        return self.filter(listed=True, language=language).order_by("-sort_date", "-pk")

    def for_lists(self) -> PaperQuerySet:
        """Without the long texts, which lists do not show."""
        return self.defer("qa", "abstract", "abstract_translated", "provenance")

    def for_arxiv(self, arxiv_id: str, language: str) -> PaperQuerySet:
        return self.filter(arxiv_id=arxiv_id, language=language)


class PaperPage(PaperFacts, ReaderPage, PublishGuard, Page):
    """One paper in one language. `title` is the paper's own; the rest is drafted, corrected and published."""

    arxiv_id = models.CharField(_("arXiv id"), max_length=32, null=True, blank=True)
    arxiv_version = models.PositiveSmallIntegerField(_("version"), null=True, blank=True)
    source_url = models.URLField(_("address of the paper"), max_length=1000, blank=True)
    pdf_url = models.URLField(_("address of a PDF outside arXiv"), max_length=1000, blank=True)
    source_language = models.CharField(_("language of the paper"), max_length=100, default="en")
    authors = models.TextField(_("authors"), blank=True, help_text=_("One name a line, in the paper's order."))
    published_on = models.DateField(_("published"), null=True, blank=True)
    updated_on = models.DateField(_("last updated"), null=True, blank=True)
    categories = models.CharField(_("categories"), max_length=500, blank=True, help_text=_("arXiv's codes"))
    comment = models.TextField(_("authors' comment"), blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    abstract = models.TextField(_("abstract in the paper's language"), blank=True)
    title_translated = models.CharField(_("title in the readers' language"), max_length=500, blank=True)
    summary = models.TextField(_("summary in one line"), blank=True)
    abstract_translated = models.TextField(_("abstract in the readers' language"), blank=True)
    qa = StreamField([("qa", QABlock())], blank=True, verbose_name=_("questions and answers"))
    tags = PaperTagsField(through="papers.TaggedPaper", blank=True, verbose_name=_("tags"))

    provenance = models.JSONField(default=dict, blank=True, editable=False)
    metadata_at = models.DateTimeField(null=True, blank=True, editable=False)
    abstract_only = models.BooleanField(_("drafted from the abstract only"), default=False, editable=False)
    source_note = models.JSONField(default=dict, blank=True, editable=False)
    listed_note = models.TextField(blank=True, editable=False)
    listed_title = models.CharField(max_length=500, blank=True, editable=False)

    comments_open = models.BooleanField(_("readers may comment"), default=True)

    # Copies that lists and the database's own checks need; papers.signals keeps them true.
    language = models.CharField(max_length=100, editable=False, default="")
    listed = models.BooleanField(default=False, editable=False)
    listed_on = models.DateField(null=True, blank=True, editable=False)
    sort_date = models.DateField(null=True, blank=True, editable=False)

    objects = PageManager.from_queryset(PaperQuerySet)()
    drafted = readable = DRAFTED_FIELDS
    base_form_class = GuardedPageForm
    template = "papers/paper_page.html"
    query_names = ("comments", "comment")
    parent_page_types: ClassVar[list[str]] = ["papers.PaperIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    content_panels = [
        OverridePanel(),
        ReviewPanel(classname="digest-review"),
        *Page.content_panels,
        TextPanel("title_translated"),
        TextPanel("summary"),
        FieldRowPanel(
            [TextPanel("abstract", original=True, classname="digest-original"), TextPanel("abstract_translated")],
            heading=_("Abstract"),
        ),
        QAPanel("qa"),
        FieldPanel("tags"),
        ProvenancePanel(fields=DRAFTED_FIELDS, heading=_("Provenance"), icon="cog", classname="collapsed"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("arxiv_id"), FieldPanel("arxiv_version"), FieldPanel("withdrawn")]),
                FieldPanel("authors"),
                FieldRowPanel([FieldPanel("published_on"), FieldPanel("updated_on")]),
                FieldRowPanel([FieldPanel("categories"), FieldPanel("source_language")]),
                FieldPanel("source_url"),
                FieldPanel("pdf_url"),
                FieldPanel("comment"),
            ],
            heading=_("The paper"),
        ),
        FieldPanel("comments_open"),
        *Page.promote_panels,
    ]

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(
                fields=["language", "arxiv_id"],
                condition=models.Q(arxiv_id__isnull=False),
                name="papers_one_page_per_paper_and_language",
            )
        ]
        indexes = [
            models.Index(
                fields=["language", "-sort_date", "-page_ptr"], condition=models.Q(listed=True), name="papers_list"
            )
        ]

    def clean(self) -> None:
        """Raises ValidationError for an id that is none, or that another page of this language has."""
        super().clean()
        if not self.arxiv_id:
            return
        try:
            self.arxiv_id = ArxivId.parse(self.arxiv_id).id
        except MalformedArxivId as error:
            raise ValidationError({"arxiv_id": translated(error.notice)}) from error
        if taken := self._taken_id():
            raise ValidationError({"arxiv_id": taken})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.arxiv_id = self.arxiv_id or None  # an emptied form field must not count as an id
        self.language = self.locale.language_code if self.locale_id else self.language
        if self._state.adding:
            self._begin_unlisted()
        return super().save(*args, **kwargs)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Raises NotReady as the guard does, and for a copy that still has another page's arXiv id."""
        page = revision.as_object()
        if taken := page._taken_id():
            raise NotReady(page.title, [("arxiv_id", taken)])
        return super().publish(revision, *args, **kwargs)

    def _begin_unlisted(self) -> None:
        """No list shows a new copy or translation; and a copy in the same language is not that paper yet."""
        self.listed = False
        for row in self.tagged_items.all():
            row.live, row.language = False, self.language
        if not self.live and self._taken_id():
            self.arxiv_id = None

    def _taken_id(self) -> str:
        """Which page has this arXiv id already, in words; empty where none has."""
        others = PaperPage.objects.for_arxiv(self.arxiv_id, self.locale.language_code).exclude(pk=self.pk)
        other = others.first() if self.arxiv_id else None
        return _("“%(title)s” is this paper already.") % {"title": other.title} if other else ""

    def is_untouched(self, field: str) -> bool:
        """Whether a drafted field is empty or still stands as the machine wrote it."""
        text = getattr(self, field)
        return not text or self.provenance.get(field, {}).get("hash") == text_hash(text)

    @property
    def source_key(self) -> str:
        """The key of the paper's text in PaperSource; empty where there is no paper to read."""
        return str(self.arxiv_ref) if self.arxiv_id else self.pdf_url

    def page_texts(self) -> tuple[PageText, ...]:
        """The paper's pages as they were read; empty where they were not. One query."""
        source = PaperSource.objects.filter(key=self.source_key).first() if self.source_key else None
        return source.page_texts if source else ()

    def as_paper(self, pages: tuple[PageText, ...] = ()) -> Paper:
        """The page as the core sees it. Where a paper has no abstract, the list's note is all there is."""
        return Paper(
            title=self.title,
            abstract=self.abstract or self.listed_note,
            arxiv_id=self.arxiv_ref,
            authors=tuple(self.author_list),
            published=self.published_on,
            updated=self.updated_on,
            categories=tuple(self.categories.split()),
            comment=self.comment,
            withdrawn=self.withdrawn,
            pages=pages,
            language=self.source_language,
        )

    def subject(self) -> Subject:
        """Two queries: the paper's text and the glossary; one more where a reference names several places."""
        language = self.locale.language_code
        pages = self.page_texts()
        return Subject(
            language=language,
            texts=texts_of(self),
            items=items_of(self),
            pages=pages,
            terms=tuple(term.as_term() for term in GlossaryTerm.objects.filter(language=language)),
            paper=self.as_paper(pages),
            source_language=self.source_language,
            listed_title=self.listed_title,
            week=(self.listed_on, self.listed_on + WEEK) if self.listed_on else None,
            cited_elsewhere=self._cited_elsewhere(),
        )

    def _cited_elsewhere(self) -> dict[str, int]:
        if self.listed_on is None:
            return {}
        week = PaperPage.objects.filter(listed_on=self.listed_on, locale=self.locale_id).exclude(pk=self.pk)
        return cited_elsewhere((passage.text for passage in self.passages()), week)

    def passages(self) -> tuple[Passage, ...]:
        return Subject(self.language, texts=texts_of(self), items=items_of(self)).passages

    def content_hash(self) -> str:
        return text_hash("\x1f".join([super().content_hash(), *(qa_hash(block.value) for block in self.qa)]))

    def states(self) -> dict[str, State]:
        return super().states() | {f"qa.{block.id}": qa_state(block.value) for block in self.qa}

    def machine_prompts(self) -> dict[tuple[str, str], str]:
        prompts = super().machine_prompts()
        for block in self.qa:
            if qa_state(block.value) == State.MACHINE:
                names = ("question", "answer", "citations")
                prompts |= {(block.id, name): block.value["provenance"]["prompt"] or "" for name in names}
        return prompts

    def place_name(self, path: str) -> str:
        if not path.startswith("qa."):
            return super().place_name(path)
        numbers = {f"qa.{block.id}": number for number, block in enumerate(self.qa, start=1)}
        return _("Question %(number)d") % {"number": numbers[path]}

    def missing(self) -> list[tuple[str, str]]:
        """What publishing still needs, as (field or block path, message)."""
        gaps = [("summary", _("The summary is empty."))] if not self.summary.strip() else []
        if self.abstract.strip() and not self.abstract_translated.strip():
            gaps.append(("abstract_translated", _("The abstract is not translated.")))
        for number, block in enumerate(self.qa, start=1):
            if not block.value["question"].strip():
                gaps.append((f"qa.{block.id}", _("Question %(number)d is empty.") % {"number": number}))
            if not (block.value["answer"].strip() or (block.value["answer_original"] or "").strip()):
                gaps.append((f"qa.{block.id}", _("Answer %(number)d is empty.") % {"number": number}))
        return gaps

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = paper_context(self, preview=getattr(request, "is_preview", False))
        return {**super().get_context(request, *args, **kwargs), **shown}
