"""What was read of a paper: its page texts, once per version, for the editors and the drafter only."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from papers.paper import PageText


class PaperSource(models.Model):
    """The text of one version of a paper, or why it could not be read. Shared by all languages."""

    key = models.CharField(max_length=500, unique=True, help_text=_("arXiv id with version, or the file's address"))
    pages = models.JSONField(default=list, blank=True)
    error = models.JSONField(default=dict, blank=True, help_text=_("A notice: template and parameters"))
    bytes = models.PositiveIntegerField(default=0)
    fetched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.key

    @property
    def page_texts(self) -> tuple[PageText, ...]:
        return tuple(PageText(number, text) for number, text in self.pages)
