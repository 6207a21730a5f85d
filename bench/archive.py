"""A large archive for measuring: papers with tags, weeks and voices, written past all that publishing does for each.

The same size gives the same archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.author import Author

A_WEEK = 50  # papers that are dated in a week
FIRST = date(1988, 1, 4)
TAGS = 1_000
COMMON = "tag-1"  # stands on every paper
BATCH = 1_000  # papers in a transaction
RICH = 100  # each paper of such a number, and so many of the newest, is as long as a real one


@dataclass(frozen=True)
class Size:
    """`entries` is how many of a week's papers its page shows; papers of older days than the weeks stand in none."""

    papers: int
    tags_each: int = 10
    weeks: int = 1
    entries: int = 10

    def is_rich(self, number: int) -> bool:
        return number % RICH == 0 or number > self.papers - RICH


def fill(size: Size) -> None:
    """Papers, their tags, weeks, comments and corrections."""
    from tqdm import tqdm

    from papers.models import PaperIndexPage, PaperTag, TagCount
    from tests.factories import make_home, make_locale
    from weekly.homes import child_of

    author, locale = Author(), make_locale()
    folder = child_of(make_home(), PaperIndexPage)
    tags = PaperTag.objects.bulk_create(PaperTag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(1, TAGS + 1))
    with tqdm(total=size.papers, unit=" papers", desc="Writing") as bar:
        for numbers in _batches(range(1, size.papers + 1), BATCH):
            _fill_papers(numbers, size, author, folder, locale, tags)
            bar.update(len(numbers))
    PaperIndexPage.objects.filter(pk=folder.pk).update(numchild=size.papers)
    TagCount.recount((tag.pk, "ja") for tag in tags)
    _fill_weeks(size, author)
    _fill_voices()
    tidy()


