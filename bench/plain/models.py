"""A paper's texts in an ordinary page model with stock tags."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page

from papers.blocks import QABlock


class PlainQABlock(QABlock):
    class Meta:
        template = "plain/qa.html"


class PlainTag(TaggedItemBase):
    content_object = ParentalKey("plain.PlainPage", related_name="tagged_items", on_delete=models.CASCADE)


class PlainPage(Page):
    """What our page of a paper shows, but for comments, corrections and all that only machines read."""

    arxiv_id = models.CharField(max_length=32, blank=True)
    authors = models.TextField(blank=True)
    published_on = models.DateField(null=True)
    categories = models.CharField(max_length=500, blank=True)
    abstract = models.TextField(blank=True)
    title_translated = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    abstract_translated = models.TextField(blank=True)
    qa = StreamField([("qa", PlainQABlock())], blank=True)
    tags = ClusterTaggableManager(through=PlainTag, blank=True)

    template = "plain/page.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "menu": self.get_site().root_page.get_children().live().public(),
            "above": self.get_ancestors().live().filter(depth__gt=1),
            "before": self.get_prev_siblings().live().first(),
            "after": self.get_next_siblings().live().first(),
            "related": self._related(),
        }

    def _related(self) -> models.QuerySet[PlainPage]:
        """By shared tags, as sites with taggit find them."""
        others = PlainPage.objects.live().filter(tags__in=self.tags.all()).exclude(pk=self.pk)
        return others.annotate(shared=models.Count("pk")).order_by("-shared", "-published_on")[:5]
