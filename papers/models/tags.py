"""Tags of papers, laid out so that no list ever sorts a join.

The through row carries what a list needs (language, live, sort_date) and one partial index serves it; a counter row
per tag and language makes the index of tags cheap. papers.signals keeps both true.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager, _ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase, TagBase
from wagtail.coreutils import get_content_languages

RELATED_TAGS = 12
# Of the newest papers of a tag, so that a tag of many papers costs no more than one of few.
RELATED_PAPERS = 50
# Two names can give one slug; a number then follows it, and both together have to fit.
SLUG_LENGTH = 90


class PaperTag(TagBase, ClusterableModel):
    """A topic of the digest. Apart from the host site's own tags, which are none of our business.

    One that is merged into another is a synonym: a name that means the other, and an address that leads to it.
    papers.tagging merges; a synonym of a synonym does not come about.
    """

    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        related_name="synonyms",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text=_(
            "The tag that this one means. Its papers get that tag instead, its address leads there, "
            "and so does this name wherever it is typed or drafted. There is no way back for the papers."
        ),
    )

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def clean(self) -> None:
        """Raises ValidationError for a tag that would mean itself."""
        super().clean()
        if self.pk and self.merged_into and self.pk in {self.merged_into_id, self.merged_into.meaning.pk}:
            raise ValidationError({"merged_into": _("A tag cannot be merged into itself or into its own synonym.")})

    @property
    def meaning(self) -> PaperTag:
        """The tag that stands for this one: itself, if it is no synonym."""
        return self.merged_into or self

    def slugify(self, tag: str, i: int | None = None) -> str:
        """A name of signs alone would give an empty slug, and with it a tag without an address."""
        slug = super().slugify(tag)[:SLUG_LENGTH] or "tag"
        return slug if i is None else f"{slug}_{i}"


def languages() -> list[tuple[str, str]]:
    """The languages of the site's content, to choose from."""
    return list(get_content_languages().items())


class TagDescription(models.Model):
    """What a tag means, for readers of one language. Plain text."""

    tag = ParentalKey(PaperTag, related_name="descriptions", on_delete=models.CASCADE)
    language = models.CharField(_("readers' language"), max_length=100, choices=languages)
    text = models.TextField(_("description"), max_length=2000, help_text=_("Stands at the head of the tag's page."))

    class Meta:
        verbose_name = _("description of a tag")
        verbose_name_plural = _("descriptions of tags")
        constraints = [models.UniqueConstraint(fields=["tag", "language"], name="papers_one_description_per_language")]

    def __str__(self) -> str:
        return f"{self.tag} ({self.language})"


class _TagsOfPaper(_ClusterTaggableManager):
    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[PaperTag]:
        found = super()._to_tag_model_instances(tags, tag_kwargs)
        return list(dict.fromkeys(tag.meaning for tag in found))


class PaperTagsField(ClusterTaggableManager):
    """The tags of a page, in which a synonym that is typed or drafted becomes what it means."""

    def __get__(self, instance: Any, model: type[models.Model]) -> _TagsOfPaper:
        return _TagsOfPaper(through=self.through, model=model, instance=instance, prefetch_cache_name=self.name)


class TaggedPaperQuerySet(models.QuerySet):
    """The rows of tag pages: ids first, pages after."""

    def listed(self, tag: PaperTag, language: str) -> TaggedPaperQuerySet:
        """A tag's public papers of a language, newest first."""
        return self.filter(tag=tag, language=language, live=True).order_by("-sort_date", "-content_object_id")

    def related(self, tag: PaperTag, language: str) -> TaggedPaperQuerySet:
        """The ids of the other tags that a tag's newest public papers carry, those most shared first."""
        newest = self.listed(tag, language).values("content_object_id")[:RELATED_PAPERS]
        others = self.filter(content_object_id__in=newest, live=True).exclude(tag=tag).values_list("tag_id", flat=True)
        return others.annotate(shared=Count("pk")).order_by("-shared", "tag_id")[:RELATED_TAGS]


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
        indexes = [models.Index(fields=["language", "-papers", "tag"], name="papers_tag_index")]

    def __str__(self) -> str:
        return f"{self.tag} ({self.language}): {self.papers}"

    @classmethod
    def recount(cls, pairs: Iterable[tuple[int, str]]) -> None:
        """Count anew for (tag id, language) pairs, over the lists' index."""
        for tag_id, language in set(pairs):
            papers = TaggedPaper.objects.filter(tag_id=tag_id, language=language, live=True).count()
            cls.objects.update_or_create(tag_id=tag_id, language=language, defaults={"papers": papers})
