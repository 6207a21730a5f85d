"""How long a page takes to read, in whole minutes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from typing import Any

from papers.formulas import Kind, pieces_of

# Silent reading of non-fiction: 238 words of English a minute (Brysbaert 2019, a meta-analysis of 190 studies); of
# Japanese 500 characters and of Korean about as many, at the middle of what is measured for adults.
WORDS = 238
SIGNS = 500
FORMULA = 3  # words that a formula takes as long as

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_WORD = re.compile(r"[^\W_][\w'’.-]*")


def minutes_of(page: Any, questions: Iterable[tuple[str, Any]] = ()) -> int:
    """What a page's readers read in their own language; where an answer was not translated, the paper's words."""
    return minutes(_texts(page, questions))


def minutes(texts: Iterable[str]) -> int:
    """Whole minutes, at least one."""
    return max(1, ceil(sum(map(_minutes, texts))))


def _minutes(text: str) -> float:
    pieces = list(pieces_of(text))
    words = FORMULA * sum(piece.kind in (Kind.INLINE, Kind.DISPLAY) for piece in pieces)
    prose = " ".join(piece.source for piece in pieces if piece.kind == Kind.TEXT)
    spaced, runs = _CJK.subn(" ", prose)  # one space for a run of signs
    signs = len(prose) - len(spaced) + runs
    return (words + len(_WORD.findall(spaced))) / WORDS + signs / SIGNS


def _texts(page: Any, questions: Iterable[tuple[str, Any]]) -> list[str]:
    fields = [getattr(page, name) for name in page.readable]
    if not getattr(page, "abstract_translated", True):
        fields.append(page.abstract)
    values = [block.value for _key, block in questions]
    return [*fields, *(f"{value['question']}\n{value['answer'] or value['answer_original'] or ''}" for value in values)]
