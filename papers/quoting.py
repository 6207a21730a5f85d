"""Whether quotes stand in the paper is what the search says, whatever a form says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from papers.quotes import Found, QuoteIndex


def is_verified(found: Found | None) -> bool:
    """A quote counts as verified where it stands on the page that it names; one without a page, where it is found."""
    return found is not None and found.expected


def reverify(page: Any) -> None:
    """Set `verified` of each citation of a paper's page from the paper's text; one query where there are citations.

    Where the text is not at hand nothing can be searched: then a quote is what the newest draft says of the same one.
    """
    citations = [one for block in getattr(page, "qa", ()) for one in block.value["citations"]]
    if not citations:
        return
    pages = page.page_texts()
    if any(text.text.strip() for text in pages):
        _search(citations, QuoteIndex(pages))
    else:
        _remember(citations, page)


def _search(citations: list[Any], index: QuoteIndex) -> None:
    for one in citations:
        one["verified"] = is_verified(index.find(one["quote"] or "", one["page"]))


def _remember(citations: list[Any], page: Any) -> None:
    draft = page.get_latest_revision_as_object() if page.pk else None
    kept = [one for block in (draft.qa if draft else ()) for one in block.value["citations"]]
    verified = {_key(one) for one in kept if one["verified"]}
    for one in citations:
        one["verified"] = _key(one) in verified


def _key(citation: Mapping[str, Any]) -> tuple[Any, str]:
    return citation["page"], (citation["quote"] or "").replace("\r\n", "\n")
