"""Reading the quantities of a text. Measured on labelled pairs; see docs/checks.md for what it leaves out, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache, lru_cache

from papers.checks.languages import language_of
from papers.checks.languages.counting import Counting
from papers.checks.quantities.bounds import with_bound
from papers.checks.quantities.groups import grouped
from papers.checks.quantities.masking import FULL_WIDTH, masked, numbers_in
from papers.checks.quantities.model import Kind, Quantity
from papers.checks.quantities.numerals import DIGITS, LETTERS, alternatives, numeral, value_of

_NEVER = r"(?!)"
_SMALL = 10  # up to here a number before a counter is often a matter of style
_OFTEN_SCALED = 100  # 7000만 is 70 million, 5만 may be “just 5”
_YEARS = range(1900, 2036)
# A word with a capital before “67B” makes it a name (DeepSeek 67B), unless it only begins a sentence or is one that a
# title may begin with a capital: How Much Memory Do 3 to 34 Billion Parameters Need?
_NAME_BEFORE = re.compile(r"(?:^|(?<=[^A-Za-z-]))(?P<stem>[A-Za-z][A-Za-z-]*)\s$")
_PLAIN_CAPITAL = re.compile(r"[A-Z][a-z-]*")
_PLAIN_WORDS = re.compile(
    r"the|an?|our|their|all|both|these|those|with|from|to|at|of|on|over|about|for|in|by|only|using|and|or|between|under"
    r"|up|than|is|we|it|am|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must"
    r"|need(?:s|ed)?|require[sd]?|use[sd]?|take[sn]?|took|get|gets|got|make[s]?|made|gives?|gave|reach(?:es|ed)?"
    r"|train(?:s|ed|ing)?|learn(?:s|ed|ing)?|beats?|outperform(?:s|ed|ing)?|match(?:es|ed|ing)?|achiev(?:e|es|ed|ing)"
    r"|not|no|but|nor|if|as|so|per|via|vs|versus|into|onto|within|without|through|across|after|before|above|below|beyond"
    r"|around|nearly|almost|roughly|approximately|how|what|why|when|where|which|who|that|this|its|his|her|my|your|they"
    r"|you|us|any|some|every|each|many|much|more|most|least|less|fewer|few|first|last|next|other|top|every|while|during",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a text in the language of a BCP 47 tag, in its order; numbers in names come last."""
    counting = language_of(language).counting
    plain, names = masked(text.translate(FULL_WIDTH), counting)
    found = [q for match in _pattern(counting).finditer(plain) if (q := _quantity(match, plain, counting))]
    members = grouped(found, plain, counting)
    return tuple(with_bound(quantity, plain, counting) for quantity in members) + tuple(_in_names(names))


@cache
def _pattern(counting: Counting) -> re.Pattern[str]:
    number = numeral(counting)
    letters = r"(?<![A-Za-z])" if counting.words else ""
    several = alternatives(counting.severals) + r"(?![A-Za-z])" if counting.severals else _NEVER
    if counting.several:
        several = rf"(?:{counting.several})\s?{alternatives([*counting.small, *counting.large])}{{1,2}}"
    doubles = alternatives(counting.doubles) + (r"(?![A-Za-z])" if counting.words else "")
    return re.compile(
        rf"(?P<several>(?i:{letters}{several}))"
        rf"|(?P<half>(?i:{letters}(?:{counting.halves or _NEVER}){r'(?![A-Za-z])' if counting.words else ''}))"
        rf"|(?P<double>(?i:{letters}{doubles}))"
        rf"|(?P<month_name>\b{alternatives(counting.month_names)}(?=\s[0-9]))"
        rf"|(?P<portion>{_portion(counting)})"
        rf"|(?P<ratio>(?<![0-9/.])(?:1/{DIGITS}(?![0-9/])|{DIGITS}/{DIGITS}(?=\s(?:of|の))))"
        rf"|(?<![0-9]\.)(?P<numeral>{number})(?:{_unit(counting)})?",
    )


