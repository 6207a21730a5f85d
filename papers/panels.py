"""What the editor of a paper shows beside Wagtail's own: languages, provenance, and what is wrong with a Q&A."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter

from papers.blocks import QABlock, is_untouched
from papers.messages import notice_text

# The review desk's scripts and styles in the order in which they are loaded; desk.js is what all after it build on.
DESK_SCRIPTS = (
    "papers/saving.js",
    "papers/desk.js",
    "papers/states.js",
    "papers/verdicts.js",
    "papers/review.js",
    "papers/headings.js",
    "papers/citations.js",
    "papers/evidence.js",
    "papers/redraft.js",
    "papers/changes.js",
)
DESK_STYLES = (
    "papers/desk.css",
    "papers/review.css",
    "papers/evidence.css",
    "papers/redraft.css",
    "papers/changes.css",
)


def languages_of(page: Any) -> tuple[str, str]:
    """The readers' language and the paper's; empty where a new page has none yet."""
    return page.locale.language_code if page.locale_id else "", getattr(page, "source_language", "")


class TextPanel(FieldPanel):
    """A field that says in which language its text is: the readers', or with `original` the paper's."""

    def __init__(self, field_name: str, original: bool = False, **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.original = original

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "original": self.original}

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is not None:
                readers, paper = languages_of(self.instance)
                self.bound_field.field.widget.attrs["lang"] = paper if self.panel.original else readers


class QAPanel(FieldPanel):
    """The Q&As; their fields get their languages from the panel, since a block knows no page."""

    class BoundPanel(FieldPanel.BoundPanel):
        @property
        def attrs(self) -> dict[str, str]:
            readers, paper = languages_of(self.instance)
            return {**self.panel.attrs, "data-readers-lang": readers, "data-paper-lang": paper}


class OverridePanel(FieldPanel):
    """The reason for an override; it is asked for where publishing was refused and a reason would help."""

    def __init__(self, field_name: str = "override_reason", **kwargs: Any) -> None:
        super().__init__(field_name, **{"disable_comments": True, **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return super().is_shown() and self.form.asks_for_reason


class ReviewPanel(Panel):
    """The head of the review desk: a counter that stays in sight, and the data for the desk's scripts."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "papers/admin/review_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            readers, paper = languages_of(self.instance)
            return {**super().get_context_data(parent_context), "readers_lang": readers, "paper_lang": paper}

        @property
        def media(self) -> forms.Media:
            styles = [versioned_static(name) for name in DESK_STYLES]
            return forms.Media(js=[versioned_static(name) for name in DESK_SCRIPTS], css={"all": styles})


class ProvenancePanel(Panel):
    """Which machine drafted what, and whether it still stands so. For reading only."""

    def __init__(self, fields: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = fields

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "fields": self.fields}

    class BoundPanel(Panel.BoundPanel):
        template_name = "papers/admin/provenance_panel.html"

        def is_shown(self) -> bool:
            return bool(self.rows or self.note)

        @cached_property
        def note(self) -> str:
            return notice_text(self.instance.source_note)

        @cached_property
        def rows(self) -> list[dict[str, Any]]:
            """Where, by which machine, and whether nobody has changed it since."""
            return [row for row in (*self._fields(), *self._blocks()) if row["backend"]]

        def _fields(self) -> Iterator[dict[str, Any]]:
            for name in self.panel.fields:
                label = self.instance._meta.get_field(name).verbose_name
                yield _row(label, self.instance.provenance.get(name, {}), self.instance.is_untouched(name))

        def _blocks(self) -> Iterator[dict[str, Any]]:
            for number, block in enumerate(self.instance.qa, start=1):
                label = _("question %(number)d") % {"number": number}
                yield _row(label, block.value["provenance"], is_untouched(block.value))


def _row(label: Any, stamp: Any, untouched: bool) -> dict[str, Any]:
    named = {name: stamp.get(name) or "" for name in ("backend", "model", "prompt")}
    return {"label": label, **named, "untouched": untouched}


class QABlockAdapter(StructBlockAdapter):
    """A Q&A whose heading says when its answer is empty or its quotes were not found in the paper."""

    js_constructor = "papers.QABlock"

    def js_args(self, block: QABlock) -> list[Any]:
        name, children, meta = super().js_args(block)
        texts = {"empty": _("empty answer"), "unverified": _("quotes not found in the paper:")}
        return [name, children, {**meta, "texts": texts}]

    @cached_property
    def media(self) -> forms.Media:
        files = forms.Media(
            js=[versioned_static("papers/editor.js")], css={"all": [versioned_static("papers/editor.css")]}
        )
        return super().media + files


register(QABlockAdapter(), QABlock)
