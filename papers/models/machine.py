"""What machines wrote, kept beside what stands, so that editors see what changed and a report how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class MachineTextQuerySet(models.QuerySet):
    def remember(self, page_id: int, place: str, value: Any, stamp: Mapping[str, Any]) -> None:
        """Keep a text that a machine has put into a page. `stamp` holds `hash`, `prompt`, `model`, `run`."""
        fields = {
            "place": place,
            "value": value,
            "model": stamp.get("model") or stamp.get("backend", ""),
            "prompt": stamp.get("prompt", ""),
            "backend": stamp.get("backend", ""),
            "run": stamp.get("run"),
        }
        self.update_or_create(page_id=page_id, hash=stamp["hash"], place=place, defaults=fields)


class MachineText(models.Model):
    """`place` is a field's name or `qa`; `value` the text, or a Q&A's raw value; `hash` as in its provenance."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="machine_texts")
    run = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=100)
    hash = models.CharField(max_length=16)
    value = models.JSONField()
    backend = models.CharField(max_length=50, blank=True)
    model = models.CharField(max_length=200, blank=True)
    prompt = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager.from_queryset(MachineTextQuerySet)()

    class Meta:
        verbose_name = _("machine text")
        verbose_name_plural = _("machine texts")
        constraints = [
            models.UniqueConstraint(fields=["page", "place", "hash"], name="papers_one_machine_text_per_hash")
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.place}"

    @property
    def stamp(self) -> dict[str, Any]:
        """The provenance of a text that is just this one."""
        return {"backend": self.backend, "model": self.model, "prompt": self.prompt, "run": self.run, "hash": self.hash}
