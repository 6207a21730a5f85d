"""What the tests of the search share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from weekly.search.documents import language_mark
from weekly.search.finding import find_papers
from weekly.search.index import get_index
from weekly.search.query import read_query

Find = Callable[..., list[str]]


@pytest.fixture
def find() -> Find:
    """The titles of what a query finds among the papers of a language, on whichever database the tests run."""

    def titles(text: str, *marks: str, language: str = "ja", limit: int = 20) -> list[str]:
        query = read_query(text, [(language_mark(language),), *((mark,) for mark in marks)])
        papers, _place = find_papers(get_index(), query, "", limit)
        return [paper.title for paper in papers]

    return titles
