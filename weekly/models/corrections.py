"""What was corrected in public: what stood, what stands, why, and who noticed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from papers.visibility import visible


class CorrectionQuerySet(models.QuerySet):
    def noted(self) -> CorrectionQuerySet:
        """Those that readers see, newest first, on whatever page. Typos leave no note."""
        return self.filter(is_typo=False).order_by("-corrected_at", "-pk")

    def public(self) -> CorrectionQuerySet:
        """Those that readers see on pages that anyone may see, newest first.

        Asked with each row and not as a set of pages, by which SQLite would read all corrections and then sort them.
        """
        return self.noted().filter(Exists(visible(Page.objects.filter(pk=OuterRef("page")))))

    def listed(self, language: str) -> CorrectionQuerySet:
        """Those of a language that are public, newest first."""
        return self.public().filter(language=language)


class Correction(models.Model):
    """One passage corrected by one revision. `place` is a path as in papers.places; `thanks` a reader's name or empty.

    `before` and `after` are the passage's whole texts. They stay as they were when the page changes again.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="corrections")
    language = models.CharField(max_length=100, editable=False)
    place = models.CharField(max_length=100)
    place_label = models.CharField(max_length=255, blank=True, help_text=_("The place in words, as it was called then"))
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(_("why"), blank=True)
    thanks = models.CharField(_("thanks to"), max_length=255, blank=True)
    is_typo = models.BooleanField(_("only a typo: leave no public note"), default=False)
    revision = models.PositiveBigIntegerField(null=True, blank=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    corrected_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(CorrectionQuerySet)()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [
            models.Index(
                fields=["language", "-corrected_at", "-id"], condition=Q(is_typo=False), name="weekly_correction_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.place} {self.corrected_at:%Y-%m-%d}"

    @property
    def anchor(self) -> str:
        return f"correction-{self.pk}"
