"""What a week's own texts draw on: its papers as their newest drafts have them, and what the list says of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models.fields.json import KeyTextTransform

from papers.models import PaperPage
from papers.paper import Paper

if TYPE_CHECKING:
    from weekly.models.weeks import WeekEntry

_ORIGINALS = ("title", "abstract", "listed_note")
_TOLD = ("title_translated", "summary")
_NAMES = (*_ORIGINALS, *_TOLD)


def drawn_from(entries: Iterable[WeekEntry]) -> tuple[tuple[Paper, ...], str]:
    """A paper for each entry, with all that is known of it in its own language; and what readers are told of them.

    One query, however many entries there are.
    """
    entries = list(entries)
    texts = _newest_texts({entry.paper_id for entry in entries if entry.paper_id})
    papers, told = [], []
    for entry in entries:
        known = texts.get(entry.paper_id, {})
        said = (entry.title, entry.note, *(known.get(name, "") for name in _ORIGINALS[1:]))
        papers.append(Paper(known.get("title") or entry.title, abstract="\n".join(dict.fromkeys(filter(None, said)))))
        told += [known.get(name, "") for name in _TOLD]
    return tuple(papers), "\n".join(filter(None, told))


def _newest_texts(pages: Iterable[int]) -> dict[int, dict[str, str]]:
    """The texts of papers by page, from the newest draft's JSON where it differs: pages are not made for this."""
    drafts = (KeyTextTransform(name, "latest_revision__content") for name in _NAMES)
    rows = PaperPage.objects.filter(pk__in=pages).values_list("pk", "has_unpublished_changes", *_NAMES, *drafts)
    count = len(_NAMES)
    return {
        pk: dict(zip(_NAMES, [text or "" for text in (texts[count:] if is_changed else texts[:count])], strict=True))
        for pk, is_changed, *texts in rows
    }
