"""What may be asked of the API: the queries of its addresses."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

from papers.keyset import PAGE_SIZE

MAX_LIMIT = 100


class Choice(Schema):
    language: str | None = Field(None, max_length=35, description="BCP 47 tag, such as ja; the site's own by default")


class WeekChoice(Choice):
    source: str | None = Field(
        None, max_length=50, pattern=r"^[^\x00]*$", description="Key of the reading list, where several have that week"
    )


class ListChoice(Choice):
    after: str = Field("", max_length=40, description="Cursor from the page before")
    limit: int = Field(PAGE_SIZE, ge=1, le=MAX_LIMIT, description="Items on a page")


class PageChoice(Schema):
    page: int = Field(ge=1, lt=10**18, description="Id of a paper or week")


class FormChoice(PageChoice):
    kind: Literal["comment", "report"]


class CommentChoice(PageChoice):
    after: str = Field("", max_length=40, description="Cursor from the page before")
    limit: int = Field(PAGE_SIZE, ge=1, le=MAX_LIMIT, description="Threads on a page")


class SearchChoice(ListChoice):
    q: str = Field("", description="Words that all must occur; in quotes, in a row. Its beginning counts")
    tag: str = Field("", max_length=255, description="Slug of a tag")
    week: date | None = Field(None, description="Any day of a week")
    category: str = Field("", max_length=40, description="arXiv's code, such as cs.CL")


class CorrectionChoice(ListChoice):
    page: int | None = Field(None, ge=1, lt=10**18, description="Id of a paper or week; of all by default")
