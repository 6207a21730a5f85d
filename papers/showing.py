"""What an answer shows, noted while it is made, so that a cache can drop it when just that changes.

Whoever reads rows for readers notes what they depend on: mostly which rows there are, since pages, tags and people are
noted by themselves wherever they are read (weekly.caching). Where nobody collects, a note costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from django.http import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)
Value = TypeVar("Value")
LONGEST_SPAN = 36  # parts that are noted one by one; a longer span depends on the whole list

# Whatever all pages may show: sites, languages, homes and folders, and what is set for them.
SITE = "site"
SITEMAP = "sitemap"
SEARCH = "search"


@dataclass(slots=True)
class Noted:
    """What is shown: by what is being made itself, and by the parts that it is put together from."""

    own: set[str] = field(default_factory=lambda: {SITE})
    of_parts: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        return self.own | self.of_parts


_noted: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[Noted]:
    """Collect what is shown from here on, and nowhere else."""
    token = _noted.set(noted := Noted())
    try:
        yield noted
    finally:
        _noted.reset(token)


@contextmanager
def noting_part(names: Iterable[str] = ()) -> Iterator[Noted]:
    """Collect what a part of something shows, beside these names; they all count for the whole as well."""
    whole = _noted.get()
    with noting() as part:
        part.own.update(names)
        yield part
    if whole is not None:
        whole.of_parts |= part.names


def noted_outside_parts() -> set[str]:
    """What was noted so far for what is being made, without what only its parts show."""
    noted = _noted.get()
    return set(noted.own) if noted else set()


def shows(*keys: str) -> None:
    """Note that what is being made depends on these."""
    noted = _noted.get()
    if noted is not None:
        noted.own.update(keys)


class Later(Generic[Value]):
    """A value of a page that is made when it is first asked for, since the part that shows it may be kept already.

    What it depends on is noted each time, so that it counts for every part that shows it. Templates call it.
    """

    def __init__(self, make: Callable[[], Value]) -> None:
        self.make = make
        self.made: tuple[Value, set[str]] | None = None

    def __call__(self) -> Value:
        if self.made is None:
            with noting() as noted:
                value = self.make()
            self.made = value, noted.names
        shows(*self.made[1])
        return self.made[0]


def public(response: Answer, *query: str) -> Answer:
    """Mark an answer as the same for everybody who sends no session, with the names in its query that change it.

    An answer to a query with any other name is not kept: lists hand all of it on to their next page.
    """
    response.public_query = frozenset(query)  # type: ignore[attr-defined]
    return response


def page(pk: int) -> str:
    """A page's own texts and address."""
    return f"page:{pk}"


def tag(pk: int) -> str:
    """A tag's name, address, descriptions and meaning."""
    return f"tag:{pk}"


def person(pk: int) -> str:
    """An editor's name."""
    return f"person:{pk}"


def papers(language: str) -> str:
    """Which papers are listed, and in which order."""
    return f"papers:{language}"


def papers_near(language: str, days: Iterable[date | None]) -> set[str]:
    """Which papers are listed in the months from the first to the last of these days; None is an open end."""
    return _near(papers(language), days, lambda day: day.year * 12 + day.month)


def tagged(pk: int, language: str) -> str:
    """Which papers carry a tag, how many, and what other tags these carry."""
    return f"tagged:{pk}:{language}"


def tags(language: str) -> str:
    """Which tags are in use, and in which order."""
    return f"tags:{language}"


def weeks(language: str) -> str:
    """Which weeks are public, and in which order."""
    return f"weeks:{language}"


def weeks_near(language: str, days: Iterable[date | None]) -> set[str]:
    """Which weeks are public in the years from the first to the last of these days; None is an open end."""
    return _near(weeks(language), days, lambda day: day.year)


def _near(whole: str, days: Iterable[date | None], part_of: Callable[[date], int]) -> set[str]:
    """The parts of a list from the first to the last of these days; the whole list for an open end or a long span."""
    found = [day and part_of(day) for day in days]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found) or not parts or max(parts) - min(parts) > LONGEST_SPAN:
        return {whole}
    return {f"{whole}:{part}" for part in range(min(parts), max(parts) + 1)}


def weeks_of(paper: int) -> str:
    """Which weeks show a paper."""
    return f"weeks-of:{paper}"


def papers_of(week: int) -> str:
    """Which papers of a week are public."""
    return f"papers-of:{week}"


def voices(page: int) -> str:
    """What readers said on a page."""
    return f"voices:{page}"


def corrected(page: int) -> str:
    """What was corrected in a page."""
    return f"corrected:{page}"


def corrections(language: str) -> str:
    """What was corrected on all pages of a language."""
    return f"corrections:{language}"


def slug(text: str) -> str:
    """Which page a slug stands for."""
    return f"slug:{text}"


def translations(key: object) -> str:
    """In which languages a page can be read."""
    return f"translations:{key}"
