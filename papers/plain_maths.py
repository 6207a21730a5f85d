"""Formulas in plain text, for where no markup is read: letters, subjects, titles of windows.

`$O(n^2)$` becomes `O(n²)`. What cannot be read stands as its source without the dollars, as readers of arXiv know it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element, fromstring

from papers.formulas import Kind, Piece, may_hold_formulas, pieces_of
from papers.mathml import KEPT, mathml

_PLAIN = "0123456789+−=()aehijklmnoprstuvxβγρφχ"
_LOW = dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_HIGH = dict(
    zip("0123456789+−=()abcdefghijklmnoprstuvwxyz′*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ′*", strict=True)
)
_WORD = re.compile(r"[^\W\d_]{2}")
_BRACES = frozenset("⏟⏞⎵⎴")
_ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "―": "\u0304", "˙": "\u0307", "→": "\u20d7"}
_SPACED = frozenset("=≠<>≤≥≈∼≃≡∝∈∉⊂⊆→←⇒⇔×")


def plain(text: str) -> str:
    """The text with its formulas as characters. In time linear to the text."""
    return "".join(map(_shown, pieces_of(text))) if may_hold_formulas(text) else text[:]  # never marked as safe


def _shown(piece: Piece) -> str:
    if piece.kind == Kind.TEXT:
        return piece.source
    if piece.kind == Kind.DOLLAR:
        return "$"
    return _formula(" ".join(piece.body.split()))


@lru_cache(KEPT)
def _formula(body: str) -> str:
    markup = mathml(body)
    return _text(fromstring(f"<math>{markup}</math>")) if markup else body


def _text(element: Element) -> str:
    """An element and what it holds, in one line."""
    children = [_text(child) for child in element]
    match element.tag:
        case "msub" | "munder":
            return children[0] + _low(children[1])
        case "msup":
            return children[0] + _high(children[1])
        case "mover":
            return _accented(*children)
        case "msubsup" | "munderover":
            return children[0] + _low(children[1]) + _high(children[2])
        case "mfrac":
            return "/".join(map(_one, children))
        case "msqrt":
            return f"√{_one(''.join(children))}"
        case "mroot":
            return f"{_high(children[1]).removeprefix('^')}√{_one(children[0])}"
        case "mtr":
            return ", ".join(children)
        case "mtable":
            return "; ".join(children)
        case "mspace":
            return " "
    return _row(element, children) if children else element.text or ""


def _row(element: Element, children: Iterable[str]) -> str:
    """Signs side by side; relations have space around them, if something stands there."""
    texts = (
        f" {text} " if child.tag == "mo" and text in _SPACED else f"{text} " if text == "," else text
        for child, text in zip(element, children, strict=True)
    )
    return " ".join("".join(texts).split())


def _low(text: str) -> str:
    if not text or text in _BRACES:
        return ""
    return _all(text, _LOW) or f"_{_one(text)}"


def _high(text: str) -> str:
    if not text or text in _BRACES:
        return ""
    return _all(text, _HIGH) or f"^{_one(text)}"


def _all(text: str, signs: dict[str, str]) -> str:
    """The text in other signs, where each has one and it is no word; else nothing."""
    small = [signs.get(sign, "") for sign in text.replace(" ", "")]
    return "" if "" in small or _WORD.search(text) else "".join(small)


def _accented(base: str, accent: str) -> str:
    """A letter with its accent; what is longer goes without, since only one letter would have it."""
    if accent not in _ACCENTS:
        return base + _high(accent)
    return unicodedata.normalize("NFC", base + _ACCENTS[accent]) if len(base) == 1 else base


def _one(text: str) -> str:
    """The text in brackets, unless nobody would read it otherwise than as one."""
    return text if len(text) < 2 or text.replace(".", "").isalnum() else f"({text})"
