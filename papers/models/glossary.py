"""The glossary as editors keep it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from papers.glossary import Term


class TermKind(models.TextChoices):
    TRANSLATE = "translate", _("translate")
    KEEP = "keep", _("keep as it is")


class GlossaryTerm(models.Model):
    """How a term of the papers is rendered in one of the readers' languages."""

    source = models.CharField(_("term in the papers"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=TermKind.choices, default=TermKind.TRANSLATE)
    target = models.CharField(
        _("rendering"), max_length=200, blank=True, help_text=_("Left empty where the term is kept as it is.")
    )
    forbidden = models.TextField(_("never rendered as"), blank=True, help_text=_("One wrong rendering a line."))
    case_sensitive = models.BooleanField(_("only in this spelling"), default=False)
    language = models.CharField(_("readers' language"), max_length=100, help_text=_("BCP 47, such as ja"))
    note = models.TextField(_("note"), blank=True)

    panels = [
        FieldPanel(name) for name in ("source", "kind", "target", "forbidden", "case_sensitive", "language", "note")
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["source"]
        constraints = [models.UniqueConstraint(fields=["source", "language"], name="papers_one_term_per_language")]

    def __str__(self) -> str:
        return f"{self.source} ⇒ {self.target or self.source}"

    def clean(self) -> None:
        """Raises ValidationError where kind and rendering contradict each other, or the right one is called wrong."""
        super().clean()
        if self.kind == TermKind.KEEP and self.target not in {"", self.source}:
            raise ValidationError({"target": _("A term that is kept as it is has no rendering.")})
        if self.kind == TermKind.TRANSLATE and not self.target.strip():
            raise ValidationError({"target": _("Say how the term is rendered.")})
        right = self.target if self.kind == TermKind.TRANSLATE else self.source
        if right in self.as_term().forbidden:
            raise ValidationError({"forbidden": _("The right rendering cannot be a wrong one too.")})

    def as_term(self) -> Term:
        forbidden = tuple(line.strip() for line in self.forbidden.splitlines() if line.strip())
        target = self.target if self.kind == TermKind.TRANSLATE else ""
        return Term(self.source, target, forbidden, self.case_sensitive, self.note)
