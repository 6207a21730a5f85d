"""What a reader typed, as a query that every index understands. Bounded, and safe for whatever was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

from weekly.search.words import fold, runs, tokens_of_run

MAX_QUERY = 200  # characters that are looked at
MAX_TOKENS = 48
_ID = r"(\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
# As pages print and browsers copy it, once folded: an address, a DOI, or the id with its version.
_ARXIV = re.compile(
    rf"(?<![a-z0-9])(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/[a-z]+/{_ID}[!#-~]*"
    rf"|(?:(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.|arxiv:\s*)?{_ID}(?![a-z0-9]))",
    re.ASCII,
)
_QUOTED = re.compile(r'"([^"]*)"|([^\s"]+)')

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """All phrases must occur, each with its tokens in a row, and of each group of marks one."""

    phrases: tuple[Phrase, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Each token once."""
        return tuple(dict.fromkeys(token for phrase in self.phrases for token in phrase))


def read_query(text: str, marks: Sequence[tuple[str, ...]] = ()) -> Query:
    """Words that all must occur, in any order; what stands in quotes, or as one word without spaces, in a row.

    Of a paper on arXiv its id alone, since a page says neither its address nor which version is read.
    """
    room, phrases = MAX_TOKENS, {}
    for phrase in _phrases(_ARXIV.sub(lambda found: found[1] or found[2], fold(beginning(text)))):
        kept = phrase[:room]
        room -= len(kept)
        phrases |= {kept: None} if kept else {}
    return Query(tuple(phrases), tuple(marks))


def beginning(text: str) -> str:
    """As much of what was typed as is searched for, without a word that would be cut."""
    if len(text) <= MAX_QUERY:
        return text
    words, space, _cut = text[:MAX_QUERY].rpartition(" ")
    return words if space else text[:MAX_QUERY]


def _phrases(folded: str) -> Iterator[Phrase]:
    for quoted, word in _QUOTED.findall(folded):
        yield from _pieces(quoted or word)


def _pieces(written: str) -> Iterator[Phrase]:
    """Words of one kind of script are one phrase. Where kinds change, a text may have half of a pair: two phrases."""
    for unspaced, found in groupby(runs(written), key=itemgetter(0)):
        rows = [tuple(tokens_of_run(unspaced, run)) for _unspaced, run in found]
        yield from rows if unspaced else [tuple(chain.from_iterable(rows))]
