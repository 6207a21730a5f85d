"""The glossary as editors keep it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from papers.glossary import Term


class GlossaryTerm(models.Model):
    """How a term of the papers is rendered in one of the readers' languages."""

    source = models.CharField(_("term in the papers"), max_length=200)
    target = models.CharField(
        _("rendering"), max_length=200, blank=True, help_text=_("Leave empty to keep the term as it is.")
    )
    forbidden = models.TextField(_("never rendered as"), blank=True, help_text=_("One wrong rendering a line."))
    case_sensitive = models.BooleanField(_("only in this spelling"), default=False)
    language = models.CharField(_("readers' language"), max_length=100, help_text=_("BCP 47, such as ja"))
    note = models.TextField(_("note"), blank=True)

    panels = [FieldPanel(name) for name in ("source", "target", "forbidden", "case_sensitive", "language", "note")]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["source"]
        constraints = [models.UniqueConstraint(fields=["source", "language"], name="papers_one_term_per_language")]

    def __str__(self) -> str:
        return f"{self.source} ⇒ {self.target or self.source}"

    def as_term(self) -> Term:
        forbidden = tuple(line.strip() for line in self.forbidden.splitlines() if line.strip())
        return Term(self.source, self.target, forbidden, self.case_sensitive, self.note)