def tidy() -> None:
    """The databases plan by what they know of their tables; nobody else would tell them within one run."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _batches(numbers: range, size: int) -> Iterator[range]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]


def day_of(number: int) -> date:
    """The day of a paper, the first one's in the first week."""
    return FIRST + timedelta(weeks=(number - 1) // A_WEEK)


def _published(day: date) -> dict[str, Any]:
    moment = datetime.combine(day, time(9), UTC)
    return {"live": True, "first_published_at": moment, "last_published_at": moment}


def _fill_papers(numbers: range, size: Size, author: Author, folder: Any, locale: Any, tags: list[Any]) -> None:
    from papers.models import PaperPage, TaggedPaper

    pages = []
    for number in numbers:
        day = day_of(number)
        page = PaperPage(
            slug=f"bench-{number}", locale=locale, arxiv_id=f"{day:%y%m}.{number % 100_000:05d}", arxiv_version=1,
            listed=True, language="ja", sort_date=day, published_on=day, listed_on=day, **_published(day),
            **author.paper(rich=size.is_rich(number)),
        )  # fmt: skip
        pages.append(page)
    add_pages(pages, folder, numbers[0])
    TaggedPaper.objects.bulk_create(
        TaggedPaper(tag=tag, content_object=page, language="ja", live=True, sort_date=page.sort_date)
        for page in pages
        for tag in (tags[0], *author.random.sample(tags[1:], size.tags_each - 1))
    )


def add_pages(pages: Sequence[Any], folder: Any, first: int) -> None:
    """Write new pages of one type under a folder, the first as its child of that number."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import transaction
    from wagtail.models import Page

    kind = ContentType.objects.get_for_model(pages[0])
    for number, page in enumerate(pages, start=first):
        page.path, page.depth = Page._get_path(folder.path, folder.depth + 1, number), folder.depth + 1
        page.url_path, page.content_type, page.draft_title = f"{folder.url_path}{page.slug}/", kind, page.title
    own = {field.name for field in Page._meta.concrete_fields} - {"id"}
    with transaction.atomic():
        made = Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in own}) for page in pages)
        for page, parent in zip(pages, made, strict=True):
            page.page_ptr_id = page.pk = parent.pk
        _insert(type(pages[0]), pages)


def _insert(model: Any, rows: Sequence[Any]) -> None:
    """The rows of a model that has its parent's in another table: Django would insert them one by one."""
    from django.db import connection

    fields = model._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    values = [[field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def _fill_weeks(size: Size, author: Author) -> None:
    """The newest weeks, each with its first papers; the newest but one has all of them."""
    from papers.models import PaperIndexPage, PaperPage
    from tests.factories import make_home, make_locale
    from weekly.homes import child_of
    from weekly.models import WeekIndexPage, WeekPage

    home, locale = make_home(), make_locale()
    days = sorted({day_of(number) for number in range(1, size.papers + 1, A_WEEK)}, reverse=True)[: size.weeks]
    weeks = [
        WeekPage(
            title=f"Week of {day}", slug=day.isoformat(), locale=locale, start=day, end=day + timedelta(days=6),
            theme=author.random.choice(author.line_ja), overview=author.random.choice(author.long_ja),
            source_name="Papers of the Week", **_published(day),
        )
        for day in reversed(days)
    ]  # fmt: skip
    folder = child_of(home, WeekIndexPage)
    add_pages(weeks, folder, 1)
    WeekIndexPage.objects.filter(pk=folder.pk).update(numchild=len(weeks))
    papers = PaperPage.objects.child_of(child_of(home, PaperIndexPage)).filter(sort_date__in=days)
    _fill_entries(weeks, papers.order_by("path").values_list("pk", "title", "sort_date"), size)


def _fill_entries(weeks: Sequence[Any], papers: Any, size: Size) -> None:
    from weekly.models import WeekEntry

    of_day: dict[date, list[tuple[int, str]]] = {week.start: [] for week in weeks}
    for pk, title, day in papers.iterator():
        of_day[day].append((pk, title))
    whole = weeks[-2:-1]
    rows = [
        WeekEntry(week=week, paper_id=pk, rank=rank, sort_order=rank, title=title, note="A note of the list's own.")
        for week in weeks
        for rank, (pk, title) in enumerate(of_day[week.start][: None if week in whole else size.entries], start=1)
    ]
    WeekEntry.objects.bulk_create(rows, batch_size=BATCH)


def _fill_voices() -> None:
    """On each rich paper a comment with an answer, and a correction; it and each week were published by somebody."""
    from papers.models import PaperPage
    from tests.factories import make_editor
    from weekly.models import Comment, Correction, WeekPage

    rich = list(PaperPage.objects.filter(slug__endswith="00").values_list("pk", flat=True))
    said = {"name": "Bob", "state": "approved"}
    asked = [Comment(page_id=pk, text="Is this so? I read otherwise.", **said) for pk in rich]
    asked = Comment.objects.bulk_create(asked, batch_size=BATCH)
    answers = [Comment(page_id=one.page_id, parent=one, text="It is, on page 3.", **said) for one in asked]
    Comment.objects.bulk_create(answers, batch_size=BATCH)
    change = {"place": "summary", "place_label": "要約", "before": "古い要約です。", "after": "新しい要約です。"}
    corrections = [Correction(page_id=pk, language="ja", reason="A name was wrong.", **change) for pk in rich]
    Correction.objects.bulk_create(corrections, batch_size=BATCH)
    editor = make_editor("bench", first_name="Ada", last_name="One")
    for model, pks in ((PaperPage, rich), (WeekPage, WeekPage.objects.values_list("pk", flat=True))):
        _log_publishing(model, pks, editor)


def _log_publishing(model: Any, pks: Iterable[int], editor: Any) -> None:
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import PageLogEntry

    kind, moment = ContentType.objects.get_for_model(model), datetime(2024, 1, 1, tzinfo=UTC)
    rows = [
        PageLogEntry(page_id=pk, action="wagtail.publish", user=editor, content_type=kind, label="-", timestamp=moment)
        for pk in pks
    ]
    PageLogEntry.objects.bulk_create(rows, batch_size=BATCH)
