"""From a parsed week to draft pages. Idempotent by key; what an editor wrote is never undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from papers.errors import DigestError, MalformedArxivId, Notice, UnknownPaper, gettext_noop
from papers.messages import notice_json
from papers.paper import ArxivId, Paper
from papers.reading import fetch_metadata
from papers.sources.arxiv import titles_match
from weekly.homes import child_of, open_home, untranslated
from weekly.importers.base import Entry, Week
from weekly.models import WeekEntry, WeekIndexPage, WeekPage
from weekly.paper_pages import first_address, paper_page

TITLE_DIFFERS = gettext_noop("The list says “%(listed)s”, arXiv says “%(found)s” for %(id)s. Is the link right?")
NOT_ASKED = gettext_noop("arXiv gave no metadata, so it will be read when drafting: %(reason)s")
LIST_CHANGED = gettext_noop("The list has changed here, and so has an editor; the editor's text stands.")
GONE = gettext_noop("“%(title)s” is no longer in the list.")
WITHDRAWN = gettext_noop("The paper was withdrawn.")


class Change(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    SKIPPED = "skipped"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class ImportedEntry:
    """What became of a row."""

    entry: Entry
    change: Change
    title: str
    warnings: tuple[Notice, ...]
    url: str = ""
    paper_id: int | None = None


@dataclass(frozen=True)
class ImportedWeek:
    week: Week
    title: str
    entries: tuple[ImportedEntry, ...]
    warnings: tuple[Notice, ...]
    page_id: int | None = None


@dataclass(frozen=True)
class Source:
    """Where a week comes from; `key` is part of its identity."""

    key: str
    name: str = ""
    url: str = ""


@dataclass
class Metadata:
    """arXiv's answers for a week's ids, and the one reason where it gave none at all."""

    papers: Mapping[str, Paper | DigestError] = field(default_factory=dict)
    problem: Notice | None = None

    def of(self, entry: Entry) -> Paper | DigestError | None:
        return self.papers.get(str(ref)) if (ref := ref_of(entry)) else None

    def paper_of(self, entry: Entry) -> Paper | None:
        found = self.of(entry)
        return found if isinstance(found, Paper) else None


def ref_of(entry: Entry) -> ArxivId | None:
    return ArxivId(entry.arxiv_id, entry.arxiv_version) if entry.arxiv_id else None


def ask_arxiv(entries: Sequence[Entry]) -> Metadata:
    """Metadata for all entries in one request; a failure is told and kept from stopping the import."""
    refs = list(dict.fromkeys(ref for entry in entries if (ref := ref_of(entry))))
    try:
        return Metadata(fetch_metadata(refs, patient=False))
    except DigestError as error:
        return Metadata(problem=error.notice)


def warnings_for(entry: Entry, metadata: Metadata) -> tuple[Notice, ...]:
    """The list's warnings and arXiv's, for one entry."""
    found = metadata.of(entry)
    extra: list[Notice] = []
    if isinstance(found, DigestError):
        unknown = isinstance(found, UnknownPaper | MalformedArxivId)
        extra.append(found.notice if unknown else Notice(NOT_ASKED, {"reason": found.notice}))
    elif isinstance(found, Paper):
        if not is_by_hand(entry) and not titles_match(entry.title, found):
            params = {"listed": entry.title, "found": found.title, "id": entry.arxiv_id}
            extra.append(Notice(TITLE_DIFFERS, params))
        if found.withdrawn:
            extra.append(Notice(WITHDRAWN))
    return (*entry.warnings, *extra)


def week_warnings(week: Week, metadata: Metadata) -> tuple[Notice, ...]:
    problem = metadata.problem
    return (*week.warnings, *([Notice(NOT_ASKED, {"reason": problem})] if problem else []))


def listed_values(entry: Entry) -> dict[str, Any]:
    """What the list says of an entry, as it is kept to see later changes."""
    return {
        "title": entry.title,
        "note": entry.description,
        "links": [asdict(link) for link in entry.links],
        "arxiv_id": entry.arxiv_id,
    }


@transaction.atomic
def import_week(week: Week, source: Source, locale: Locale, metadata: Metadata) -> ImportedWeek:
    """Create or update the week's draft and its papers' drafts. Publishes nothing, overwrites no editor."""
    Locale.objects.select_for_update().get(pk=locale.pk)  # two imports at once would make two pages of one week
    page = _week_page(week, source, locale)
    draft = page.get_latest_revision_as_object()
    before = draft.serializable_data()
    known = list(draft.entries.all())
    done = [_import_entry(draft, entry, known, metadata) for entry in week.entries]
    warnings = (*week_warnings(week, metadata), *gone(known))
    draft.warnings = [notice_json(notice) for notice in warnings]
    if draft.serializable_data() != before or not page.latest_revision:
        draft.save_revision(clean=False)
    return ImportedWeek(week, draft.title, tuple(done), warnings, page.pk)


def gone(known: Sequence[WeekEntry]) -> list[Notice]:
    """The rows of the page that the list no longer has."""
    return [Notice(GONE, {"title": entry.title}) for entry in known]


def find_week(start: date, source_key: str, locale: Locale) -> WeekPage | None:
    return WeekPage.objects.filter(start=start, source=source_key, locale=locale).first()


def _week_page(week: Week, source: Source, locale: Locale) -> WeekPage:
    found = find_week(week.start, source.key, locale)
    if found is not None:
        return found
    parent = child_of(open_home(locale), WeekIndexPage)
    slug = week.start.isoformat()
    if WeekPage.objects.child_of(parent).filter(slug=slug).exists():
        slug = f"{slug}-{source.key}"
    twins = WeekPage.objects.filter(start=week.start, source=source.key).order_by("pk")
    page = WeekPage(
        **untranslated(twins.values_list("translation_key", flat=True), locale),
        title=week_title(week.start, week.end, locale.language_code),
        slug=slug,
        locale=locale,
        start=week.start,
        end=week.end,
        heading=week.heading[:255],
        source=source.key,
        source_name=source.name,
        source_url=source.url,
        live=False,
    )
    return parent.add_child(instance=page)


def week_title(start: date, end: date, language: str) -> str:
    """Such as 最新論文ノート: 2024年5月6日〜2024年5月12日, in the page's language."""
    with override(language):
        days = {"start": date_format(start, "DATE_FORMAT"), "end": date_format(end, "DATE_FORMAT")}
        return _("Paper digest: %(start)s – %(end)s") % days


