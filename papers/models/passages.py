"""A paper's texts as checks see them, each with what it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from papers.checks.base import Item, Kind, Passage
from papers.drafting.base import Citation

if TYPE_CHECKING:
    from papers.models.pages import PaperPage


def texts_of(page: PaperPage) -> tuple[Passage, ...]:
    """The drafted fields that are not empty."""
    note = page.abstract or page.listed_note
    texts = (
        Passage("title_translated", page.title_translated, Kind.TITLE, source=page.title, translates=True),
        Passage("summary", page.summary, Kind.LINE, source=note),
        Passage("abstract_translated", page.abstract_translated, source=page.abstract, translates=True),
    )
    return tuple(text for text in texts if text.text.strip())


def items_of(page: PaperPage) -> tuple[Item, ...]:
    """The Q&As, numbered as editors see them."""
    return tuple(_item(number, block) for number, block in enumerate(page.qa, start=1))


def _item(number: int, block: Any) -> Item:
    value = block.value
    quotes = (Citation(c["page"], c["quote"] or "", bool(c["verified"])) for c in value["citations"])
    original = value["answer_original"] or ""
    return Item(
        number,
        Passage("question", value["question"], Kind.QUESTION, block.id or "", source=value["question_original"] or ""),
        Passage("answer", value["answer"], Kind.ANSWER, block.id or "", source=original),
        tuple(quote for quote in quotes if quote.quote.strip()),
        original,
    )
