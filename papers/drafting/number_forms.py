"""Large numbers in languages that count in ten-thousands, worked out here because models slip a power of ten.

"34 billion" ⇒ 340億, "3 to 34 billion" ⇒ 30億〜340億. Names such as LLaMA-7B keep their spelling and are passed over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class _Counting:
    """Words for 10⁴, 10⁸ and 10¹², what stands between two groups, in a range, and between the items of a list.

    `decimal_top`: from 10¹² on a decimal fraction of the highest word is usual (1.76万亿).
    """

    units: tuple[str, str, str]
    joint: str
    between: str
    comma: str
    decimal_top: bool = False


_COUNTING: Mapping[str, _Counting] = {
    "ja": _Counting(("万", "億", "兆"), "", "〜", "、"),
    "ko": _Counting(("만", "억", "조"), " ", "~", ", "),
    "zh": _Counting(("万", "亿", "万亿"), "", "至", "、", decimal_top=True),
    "zh-hant": _Counting(("萬", "億", "兆"), "", "至", "、"),
}

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "M": 6, "B": 9, "T": 12}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_TO = r"(?:\s*[-–—]\s*|\s+to\s+)"
# 7 T is a magnet's field, so a bare T counts only before what models are counted in.
_LETTER = r"(?:[MB]|T(?=[\s-]*(?:tokens?|param|words)))"

_IN_WORDS = (
    rf"(?P<numbers>(?:between\s+{_NUMBER}\s+and\s+|(?:{_NUMBER},\s*)*{_NUMBER}(?:,?\s+(?:and|or)\s+|{_TO}))?{_NUMBER})"
    r"[\s-]*(?P<word>thousand|million|billion|trillion)\b"
)
_IN_LETTERS = rf"(?:(?P<low>{_NUMBER})(?P<low_letter>{_LETTER}){_TO})?(?P<high>{_NUMBER})(?P<letter>{_LETTER})"
_QUANTITY = re.compile(rf"(?<![\w.,-])(?:{_IN_WORDS}|{_IN_LETTERS}(?![\w%]|-[A-Z0-9]))", re.ASCII)
_RANGE = re.compile(rf"between|{_TO}")

# A word with a capital before “67B” makes it a name (DeepSeek 67B), unless it only begins a sentence.
_NAME_BEFORE = re.compile(
    r"(?<!\S)(?!(?:The|An?|Our|Their|All|Both|These|Those|With|From|To|At|Of|On|Over|About|For|In|By|Only|Using|And)\s)"
    r"[A-Z]\S*\s$"
)
_REFERENCE_BEFORE = re.compile(r"(?:Tables?|Figures?|Figs?\.|Sections?|Secs?\.|Eqs?\.)\s$")


def number_forms(text: str, language: str, limit: int = 16) -> list[tuple[str, str]]:
    """Pairs of (words of the text, form in the language), the most frequent first; none for other languages."""
    counting = _counting(language)
    if counting is None:
        return []
    matches = list(_quantities(text))
    found = {_said(match): match for match in matches}
    counts = Counter(map(_said, matches))
    pairs = ((said, _form(found[said], counting)) for said, _ in counts.most_common())
    return [(said, form) for said, form in pairs if form][:limit]


def _counting(language: str) -> _Counting | None:
    tag = language.lower()
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk")):
        return _COUNTING["zh-hant"]
    return _COUNTING.get(tag.split("-")[0])


def _said(match: re.Match[str]) -> str:
    return " ".join(match[0].split())


def _quantities(text: str) -> Iterator[re.Match[str]]:
    for found in _QUANTITY.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if not _REFERENCE_BEFORE.search(before) and (found["word"] or not _NAME_BEFORE.search(before)):
            yield found


def _form(found: re.Match[str], counting: _Counting) -> str:
    if found["word"]:
        parts = [(number, found["word"]) for number in re.findall(_NUMBER, found["numbers"])]
    else:
        parts = [(found["low"], found["low_letter"]), (found["high"], found["letter"])]
    forms = [_spelled(number, scale, counting) for number, scale in parts if number]
    if not all(forms):
        return ""
    is_range = len(forms) == 2 and _RANGE.search(found[0])
    return (counting.between if is_range else counting.comma).join(forms)


def _spelled(number: str, scale: str, counting: _Counting) -> str:
    """A whole number by groups of four digits: 1.76 trillion ⇒ 1兆7600億. Empty below 10,000 or for a fraction."""
    value = Decimal(number.replace(",", "")) * 10 ** _SCALES[scale]
    if value != int(value) or value < 10_000:
        return ""
    if counting.decimal_top and value >= 10**12:
        return f"{(value / 10**12).normalize():f}{counting.units[-1]}"
    return counting.joint.join(_groups(int(value), counting.units))


def _groups(value: int, units: tuple[str, ...]) -> list[str]:
    groups: list[str] = []
    for unit in ("", *units[:-1]):
        value, group = divmod(value, 10_000)
        groups += [f"{group}{unit}"] if group else []
    groups += [f"{value}{units[-1]}"] if value else []
    return groups[::-1]
