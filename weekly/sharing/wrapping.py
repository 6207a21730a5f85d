"""Breaks a title into lines of a picture, as the language would: Latin and Korean words stay whole."""

from __future__ import annotations

import re
from collections.abc import Callable

Width = Callable[[str], float]

# A word with the space before it, or one character of a script that is written without spaces.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_PIECES = re.compile(rf"\s*(?:[{_CJK}]|[^\s{_CJK}]+)")
# What begins no line stands with the character before it, what ends none with the one behind.
_NO_BEGIN = "、。，．,.!?！？:;：；・ー…）」』】〉》〕)]}’”%％々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ"
_NO_END = "（「『【〈《〔([{‘“"


def wrap(text: str, width: float, measure: Width) -> list[str]:
    """Lines no wider than `width`, in whatever unit `measure` gives; a word that is wider by itself is cut."""
    lines = [""]
    for piece in pieces(text):
        if measure(lines[-1] + piece) <= width:
            lines[-1] += piece
            continue
        rest = piece.lstrip()
        lines += [""] if lines[-1] else []
        while measure(rest) > width and len(rest) > 1:
            cut = _longest(rest, width, measure)
            lines[-1], rest = rest[:cut], rest[cut:]
            lines.append("")
        lines[-1] = rest
    return [line for line in lines if line]


def pieces(text: str) -> list[str]:
    """What is not parted, in order."""
    found: list[str] = []
    for piece in _PIECES.findall(" ".join(text.split())):
        if found and (piece[0] in _NO_BEGIN or found[-1][-1] in _NO_END):
            found[-1] += piece
        else:
            found.append(piece)
    return found


def _longest(text: str, width: float, measure: Width) -> int:
    """How many characters fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= width else (low, middle - 1)
    return low


def shorten(lines: list[str], most: int, width: float, measure: Width) -> list[str]:
    """At most so many lines; the last one says by an ellipsis that more would follow."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + "…") > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" 、。,.") + "…"]
