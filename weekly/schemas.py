"""The public JSON, version 1. All text is plain text; every address is absolute; what is not there is null or empty."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Schema
from pydantic import BaseModel, Field


class Told(BaseModel):
    """What is answered. Without ninja's own base, which reads each value of each row once more, in Python."""


class Problem(Told):
    """Why a request got no answer."""

    detail: str = Field(description="What is wrong, in one sentence")


class FormProblem(Problem):
    """Why a form was refused. Nothing was kept; what was typed is still with who sent it."""

    errors: dict[str, list[str]] = Field(description="Messages by field, in the page's language; __all__ for the whole")
    token: str | None = Field(description="To send the form again with; null where it was no form of ours")


class Link(Told):
    label: str = Field(description="What the reading list calls it, such as Paper")
    url: str


class Category(Told):
    code: str = Field(description="arXiv's code, such as cs.CL")
    name: str


class Tag(Told):
    slug: str
    name: str


class Abstract(Told):
    text: str = Field(description="In the readers' language; empty where there is no translation")
    original: str = Field(description="In the paper's language")


class Citation(Told):
    """A passage of the paper on which an answer rests."""

    page: int | None = Field(description="Page of the PDF, from 1")
    quote: str = Field(description="In the paper's words")
    verified: bool = Field(description="Whether the quote was found on that page of the paper")
    url: str | None = Field(description="The PDF at that page")


class QuestionAnswer(Told):
    key: str = Field(description="The anchor on the paper's page is qa-<key>")
    id: str = Field(description="Stays the same when the text is edited")
    kind: str = Field(description="problem, method, data, result, comparison, limitation or use")
    question: str
    answer: str = Field(
        description="A blank line starts a paragraph; empty where there is only the paper's own wording"
    )
    question_original: str = Field(description="In the paper's language")
    answer_original: str = Field(description="In the paper's words")
    citations: list[Citation]
    backend: str | None = Field(description="What drafted it: openai or extractive; null where a person wrote it")
    model: str | None


class Provenance(Told):
    """What drafted the text, and who published it."""

    backend: str | None = Field(description="openai or extractive; null where a person wrote it")
    model: str | None
    reviewed_by: str | None
    reviewed_at: datetime | None


class Discussed(Told):
    """What lets readers speak about a page."""

    id: int = Field(description="Names the page to /form, /comments and /corrections")
    revision: int | None = Field(description="The version that stands; a report sends it back")
    corrected_at: datetime | None = Field(description="When a public correction was last made")
    comments_open: bool


class WeekReference(Told):
    start: date
    title: str
    url: str


class PaperRow(Told):
    """A paper as lists have it."""

    slug: str
    url: str = Field(description="The readers' page")
    language: str = Field(description="Language of the page, as a BCP 47 tag")
    title: str = Field(description="The paper's own title")
    title_translated: str
    arxiv_id: str | None = Field(description="Without version")
    arxiv_version: int | None
    source_url: str | None = Field(description="The paper itself, at arXiv or elsewhere")
    pdf_url: str | None
    authors: list[str] = Field(description="In the paper's order")
    published: date | None = Field(description="Day of the first version")
    updated: date | None = Field(description="Day of the newest version")
    categories: list[Category]
    tags: list[Tag]
    summary: str = Field(description="One line in the readers' language")
    abstract_only: bool = Field(description="Whether only the abstract could be read when it was drafted")
    withdrawn: bool = Field(description="Whether the authors have withdrawn the paper")


class Paper(Discussed, PaperRow):
    """A paper with all that its page shows."""

    abstract: Abstract
    qa: list[QuestionAnswer]
    provenance: Provenance
    weeks: list[WeekReference] = Field(description="The weeks that list it, newest first")


class Entry(Told):
    """A row of a week's reading list."""

    rank: int
    title: str = Field(description="The title in the list")
    note: str = Field(description="The list's own note, in its language")
    links: list[Link]
    paper: PaperRow | None = Field(description="Null where the paper has no public page")


class Source(Told):
    """The reading list that a week was made from."""

    key: str = Field(description="A week is known by its first day and this key")
    name: str
    url: str | None


