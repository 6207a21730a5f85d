"""Places: where in a page a text stands, as a path. `summary`, or `qa.<block id>.answer`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from papers.blocks import text_hash

QA_PARTS = {
    "question": gettext_lazy("question"),
    "answer": gettext_lazy("answer"),
    "answer_original": gettext_lazy("answer in the paper's words"),
}


def block_of(place: str) -> str:
    """The id of the question that a place lies in; empty for a place of the page itself."""
    return place.split(".")[1] if place.startswith("qa.") else ""


def read_place(page: Any, place: str) -> str | None:
    """The text at a place of this version of a page; None where its block is gone or the page has no such place."""
    holder, name = _holder(page, place)
    if holder is None:
        return None
    return holder[name] or "" if place.startswith("qa.") else getattr(holder, name)


def write_place(page: Any, place: str, old: str, new: str) -> bool:
    """Write a place's text anew on this instance; False, and nothing written, where `old` does not stand there."""
    standing = read_place(page, place)
    if standing is None or text_hash(standing) != text_hash(old):
        return False
    holder, name = _holder(page, place)
    if place.startswith("qa."):
        holder[name] = new
    else:
        setattr(holder, name, new)
    return True


def place_label(page: Any, place: str) -> str:
    """A place in words, such as “Question 3, answer”; the path itself where its block is gone."""
    if not place.startswith("qa."):
        return page.place_name(place) if place else ""
    _qa, block_id, part = place.split(".")
    if all(block.id != block_id for block in page.qa):
        return place
    where = page.place_name(f"qa.{block_id}")
    return _("%(place)s, %(part)s") % {"place": where, "part": QA_PARTS[part]}


def _holder(page: Any, place: str) -> tuple[Any, str]:
    """What holds the text of a place, and its name there: a page or a block."""
    block_id, _dot, name = place.removeprefix("qa.").partition(".") if place.startswith("qa.") else ("", "", place)
    if not block_id:
        return (page, name) if name in page.readable else (None, name)
    if name not in QA_PARTS:
        return None, name
    return next((block.value for block in getattr(page, "qa", ()) if block.id == block_id), None), name
