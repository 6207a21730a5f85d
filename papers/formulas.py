r"""Where a plain text has formulas: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, as arXiv's abstracts have them.

Dollars are money as well. What a pair of them encloses is a formula unless it reads like prices or like words;
a dollar that belongs to no formula stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# What a formula can begin or end with. Any other escaped sign is none of these, a line's end `\\[2pt]` least of all.
_SIGN = re.compile(r"\\.|\$", re.DOTALL)
_CLOSES = {r"\(": r"\)", r"\[": r"\]"}
_SIGNS = frozenset(["$", r"\$", *_CLOSES, *_CLOSES.values()])
_TEX = re.compile(r"[\\^_{]")
_SPACED_TEX = re.compile(r"=|\w\(")  # tells `$ O(n) $` from money
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
# Where words are no words of a sentence: a command with what it is told, and what stands in braces.
_GROUP = re.compile(r"\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})?|\{[^{}]*\}")
_BRACKETS = re.compile(r"\([^()]*\)|（[^（）]*）")
_EAST = r"\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # kana, kanji, hangul
_WORD = re.compile(rf"(?<![A-Za-z0-9_])[A-Za-z]{{2,}}(?![A-Za-z0-9(_])|[{_EAST}]+")
_EASTERN = re.compile(f"[{_EAST}]")
# A whole clause of Japanese is one word. What tells it from names as in `$損失 = 重み$`: punctuation, a particle,
# hiragana that ends no word, a bracket closed elsewhere, two words that only space parts, or a clause's end.
_CLAUSE = re.compile(
    rf"[、。「」(（はがをにのでとも]|(?<![{_EAST}])[ぁ-ゟ]|[{_EAST}]\s+[{_EAST}]|[{_EAST}]\s*[.,!?;:，．！？；：]\s*\Z"
)
FUNCTIONS = frozenset(
    ["arg", "cos", "det", "exp", "gcd", "inf", "lim", "log", "ln", "max", "min", "mod", "sin", "sup", "tan"]
)
_SENTENCE = 3  # words
_NESTED = 4  # dollars that a formula may hold in its braces, as in `\text{if $x$}`, and braces in braces


class Kind(StrEnum):
    TEXT = "text"
    INLINE = "inline"
    DISPLAY = "display"
    DOLLAR = "dollar"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. `source` is as it was written; `body` is the formula without its signs."""

    kind: Kind
    source: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class _Sign:
    start: int
    text: str


def may_hold_formulas(text: str) -> bool:
    """Whether it is worth taking a text to pieces: most texts have no sign of a formula, which is told at once."""
    return "$" in text or "\\" in text


def pieces_of(text: str) -> Iterator[Piece]:
    """The text in pieces whose sources make up the text again. In linear time, whatever the text is."""
    signs = [_Sign(found.start(), found[0]) for found in _SIGN.finditer(text) if found[0] in _SIGNS]
    done = number = 0
    while number < len(signs):
        piece, used = _piece_at(text, signs, number)
        number += used
        if piece is None:
            continue
        start = signs[number - used].start
        if start > done:
            yield Piece(Kind.TEXT, text[done:start])
        yield piece
        done = start + len(piece.source)
    if done < len(text):
        yield Piece(Kind.TEXT, text[done:])


def beginning(text: str, length: int) -> str:
    """A text's first characters, with an ellipsis where more follow. A formula is in or out as a whole."""
    if len(text) <= length:
        return text
    room, kept = length - 1, []
    for piece in pieces_of(text):
        if len(piece.source) > room:
            kept.append(piece.source[:room] if piece.kind == Kind.TEXT else "")
            break
        kept.append(piece.source)
        room -= len(piece.source)
    return f"{''.join(kept).rstrip()}…"


def depth_of(formula: str) -> int:
    """How many braces are open at a formula's end; less than none where too many are closed."""
    braces = [found[1] for found in _BRACE.finditer(formula)]
    return braces.count("{") - braces.count("}")


def _piece_at(text: str, signs: list[_Sign], number: int) -> tuple[Piece | None, int]:
    """What a sign begins, None where it begins nothing, and how many signs that takes."""
    sign = signs[number]
    if sign.text == r"\$":
        return Piece(Kind.DOLLAR, sign.text, "$"), 1
    if sign.text in _CLOSES:
        return _explicit(text, signs, number)
    if sign.text == "$":
        return _doubled(text, signs, number) or _single(text, signs, number) or (None, 1)
    return None, 1


