"""What to read after a paper: its neighbours in the week or the list, and papers that have something in common with it.

Candidates are those nearest in time: for each of its tags, in its week, and in the list of all papers. So a paper costs
the same among a hundred as among a hundred thousand: three queries, each over an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log
from typing import Any

from django.db.models import QuerySet

from papers import showing
from papers.models import PaperPage, PaperTag, TagCount
from papers.models.listed import ListedPaper, listed_papers
from papers.presenting import PlainTag
from papers.statements import OneOf, written_once
from weekly.models import WeekPage
from weekly.nearby import Nearby, date_of, find_nearby

SHOWN = 5
TAGS_ASKED = 6  # the rarest
CANDIDATES = 12  # papers whose texts are compared
SAME_WEEK = 0.15  # beside a tag's weight, which is .13 for one of 2,000 papers and .72 for one of two
ALIKE = 0.12  # share of words in common from where on two texts have the same subject

_WORD = re.compile(r"[^\W\d_][\w-]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


@dataclass(slots=True)
class Related:
    """A paper and what it has in common with another: tags, the week, or else words."""

    paper: ListedPaper
    tags: list[PaperTag | PlainTag]
    same_week: bool
    score: float

    @property
    def by_words(self) -> bool:
        return not (self.tags or self.same_week)


@dataclass(slots=True)
class Around:
    """What stands about a paper: the papers before and after it, and related ones, the best first."""

    previous: ListedPaper | None = None
    following: ListedPaper | None = None
    related: list[Related] = field(default_factory=list)


def around(paper: PaperPage, tags: Iterable[PaperTag | PlainTag], weeks: Iterable[WeekPage]) -> Around:
    """The papers about a paper that carries these tags and stands in these weeks, the newest week first."""
    week = next(iter(weeks), None)
    weights = _weights([tag.pk for tag in tags], paper)
    found = find_nearby(paper, list(weights)[:TAGS_ASKED], week)
    previous, following = _beside(paper.pk, found)
    scores = {pk: _score(pk, found, weights) for pk in (*found.tags, *found.week, *found.newer, *found.older)}
    scores.pop(paper.pk, None)
    best = sorted(scores, key=lambda pk: -scores[pk])[:CANDIDATES]
    papers = {one.pk: one for one in listed_papers([*best, *filter(None, (previous, following))])}
    named = {tag.pk: tag for tag in tags}
    related = [
        Related(papers[pk], [named[tag] for tag in weights if tag in found.tags[pk]], pk in found.week, scores[pk])
        for pk in best
        if pk in papers
    ]
    return Around(papers.get(previous), papers.get(following), _ranked(paper, related))


def _weights(tags: list[int], paper: PaperPage) -> dict[int, float]:
    """Tags with what sharing them says, the rarest first. A tag that no other paper carries is left out."""
    own = int(paper.listed)  # a draft is not counted
    showing.shows(*(showing.tagged(tag, paper.language) for tag in tags))
    counts = _counts(paper.language, own, *tags) if tags else []
    return {tag: 1 / log(2 + papers) for tag, papers in counts}


@written_once
def _counts(language: Any, above: Any, *tags: Any) -> QuerySet:
    counts = TagCount.objects.filter(tag__in=OneOf(tags), language=language, papers__gt=above)
    return counts.order_by("papers", "tag_id").values_list("tag_id", "papers")


def _score(pk: int, found: Nearby, weights: dict[int, float]) -> float:
    return sum(weights[tag] for tag in found.tags[pk]) + SAME_WEEK * (pk in found.week)


def _beside(pk: int, found: Nearby) -> tuple[int | None, int | None]:
    """The papers before and after: in the order of the week, else in that of the list, where newer ones stand first."""
    if pk in found.week:
        place = found.week.index(pk)
        before, after = found.week[:place][-1:], found.week[place + 1 : place + 2]
    else:
        before, after = found.newer[:1], found.older[:1]
    return next(iter(before), None), next(iter(after), None)


def _ranked(paper: PaperPage, candidates: list[Related]) -> list[Related]:
    """The best, of equals the nearest in time; what has nothing in common is no relation."""
    day = date_of(paper)
    own = _words(paper)
    for one in candidates:
        alike = _alike(own, _words(one.paper))
        one.score += alike if alike >= ALIKE else 0
    return sorted(
        (one for one in candidates if one.score > 0), key=lambda one: (-one.score, abs(date_of(one.paper) - day))
    )[:SHOWN]


def _words(paper: PaperPage | ListedPaper) -> set[str]:
    """Words of titles and summary; where words are not set off, pairs of signs."""
    text = f"{paper.title} {paper.title_translated} {paper.summary}".lower()
    pairs = (run[i : i + 2] for run in _CJK.findall(text) for i in range(len(run) - 1))
    return {word for word in _WORD.findall(_CJK.sub(" ", text)) if len(word) > 3} | set(pairs)


def _alike(one: set[str], other: set[str]) -> float:
    """How much of all words two texts share, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0