def _portion(counting: Counting) -> str:
    """“A quarter”, but not “a third model”."""
    if not (counting.parts and counting.ones):
        return _NEVER
    return rf"(?i:\b(?:{counting.ones})\s(?P<of>{alternatives(counting.parts)})(?=\s(?:of|as|the)\b|[.,;]|$))"


def _unit(counting: Counting) -> str:
    def part(name: str, pattern: str, gap: str = r"\s?") -> str:
        return rf"(?P<{name}>{gap}(?:{pattern or _NEVER}))"

    hyphen = r"[\s-]?"
    parts = alternatives(counting.parts) + r"s?\b" if counting.parts else _NEVER
    return "|".join(
        (
            part("fraction", rf"(?:{counting.fraction or _NEVER})\s?(?P<top>{numeral(counting)})"),
            part("ordinal", counting.ordinals, ""),
            part("percent", rf"\\?%|{counting.percent or _NEVER}", hyphen),
            part("points", counting.points, hyphen),
            part(
                "times", rf"[x×](?![A-Za-z0-9]|\s?[0-9])|\$?\\times(?!\s?[0-9])\$?|{counting.times or _NEVER}", hyphen
            ),
            part("part", parts, hyphen),
            part("counter", counting.counters),
            part("month", counting.months),
            part("year", counting.years),
        )
    )


def _quantity(match: re.Match[str], text: str, counting: Counting) -> Quantity | None:
    said, start, end = match[0], match.start(), match.end()
    if match["several"]:
        return Quantity(_uncertain(said, counting), Kind.SEVERAL, start, end, end, said, firm=False)
    if match["half"]:
        return Quantity(Fraction(1, 2), Kind.SHARE, start, end, end, said, firm=False)
    if match["double"]:
        return Quantity(Fraction(counting.doubles[said.casefold()]), Kind.TIMES, start, end, end, said, firm=False)
    if match["month_name"]:
        return Quantity(Fraction(counting.month_names[said]), Kind.NUMBER, start, end, end, said, firm=False)
    if match["portion"]:
        share = Fraction(1, counting.parts[match["of"].casefold()])
        return Quantity(share, Kind.SHARE, start, end, end, said, firm=False)
    if match["ratio"]:
        top, bottom = said.split("/")
        return Quantity(_share(top, bottom, counting), Kind.SHARE, start, end, end, said)
    return _counted(match, text, counting)


def _uncertain(said: str, counting: Counting) -> Fraction:
    if said.casefold() in counting.severals:
        return Fraction(counting.severals[said.casefold()])
    scales = {**counting.small, **counting.large}
    return Fraction(sum(scales.get(character, 0) for character in said))


def _share(top: str, bottom: str, counting: Counting) -> Fraction:
    return value_of(top, counting) / (value_of(bottom, counting) or 1)


def _counted(match: re.Match[str], text: str, counting: Counting) -> Quantity | None:
    number = match["numeral"]
    digits = number[0].isdigit() and number[0].isascii()
    units = {
        name
        for name in ("fraction", "ordinal", "percent", "points", "times", "part", "counter", "month", "year")
        if match[name]
    }
    if not digits and not counting.words and not units - {"points", "year"} and not _signed(number, counting):
        return None  # 一般 and 十分 are no numbers
    value = value_of(number, counting)
    figure = match.start() + len(number)
    plain = Quantity(value, Kind.NUMBER, match.start(), match.end(), figure, match[0], scaled=_scaled(number, counting))
    kind, value = _kind(match, plain, digits, counting)
    if kind == Kind.NUMBER and _multiplied(text[: match.start()], counting):
        kind = Kind.TIMES
    stem = _stem(match, text, counting) if digits and not units else ""
    if stem:
        kind = Kind.NAME
    firm = not stem and _firm(plain, kind, digits, units, counting)
    bare = _without_particle(number, units, counting)
    return replace(plain, kind=kind, value=value, firm=firm, stem=stem, counter="counter" in units, bare=bare)


