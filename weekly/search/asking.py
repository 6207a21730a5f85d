"""A reader's question, answered: the papers that match, each with where it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from papers import showing
from papers.keyset import PAGE_SIZE
from papers.plain_maths import plain
from weekly.models import WeekPage
from weekly.search.documents import (
    FoundPaper,
    Passage,
    category_mark,
    language_mark,
    passages_of,
    tag_mark,
    titles_of,
    week_mark,
)
from weekly.search.excerpts import Excerpt, Marker
from weekly.search.finding import Place, find_papers
from weekly.search.index import get_index
from weekly.search.query import Query, read_query
from weekly.tags import TagName, Tags, find_meant_tag, find_tag, tags_of

LONGEST_WEEK = timedelta(days=31)  # lists have odd ranges
NO_WEEK = 0  # the key of no page


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks: words, and what to narrow by. Empty is all; `week` is any day of one."""

    language: str
    text: str = ""
    tag: str = ""
    week: date | None = None
    category: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.tag or self.week or self.category)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper, its titles as marked, and excerpts from its texts."""

    paper: FoundPaper
    titles: list[Excerpt]
    excerpts: list[Excerpt]
    tags: list[TagName]


@dataclass(frozen=True, slots=True)
class Answer:
    """`after` is the place to go on from. `query` has no words where nothing that was typed can be searched for."""

    hits: list[Hit] = field(default_factory=list)
    after: Place | None = None
    query: Query = field(default_factory=Query)


def ask(question: Question, after: str = "", limit: int = PAGE_SIZE) -> Answer:
    """The best papers for a question, at the same cost on every page. Raises BadCursor.

    Nothing is found where the database has no index, where nothing is asked, and for words that have no letter and no
    digit.
    """
    showing.shows(showing.SEARCH)
    index = get_index()
    query = read_query(question.text, [] if index is None else _marks(question))
    if index is None or question.is_empty or (question.text.strip() and not query.phrases):
        return Answer(query=query)
    papers, following = find_papers(index, query, after, limit)
    tags, marker = tags_of(papers), Marker(query)
    return Answer([_hit(paper, tags, marker) for paper in papers], following, query)


def _hit(paper: FoundPaper, tags: Tags, marker: Marker) -> Hit:
    titles = [marker.whole(_readable(title)) for title in titles_of(paper)]
    return Hit(paper, titles, marker.best(map(_readable, passages_of(paper))), list(tags[paper.pk]))


def _readable(passage: Passage) -> Passage:
    """With formulas as characters: no mark fits into MathML, and an excerpt would cut it."""
    return Passage(plain(passage.text), passage.language)


def _marks(question: Question) -> Iterable[tuple[str, ...]]:
    yield (language_mark(question.language),)
    if question.tag:
        yield (tag_mark(_tag_id(question.tag, question.language)),)
    if question.week:
        yield tuple(map(week_mark, _weeks_on(question.week, question.language) or [NO_WEEK]))
    if question.category:
        yield (category_mark(question.category),)


def _tag_id(slug: str, language: str) -> int:
    """A tag or what a synonym means; the key of none where no public paper carries it."""
    slug = slug.replace("\x00", "")  # which PostgreSQL refuses
    count = find_tag(slug, language) or find_meant_tag(slug, language)
    return count.tag_id if count else 0


def _weeks_on(day: date, language: str) -> list[int]:
    """By the first day and not by locale: there SQLite would walk through every page of that language."""
    near = (day - min(LONGEST_WEEK, day - date.min), day)
    weeks = WeekPage.objects.newest().filter(start__range=near, end__gte=day).select_related("locale")
    return [week.pk for week in weeks if week.locale.language_code == language]
