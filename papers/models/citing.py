"""The references that a paper shares with other papers of its week: one pasted everywhere points nowhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Revision

from papers.checks.page_references import page_references

TEXTS = ("summary", "abstract_translated")


def cited_elsewhere(texts: Iterable[str], others: QuerySet) -> dict[str, int]:
    """How many of the other pages' newest drafts have each of these texts' references, where it names several places.

    One query, and none for texts without such a reference, which is nearly always.
    """
    own = {string for text in texts for string in _strings(text)}
    if not own:
        return {}
    drafts = Revision.objects.filter(pk__in=others.order_by().values("latest_revision"))
    counts: Counter[str] = Counter()
    for content in drafts.values_list("content", flat=True):
        counts.update(own & {string for text in _texts(content) for string in _strings(text)})
    return dict(counts)


def _strings(text: str) -> Iterator[str]:
    return (reference.text for reference in page_references(text) if len(reference.ranges) > 1)


def _texts(content: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a revision, from its JSON: pages are not made for this."""
    yield from (content.get(name) or "" for name in TEXTS)
    for block in json.loads(content.get("qa") or "[]"):
        yield from (block["value"].get(name) or "" for name in ("question", "answer"))
