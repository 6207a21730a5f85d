"""What looks like a number and is none to be compared: addresses, references, dates, versions and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from papers.checks.languages.counting import Counting

GAP = "\x00"
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("−"): "-",
    ord("～"): "〜",
    ord("\u00a0"): " ",
}

_NOWHERE = (
    r"https?://[!-~]+|www\.[!-~]+|arXiv:\s?[0-9.v]+|[A-Za-z0-9_.-]+@[A-Za-z0-9-]+\.[A-Za-z.]+"
    r"|\[[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3})*\]"  # reference marks
    r"|\((?:p{1,2}|pages?)\.?\s?[^()]{0,40}\)"
    r"|(?<![0-9])[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"  # dates
    r"|(?:(?<=^)|(?<=[\s、。;:(（]))\(?[1-9]\)(?=\s?\S)"  # 1) of a list; the bracket may be closed only
    r"|(?<![0-9.])[0-9]+(?:\.[0-9]+){2,}"  # versions and sections
    r"|\\(?:small|left|right)(?![a-z])|\\[,;!]"
)
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)*)"  # of a page, table or section
_NAME = (
    r"(?P<name>(?<![A-Za-z0-9$\\])[A-Za-z][A-Za-z.@_+-]*[0-9][A-Za-z0-9]*(?:[-._/@][A-Za-z0-9]+)*(?![%0-9]))"
    r"|(?P<like>(?<![A-Za-z0-9.,])[0-9]+(?:\.[0-9]+)?-?[ACDEFGV-Zd](?![A-Za-z0-9]))"  # 3D, 5G
)


@cache
def _pattern(counting: Counting) -> re.Pattern[str]:
    parts = [_NOWHERE, _NAME]
    if counting.references:
        parts.append(
            rf"(?<![A-Za-z一-鿿가-힣])(?:{counting.references})\s?\(?{_NUMBER}[a-z]?(?![0-9%]|\.[0-9])"
            rf"(?:\s?(?:and|–|-|と|〜)\s?{_NUMBER}[a-z]?(?![0-9%]))*\)?(?!\s?(?:%|[a-z]illion))"
        )
    if counting.referred:
        parts.append(rf"(?<![0-9.,])[0-9]+(?:\.[0-9]+)*\s?(?:{counting.referred})")
    if counting.numbered:
        parts.append(rf"(?<![0-9.,]){_NUMBER}\s?(?:{counting.numbered})")
    return re.compile("|".join(parts), re.MULTILINE)


def masked(text: str, counting: Counting) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text with gaps of the same length, and the names that were left out with their places."""
    names: list[tuple[int, str]] = []

    def gap(found: re.Match[str]) -> str:
        if name := found["name"] or found["like"]:
            names.append((found.start(), name))
        return GAP * len(found[0])

    return _pattern(counting).sub(gap, text), tuple(names)


def numbers_in(name: str) -> Iterator[re.Match[str]]:
    """The numbers of a name: 2.5 and 72B of Qwen2.5-72B."""
    return re.finditer(r"[0-9]+(?:\.[0-9]+)?(?P<scale>[KMBT](?![A-Za-z]))?", name)
