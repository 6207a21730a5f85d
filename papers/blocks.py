"""Questions and answers as StreamField blocks, and the way from a draft to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from papers.drafting.base import QADraft
from papers.drafting.questions import LABELS


def text_hash(text: str) -> str:
    """A short hash of a text: equal hashes mean that nobody changed it since."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


# What the editor's form sends where the text beside it was approved; the form knows no hashes.
NOW = "now"


class CitationBlock(blocks.StructBlock):
    """A quote from the paper, in the paper's language."""

    page = blocks.IntegerBlock(required=False, min_value=1, label=_("page"))
    quote = blocks.TextBlock(required=False, rows=2, label=_("quote"))
    verified = blocks.BooleanBlock(
        required=False, label=_("found in the paper"), help_text=_("Set by the search in the paper's text.")
    )

    class Meta:
        icon = "openquote"
        label = _("citation")
        form_classname = "struct-block digest-citation"


class ProvenanceBlock(blocks.StructBlock):
    """What a machine wrote here: model, prompt version, run, the hash of its text, and why it stayed empty."""

    backend = blocks.CharBlock(required=False, label=_("backend"))
    model = blocks.CharBlock(required=False, label=_("model"))
    prompt = blocks.CharBlock(required=False, label=_("prompt version"))
    run = blocks.IntegerBlock(required=False, label=_("run"))
    hash = blocks.CharBlock(required=False, label=_("hash of the machine's text"))
    problem = blocks.CharBlock(required=False, label=_("why it is empty"))
    approved = blocks.CharBlock(required=False, label=_("hash of the text that an editor approved"))

    class Meta:
        icon = "cog"
        label = _("provenance")
        collapsed = True


class QABlock(blocks.StructBlock):
    """One question and its answer, with the originals where there are any."""

    kind = blocks.ChoiceBlock(choices=[(key, _(label)) for key, label in LABELS.items()], label=_("kind"))
    question = blocks.TextBlock(rows=2, label=_("question"))
    answer = blocks.TextBlock(
        required=False, rows=6, label=_("answer"), help_text=_("Plain text; a blank line starts a paragraph.")
    )
    question_original = blocks.TextBlock(required=False, rows=1, label=_("question in the paper's language"))
    answer_original = blocks.TextBlock(
        required=False,
        rows=3,
        label=_("answer in the paper's words"),
        help_text=_("A passage of the paper, word for word. Enough for publishing where there is no translation."),
    )
    citations = blocks.ListBlock(CitationBlock(), default=[], required=False, label=_("citations"))
    provenance = ProvenanceBlock(required=False, label=_("provenance"))

    class Meta:
        icon = "help"
        label = _("question and answer")
        template = "papers/blocks/qa.html"
        form_layout = blocks.BlockGroup(
            children=["question", "question_original", "answer", "answer_original", "citations"],
            settings=["kind", "provenance"],
        )
        form_classname = "struct-block digest-qa"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        answered = cleaned["answer"].strip() or cleaned["answer_original"].strip()
        if not answered and not self.is_deferred_validation:
            raise blocks.StructBlockValidationError(block_errors={"answer": ValidationError(_("The answer is empty."))})
        return cleaned


def qa_hash(value: Mapping[str, Any]) -> str:
    """The hash of what a person can change in a question, its answer and its quotes."""
    quotes = [f"{citation['page'] or ''} {citation['quote']}" for citation in value["citations"]]
    texts = [value[name] or "" for name in ("question", "answer", "answer_original")]  # older pages have None
    return text_hash("\x1f".join([*texts, *quotes]))


def approve_qas(stream: Iterable[Any]) -> None:
    """Note the hash of the text as it stands in each Q&A that the form calls approved."""
    for block in stream:
        if block.value["provenance"]["approved"] == NOW:
            block.value["provenance"]["approved"] = qa_hash(block.value)


def with_plain_newlines(value: Any) -> Any:
    """A form's text, or all texts of its Q&As, with LF as the machine writes it; other values as they are."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, blocks.StreamValue):
        for child in value:
            with_plain_newlines(child.value)
    elif isinstance(value, blocks.StructValue):
        value.update({name: with_plain_newlines(one) for name, one in value.items()})
    elif isinstance(value, ListValue):
        for one in value:
            with_plain_newlines(one)
    return value


def is_untouched(value: Mapping[str, Any]) -> bool:
    """Whether a Q&A still stands as the machine wrote it."""
    return bool(value["provenance"]["hash"]) and value["provenance"]["hash"] == qa_hash(value)


def qa_value(draft: QADraft, provenance: Mapping[str, Any]) -> dict[str, Any]:
    """The block's raw value for a drafted Q&A."""
    value: dict[str, Any] = {
        "kind": draft.kind,
        "question": draft.question,
        "answer": draft.answer,
        "question_original": draft.question_original,
        "answer_original": draft.answer_original,
        "citations": [{"page": c.page, "quote": c.quote, "verified": c.verified} for c in draft.citations],
    }
    value["provenance"] = {**provenance, "hash": qa_hash(value), "problem": draft.problem}
    return value