def is_by_hand(entry: Entry) -> bool:
    """Whether a person named the paper by its id alone, so that there is no list's title to compare or to keep."""
    return entry.arxiv_id is not None and entry.title == entry.arxiv_id


def is_refused(entry: Entry, metadata: Metadata) -> bool:
    """An id by hand that arXiv does not know is a typing error; a list's row is an entry all the same."""
    return is_by_hand(entry) and isinstance(metadata.of(entry), UnknownPaper | MalformedArxivId)


def _import_entry(week: WeekPage, entry: Entry, known: list[WeekEntry], metadata: Metadata) -> ImportedEntry:
    row, change, warnings = planned(entry, known, metadata)
    listed = listed_values(entry)
    if row is None and change == Change.SKIPPED:
        return ImportedEntry(entry, change, entry.title, warnings, first_address(entry))
    if row is None:
        row = WeekEntry(rank=entry.rank, sort_order=entry.rank)
        week.entries.add(row)
    if change in {Change.CREATED, Change.UPDATED}:
        if row.paper is None or row.listed.get("arxiv_id") != entry.arxiv_id:  # the list has mended its link
            row.paper = paper_page(week, entry, metadata.paper_of(entry))
        title = row.paper.title if is_by_hand(entry) else entry.title
        row.title, row.note, row.links = title[:500], entry.description, listed["links"]
        row.listed = listed
    row.offered = listed if change == Change.CONFLICT else {}
    row.warnings = [notice_json(notice) for notice in warnings]
    title = row.paper.title if row.paper else row.title
    url = row.paper.source_url if row.paper else first_address(entry)
    return ImportedEntry(entry, change, title, warnings, url, row.paper_id)


Planned = tuple[WeekEntry | None, Change, tuple[Notice, ...]]


def planned(entry: Entry, known: list[WeekEntry], metadata: Metadata) -> Planned:
    """The row that stands for an entry, taken out of `known`; what is to become of it; what to warn of."""
    warnings = warnings_for(entry, metadata)
    row = _match(entry, known)
    if row is None:
        return None, Change.SKIPPED if is_refused(entry, metadata) else Change.CREATED, warnings
    known.remove(row)
    change = _change(row, listed_values(entry))
    return row, change, (*warnings, Notice(LIST_CHANGED)) if change == Change.CONFLICT else warnings


def _match(entry: Entry, known: Sequence[WeekEntry]) -> WeekEntry | None:
    """The row that stands for this entry: by arXiv id where there is one, by title in the list otherwise."""
    for row in known:
        if entry.arxiv_id and row.listed.get("arxiv_id") == entry.arxiv_id and row.rank == entry.rank:
            return row
    key = ("arxiv_id", entry.arxiv_id) if entry.arxiv_id else ("title", entry.title)
    same = [row for row in known if row.listed.get(key[0]) == key[1]]
    return same[0] if same else next((r for r in known if r.rank == entry.rank and r.title == entry.title), None)


def _change(row: WeekEntry, listed: Mapping[str, Any]) -> Change:
    if row.listed == listed:
        return Change.SKIPPED
    untouched = (row.title, row.note) == (row.listed.get("title", "")[:500], row.listed.get("note"))
    return Change.UPDATED if untouched else Change.CONFLICT