def _without_particle(number: str, units: set[str], counting: Counting) -> Fraction | None:
    """“0.2만 떨어진다” falls by just 0.2."""
    digits = re.fullmatch(rf"({DIGITS}){counting.particle}", number) if counting.particle and not units else None
    value = Fraction(digits[1].replace(",", "")) if digits else None
    return value if value and value < _OFTEN_SCALED else None


def _signed(number: str, counting: Counting) -> bool:
    """二千億, but not 万 alone."""
    return counting.combining and number[0] in counting.numerals and any(scale in number for scale in counting.large)


def _scaled(number: str, counting: Counting) -> bool:
    return number[-1] in LETTERS or any(scale in number.casefold() for scale in (*counting.small, *counting.large))


def _kind(match: re.Match[str], plain: Quantity, digits: bool, counting: Counting) -> tuple[Kind, Fraction]:
    if match["fraction"]:
        return Kind.SHARE, _share(match["top"], match["numeral"], counting)
    if match["part"]:
        return Kind.SHARE, plain.value / counting.parts[match["part"].strip(" -").removesuffix("s")]
    for kind in (Kind.PERCENT, Kind.POINTS, Kind.TIMES):
        if match[kind.value]:
            return kind, plain.value
    year = digits and match["numeral"].isdigit() and plain.value in _YEARS
    return (Kind.YEAR if year else Kind.NUMBER), plain.value


def _multiplied(before: str, counting: Counting) -> bool:
    """By a factor of 4, ×4; but not 256×256."""
    return bool(re.search(rf"(?:\b(?:{counting.times_before or _NEVER})\s|(?<![0-9\s])\s?×\s?)$", before[-20:]))


def _firm(plain: Quantity, kind: Kind, digits: bool, units: set[str], counting: Counting) -> bool:
    if units & {"month", "ordinal"}:
        return False
    said_so = plain.scaled and not _bare_scale(plain.text, counting)
    if kind in (Kind.NUMBER, Kind.TIMES) and not digits and not said_so:
        return False
    if kind != Kind.NUMBER or plain.scaled:
        return True
    return not plain.whole or plain.value > (_SMALL if "counter" in units else 1)


def _bare_scale(text: str, counting: Counting) -> bool:
    """“million” of “a million”, which is often a manner of speaking."""
    return text.casefold() in {**counting.small, **counting.large}


def _stem(match: re.Match[str], text: str, counting: Counting) -> str:
    """The name that a number belongs to, or nothing. “Codex 12B”, but not “Over 12B” nor “Google used 12”."""
    before = text[max(0, match.start() - 30) : match.start()]
    found = _NAME_BEFORE.search(before)
    if (
        found is None
        or found["stem"] in counting.month_names
        or "," in match["numeral"]
        or text[match.end() : match.end() + 1] == "\\"
        or _is_spelled(match, text, counting)
    ):
        return ""
    word = found["stem"]
    begins = counting.words and before[: found.start()].rstrip()[-1:] in ("", ".", ":")
    if _PLAIN_WORDS.fullmatch(word) or word.islower() or (begins and _PLAIN_CAPITAL.fullmatch(word)):
        return ""
    return word


def _is_spelled(match: re.Match[str], text: str, counting: Counting) -> bool:
    """Whether the scale is a word, as in “34 Billion” and “3 to 34 Billion”: names have 12B."""
    number = numeral(counting)
    spelled = alternatives(counting.large)
    until = re.match(rf"(?:\s?(?:{counting.ranges or _NEVER}|[-–—])\s?{number})?", text[match.end("numeral") :])
    said = match["numeral"] + (until[0] if until else "")
    return bool(counting.words and re.search(rf"(?i:{spelled})$", said))


def _in_names(names: tuple[tuple[int, str], ...]) -> Iterator[Quantity]:
    for place, name in names:
        for found in numbers_in(name):
            value = Fraction(found[0].rstrip("KMBT")) * 10 ** LETTERS.get(found["scale"] or "", 0)
            start, end = place + found.start(), place + found.end()
            stem = name[: found.start()].rstrip("-_ ") or name[found.end() :].lstrip("-")
            span = (start, end)
            yield Quantity(value, Kind.NAME, start, end, end, name, firm=False, stem=stem, reach=span)
