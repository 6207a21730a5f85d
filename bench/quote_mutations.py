"""Quotes made wrong: is every changed one caught, and does every true one pass?

Papers are made up here and printed as PDFs give them: lines of a certain width with words broken at their ends,
ligatures, running heads and feet, reference marks, sentences across page breaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from papers.checks import run_checks
from papers.checks.base import Item, Kind, Passage, Severity, Subject
from papers.checks.quotes import Quotes
from papers.drafting.base import Citation
from papers.paper import PageText
from papers.quotes import QuoteIndex

PAGES = 12
_SENTENCES_A_PAGE, _WIDTH = 26, 84

_SUBJECTS = (
    *("Our method", "The baseline", "The larger model", "A smaller encoder", "Every annotator", "The sparse variant"),
    *("The final classifier", "Each workflow", "The reward model", "An efficient decoder", "The offline agent"),
)
_VERBS = ("improves", "reduces", "matches", "exceeds", "affects", "confirms", "reflects", "stabilises", "approximates")
_NOT = ("does not improve", "does not reduce", "never reaches", "cannot match", "is not affected by")
_OBJECTS = ("the accuracy", "the training loss", "the throughput", "the calibration error", "the official score")
_ON = ("filtered web text", "the held-out split", "all difficult questions", "unseen environments", "the leaderboard")
_OPPOSITES = {"more than": "less than", "at most": "at least", "larger": "smaller", "improves": "reduces"}
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}


def sentences(random: Random, number: int) -> list[str]:
    """Sentences as a careful copyist would write them."""
    return [_sentence(random) for _ in range(number)]


def _sentence(random: Random) -> str:
    verb = random.choice(_NOT if random.random() < 0.3 else _VERBS)
    figure = random.choice(["{}.{}%", "{}{} points", "{},{}00 steps", "{}{} billion tokens", "{}.{}×"])
    amount = figure.format(random.randint(1, 9), random.randint(1, 9))
    words = f"{random.choice(_SUBJECTS)} {verb} {random.choice(_OBJECTS)} on {random.choice(_ON)}"
    bound = random.choice(["by", "by more than", "by at most", "by about", "even after"])
    return f"{words} {bound} {amount}, as seed {random.randint(100, 999)} of run {random.randint(100, 999)} shows."


def printed(body: Sequence[str], random: Random) -> tuple[PageText, ...]:
    """The sentences over the pages, and a last page with the references."""
    marked = [f"{text[:-1]} [{random.randint(1, 40)}]." if random.random() < 0.2 else text for text in body]
    words = " ".join(marked).split()
    for plain, ligature in _LIGATURES.items():
        words = [word.replace(plain, ligature) for word in words]
    lines = list(_lines(words))
    size = -(-len(lines) // (PAGES - 1))
    pages = ["\n".join(lines[at : at + size]) for at in range(0, len(lines), size)]
    pages.append("References\n" + "\n".join(f"[{n}] An author. A title. 20{n:02}." for n in range(1, 41)))
    return tuple(PageText(n, f"A Study of Small Things\n{text}\nPreprint. {n}") for n, text in enumerate(pages, 1))


def _lines(words: list[str]) -> Iterator[str]:
    line = ""
    for word in words:
        if len(line) + len(word) < _WIDTH:
            line = f"{line} {word}".strip()
        elif len(word) > 7 and word.isalpha():
            yield f"{line} {word[:4]}-"
            line = word[4:]
        else:
            yield line
            line = word
    yield line


def altered(quote: str, random: Random) -> Iterator[tuple[str, str]]:
    """Each change in one place, and how it was made."""
    for digit in re.finditer(r"\d", quote):
        other = random.choice([d for d in "0123456789" if d != digit[0]])
        yield "digit", quote[: digit.start()] + other + quote[digit.end() :]
    yield "negation", re.sub("does not|never|cannot|is not", "does", quote) if _negated(quote) else _negate(quote)
    for one, other in _OPPOSITES.items():
        if one in quote:
            yield "opposite", quote.replace(one, other, 1)
    words = quote.split()
    at = random.randrange(1, len(words) - 1)
    yield "word left out", " ".join(words[:at] + words[at + 1 :])
    yield "word added", " ".join([*words[:at], "mostly", *words[at:]])
    yield "invention", _sentence(random).replace("seed", "trial")


def _negated(quote: str) -> bool:
    return re.search("does not|never|cannot|is not", quote) is not None


def _negate(quote: str) -> str:
    return re.sub(rf" ({'|'.join(_VERBS)}) ", r" never \1 ", quote, count=1)


@dataclass(frozen=True)
class Trial:
    """A quote with the page that is cited for it, how it was made, and whether it is right so."""

    how: str
    quote: str
    page: int | None
    right: bool = False


def trials(body: Sequence[str], pages: tuple[PageText, ...], random: Random, number: int) -> Iterator[Trial]:
    """Some sentences of a paper as they are, on a wrong page, and changed in every way."""
    index = QuoteIndex(pages)
    for quote in random.sample(list(body), number):
        found = index.find(quote)
        page = found.page if found else None
        yield Trial("true", quote, page, right=True)
        yield Trial("wrong page", quote, (page or 0) % PAGES + 1)
        yield from (Trial(how, other, page) for how, other in altered(quote, random) if other not in body)


def judged(tried: Sequence[Trial], pages: tuple[PageText, ...]) -> list[bool]:
    """Whether each trial was judged rightly: nothing said of a true quote, an error for any other."""
    citations = tuple(Citation(trial.page, trial.quote) for trial in tried)
    item = Item(1, Passage("question", ""), Passage("answer", "答え。", Kind.ANSWER), citations)
    found = run_checks(Subject("ja", items=(item,), pages=pages), [Quotes()])
    told = {finding.message.params.get("number"): finding.severity for finding in found}
    return [told.get(at) == (None if trial.right else Severity.ERROR) for at, trial in enumerate(tried, start=1)]


def measure(papers: int = 3, quotes: int = 25, seed: int = 1) -> dict[str, tuple[int, int]]:
    """For each way of changing: how many were judged rightly, of how many."""
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for number in range(papers):
        random = Random(f"{seed}.{number}")
        body = sentences(random, _SENTENCES_A_PAGE * (PAGES - 1))
        pages = printed(body, random)
        tried = list(trials(body, pages, random, quotes))
        for trial, is_right in zip(tried, judged(tried, pages), strict=True):
            made[trial.how] += 1
            right[trial.how] += is_right
    return {how: (right[how], made[how]) for how in made}
