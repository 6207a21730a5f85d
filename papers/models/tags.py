"""Tags of papers, laid out so that no list ever sorts a join.

The through row carries what a list needs (language, live, sort_date) and one partial index serves it; a counter row
per tag and language makes the index of tags cheap. papers.signals keeps both true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

RELATED_TAGS = 12


class PaperTag(TagBase):
    """A topic of the digest. Apart from the host site's own tags, which are none of our business."""

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def slugify(self, tag: str, i: int | None = None) -> str:
        """A name of signs alone would give an empty slug, and with it a tag without an address."""
        return super().slugify(tag, i) or "tag"


class TaggedPaperQuerySet(models.QuerySet):
    """The rows of tag pages: ids first, pages after."""

    def listed(self, tag: PaperTag, language: str) -> TaggedPaperQuerySet:
        """A tag's public papers of a language, newest first."""
        return self.filter(tag=tag, language=language, live=True).order_by("-sort_date", "-content_object_id")

    def related(self, tag: PaperTag, paper_ids: Iterable[int]) -> list[PaperTag]:
        """The other tags of these papers, those most shared first."""
        others = self.filter(content_object_id__in=paper_ids, live=True).exclude(tag=tag).select_related("tag")
        return [found for found, _papers in Counter(row.tag for row in others).most_common(RELATED_TAGS)]


class TaggedPaper(ItemBase):
    """A tag on a paper page. `live` means: anyone may see the page."""

    tag = models.ForeignKey(PaperTag, related_name="items", on_delete=models.CASCADE)
    content_object = ParentalKey("papers.PaperPage", related_name="tagged_items", on_delete=models.CASCADE)
    language = models.CharField(max_length=100, default="", editable=False)
    live = models.BooleanField(default=False, editable=False)
    sort_date = models.DateField(null=True, editable=False)

    objects = models.Manager.from_queryset(TaggedPaperQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="papers_one_tag_per_paper")]
        indexes = [
            models.Index(
                fields=["tag", "language", "-sort_date", "-content_object"],
                condition=models.Q(live=True),
                name="papers_tag_list",
            )
        ]


class TagCountQuerySet(models.QuerySet):
    def used(self, language: str) -> TagCountQuerySet:
        """The tags that public papers of a language carry, most used first."""
        return self.filter(language=language, papers__gt=0).select_related("tag").order_by("-papers", "tag_id")


class TagCount(models.Model):
    """How many public papers of a language carry a tag."""

    tag = models.ForeignKey(PaperTag, related_name="counts", on_delete=models.CASCADE)
    language = models.CharField(max_length=100)
    papers = models.PositiveIntegerField(default=0)

    objects = models.Manager.from_queryset(TagCountQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "language"], name="papers_one_count_per_tag")]
        indexes = [models.Index(fields=["language", "-papers"], name="papers_tag_index")]

    def __str__(self) -> str:
        return f"{self.tag} ({self.language}): {self.papers}"

    @classmethod
    def recount(cls, pairs: Iterable[tuple[int, str]]) -> None:
        """Count anew for (tag id, language) pairs, over the lists' index."""
        for tag_id, language in set(pairs):
            papers = TaggedPaper.objects.filter(tag_id=tag_id, language=language, live=True).count()
            cls.objects.update_or_create(tag_id=tag_id, language=language, defaults={"papers": papers})