class WeekRow(Told):
    """A week as lists have it."""

    start: date = Field(description="First day")
    end: date = Field(description="Last day, included")
    title: str
    language: str = Field(description="Language of the page, as a BCP 47 tag")
    url: str = Field(description="The readers' page")
    theme: str = Field(description="Some short phrases in one line")
    overview: str = Field(description="A blank line starts a paragraph")
    source: Source


class Week(Discussed, WeekRow):
    """A week with all that its page shows."""

    introduction: str
    provenance: Provenance
    entries: list[Entry] = Field(description="In the list's order")


class ListPage(Told):
    """A stretch of a list."""

    after: str | None = Field(description="Cursor of the next page for ?after=; null on the last")
    next: str | None = Field(description="Address of the next page; null on the last")


class Weeks(ListPage):
    items: list[WeekRow]


class Papers(ListPage):
    items: list[PaperRow]


class TagRow(Tag):
    papers: int = Field(description="How many public papers carry it")
    url: str = Field(description="The readers' page")


class Tags(ListPage):
    items: list[TagRow]


class TagPapers(ListPage):
    tag: TagRow
    items: list[PaperRow]


class Answer(Told):
    """What somebody said. Plain text: nothing in it is markup, and a program that shows it has to escape it."""

    id: int = Field(description="Its anchor is comment-<id>; ?comment=<id> brings old ones onto the page")
    name: str
    text: str
    editor: bool = Field(description="Whether one of the editors speaks")
    created_at: datetime
    url: str


class Part(Told):
    text: str
    marked: bool = Field(description="Whether these are words that were searched for")


class Excerpt(Told):
    """A passage in which the words stand. Its parts in a row are its text."""

    language: str = Field(description="As a BCP 47 tag")
    parts: list[Part]


class FoundPaper(PaperRow):
    excerpts: list[Excerpt]


class Found(ListPage):
    items: list[FoundPaper]


class Comment(Answer):
    answers: list[Answer] = Field(description="Oldest first; no answer has answers of its own")


class Comments(ListPage):
    items: list[Comment]


class Correction(Told):
    """A passage that was corrected in public."""

    id: int
    page: int = Field(description="The page's id")
    title: str = Field(description="The page's title")
    url: str = Field(description="The readers' page, at the correction")
    language: str = Field(description="Language of the page, as a BCP 47 tag")
    place: str = Field(description="summary, abstract_translated, qa.<id>.answer and the like")
    place_label: str = Field(description="The place in words")
    before: str = Field(description="The whole passage as it stood")
    after: str = Field(description="The whole passage as it was corrected")
    reason: str
    thanks: str = Field(description="Whom the editors thank, by the name that was left for it")
    corrected_at: datetime


class Corrections(ListPage):
    items: list[Correction]


class Form(Told):
    """What a form needs to be sent. Ask for it when somebody begins to write."""

    kind: str
    page: int
    revision: int | None
    token: str = Field(description="Good for one post of this kind on this page")
    ready_in: int = Field(description="Seconds before which it is refused")
    good_for: int = Field(description="Seconds after which it is refused")


class Post(Schema):
    """What both forms have. Whatever else is wrong is told by field."""

    page: int = Field(ge=1, lt=10**18)
    token: str = Field("", description="From /form")
    writer: str = Field("", description="What an earlier post gave back, so that a known writer is known again")
    name: str = ""
    email: str = Field("", description="Shown to nobody")
    website: str = Field("", description="A trap for machines: leave it out")


class CommentPost(Post):
    text: str = ""
    reply: int | None = Field(None, ge=1, lt=10**18, description="The comment that is answered")
    notify: bool = Field(False, description="Send a mail when somebody answers")


class ReportPost(Post):
    place: str = Field("", description="As in corrections; empty for the page as a whole")
    revision: int | None = Field(None, description="The version that was read")
    quote: str = Field("", description="The words that were selected")
    message: str = Field("", description="What is wrong")
    wording: str = Field("", description="What should stand there instead")
    thanks: bool = Field(False, description="Thank me by name where the correction is shown")


class Posted(Told):
    """What became of a post."""

    id: int
    state: str = Field(description="approved or waiting for a comment, open for a report")
    writer: str = Field(description="Keep it, and send it with the next post")
