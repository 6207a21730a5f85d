"""What a finding's card shows of a text: the marked words, short enough to read, and what applying would do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

AROUND = 24  # characters of context on either side of a marked excerpt
LONGEST = 80  # characters of marked words, or of a suggestion, that are shown


@dataclass(frozen=True)
class Swap:
    """A sign that a suggestion exchanges for another, and nothing else; `places` are offsets in the marked text."""

    old: str
    new: str
    places: tuple[int, ...]


def swap_of(marked: str, suggestion: str | None) -> Swap | None:
    """The one swap that a suggestion comes down to, such as full stops; None for any other suggestion."""
    if suggestion is None or len(suggestion) != len(marked):
        return None
    pairs = [(old, new, at) for at, (old, new) in enumerate(zip(marked, suggestion, strict=True)) if old != new]
    if len(pairs) < 2 or len({pair[:2] for pair in pairs}) > 1 or pairs[0][0].isalnum():
        return None
    return Swap(*pairs[0][:2], tuple(at for *_signs, at in pairs))


def excerpt(text: str, start: int, end: int, suggestion: str | None) -> dict[str, str]:
    """`marked` is what the finding is about; `shown` what of it is shown, with what stands `before` and `after`."""
    marked = text[start:end]
    if swap := swap_of(marked, suggestion):  # the first place stands for all
        start += swap.places[0]
        end = start + 1
    first, last = max(0, start - AROUND), end + AROUND
    return {
        "marked": marked,
        "shown": shortened(text[start:end]),
        "before": ("…" if first else "") + text[first:start],
        "after": text[end:last] + ("…" if last < len(text) else ""),
    }


def offer(marked: str, suggestion: str | None) -> str:
    """What the button says that applies a suggestion to a text; empty where there is nothing to apply."""
    if suggestion is None or not marked:
        return ""
    if swap := swap_of(marked, suggestion):
        params = {"old": swap.old, "new": swap.new, "count": len(swap.places)}
        return _("Replace “%(old)s” by “%(new)s” in %(count)d places") % params
    if not suggestion:
        return _("Take it out")
    return _("Replace by “%(text)s”") % {"text": shortened(suggestion)}


def shortened(text: str) -> str:
    """A long text's beginning and end."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