def _explicit(text: str, signs: list[_Sign], number: int) -> tuple[Piece | None, int]:
    r"""`\(…\)` and `\[…\]`: nothing else is written so."""
    opens, closes = signs[number], signs[number + 1 : number + 2]
    if not closes or closes[0].text != _CLOSES[opens.text]:
        return None, 1
    body = text[opens.start + 2 : closes[0].start]
    kind = Kind.INLINE if opens.text == r"\(" else Kind.DISPLAY
    return (Piece(kind, f"{opens.text}{body}{closes[0].text}", body), 2) if body.strip() else (None, 1)


def _doubled(text: str, signs: list[_Sign], number: int) -> tuple[Piece, int] | None:
    """`$$…$$`."""
    if not _is_double(signs, number):
        return None
    end = _next_dollar(signs, number + 2)
    if end is None or not _is_double(signs, end):
        return None
    body = text[signs[number].start + 2 : signs[end].start]
    words = _words(body)
    if not body.strip() or words >= _SENTENCE or (words and not _TEX.search(body)) or _is_clause(body):
        return None
    return Piece(Kind.DISPLAY, f"$${body}$$", body), end + 2 - number


def _single(text: str, signs: list[_Sign], number: int) -> tuple[Piece, int] | None:
    """`$…$`."""
    end = _end_of_single(text, signs, number)
    if end is None:
        return None
    start, stop = signs[number].start, signs[end].start
    body = text[start + 1 : stop]
    if not _is_formula(body, text[start - 1 : start], text[stop + 1 : stop + 2]):
        return None
    return Piece(Kind.INLINE, f"${body}$", body), end + 1 - number


def _end_of_single(text: str, signs: list[_Sign], number: int) -> int | None:
    """The dollar that ends a formula: the next one, or one of those after it where that stands in open braces."""
    first = end = _next_dollar(signs, number + 1)
    for _nested in range(_NESTED):
        if end is None or depth_of(text[signs[number].start + 1 : signs[end].start]) <= 0:
            return end or first
        end = _next_dollar(signs, end + 1)
    return first


def _is_double(signs: list[_Sign], number: int) -> bool:
    """Whether two dollars stand side by side."""
    pair = signs[number : number + 2]
    return len(pair) == 2 and pair[1].text == "$" and pair[1].start == pair[0].start + 1


def _next_dollar(signs: list[_Sign], number: int) -> int | None:
    return next((later for later in range(number, len(signs)) if signs[later].text == "$"), None)


def _is_formula(body: str, before: str, after: str) -> bool:
    """Whether what stands between two dollars is a formula; `before` and `after` are the signs beside the dollars."""
    words = _words(body)
    is_priced = body[:1].isdigit() or before.isdigit() or after.isdigit()
    if not body.strip() or words >= _SENTENCE or (words and is_priced) or _is_clause(body):
        return False
    if _TEX.search(body):
        return True
    spaces = body[0].isspace() + body[-1].isspace()
    spaced = spaces == 1 or (spaces == 2 and not _SPACED_TEX.search(body))
    currency = before.isalpha() and before.isascii() and body[0].isdigit()  # US$5
    amount = before.isdigit() and not body[0].isalpha()  # 5$-10$
    return not (spaced or after.isdigit() or currency or amount)


def _words(body: str) -> int:
    found = _WORD.findall(_without(_GROUP, body))
    return sum(word not in FUNCTIONS for word in found)


def _is_clause(body: str) -> bool:
    """Whether Japanese or Korean stands there as in a sentence, not as a formula's names."""
    bare = _without(_GROUP, body) if _EASTERN.search(body) else ""
    if not _EASTERN.search(bare):
        return False
    return body[0].isspace() != body[-1].isspace() or bool(_CLAUSE.search(_without(_BRACKETS, bare)))


def _without(groups: re.Pattern[str], body: str) -> str:
    """What stands outside the groups, each of which leaves a mark, lest its neighbours become one word or two."""
    for _depth in range(_NESTED):
        body, found = groups.subn("\0", body)
        if not found:
            break
    return body
