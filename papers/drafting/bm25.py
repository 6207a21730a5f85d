"""Okapi BM25 over a handful of short texts (Robertson and Zaragoza, 2009), with their usual constants."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

K1, B = 1.5, 0.75

_STOP = re.compile(
    r"after|all|also|an?|and|any|are|as|at|be|been|before|but|by|can|did|do|does|each|for|from|had|has|have|how|if|in"
    r"|into|is|its?|more|most|no|not|of|on|one|or|our|out|so|such|than|that|the|their|them|there|these|they|this"
    r"|those|to|two|was|we|were|what|when|where|which|who|why|will|with"
)
_SUFFIX = re.compile(r"(?:ing|ed|es|s)$")


def words(text: str) -> list[str]:
    """Lower-case words without stop words, endings cut off crudely: enough to match “compared” and “compares”."""
    found = re.findall(r"[a-z0-9]+|[^\W\da-z_]", text.casefold())
    return [_SUFFIX.sub("", word) if len(word) > 4 else word for word in found if not _STOP.fullmatch(word)]


class BM25:
    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(words(text)) for text in texts]
        self._lengths = [count.total() for count in self._counts]
        self._mean = sum(self._lengths) / max(1, len(texts)) or 1
        self._in = Counter(word for count in self._counts for word in count)

    def scores(self, query: str) -> list[float]:
        """One score a text, 0 where no word of the query occurs."""
        asked = set(words(query))
        return [self._score(asked, number) for number in range(len(self._counts))]

    def ranked(self, query: str) -> list[int]:
        """The numbers of the texts that match at all, best first; equal ones in their order."""
        scores = self.scores(query)
        return sorted((number for number, score in enumerate(scores) if score > 0), key=lambda n: -scores[n])

    def _score(self, asked: set[str], number: int) -> float:
        counts, length = self._counts[number], self._lengths[number]
        share = K1 * (1 - B + B * length / self._mean)
        return sum(self._idf(word) * counts[word] * (K1 + 1) / (counts[word] + share) for word in asked & counts.keys())

    def _idf(self, word: str) -> float:
        n = self._in[word]
        return math.log(1 + (len(self._counts) - n + 0.5) / (n + 0.5))
