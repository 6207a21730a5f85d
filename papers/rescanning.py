"""A glossary term tried on all pages: how far it reaches, where it is broken, what would mend it.

The scan's row is the truth: a worker leases it, reads a few pages, and moves `after` on in the same transaction in
which it notes what it found. So a scan that was interrupted goes on where it stood and notes nothing twice.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision

from papers.blocks import text_hash
from papers.checks import run_checks
from papers.checks.base import Finding as Found
from papers.checks.base import Passage, Subject
from papers.checks.glossary import Glossary
from papers.checks.sentences import sentences
from papers.drafts import newest_drafts
from papers.errors import Notice, gettext_noop
from papers.glossary import Term
from papers.messages import notice_json
from papers.models import Finding, GlossaryTerm, PaperPage, ProposedChange, Reviewed, TermScan
from papers.models.reviewed import path_of

logger = logging.getLogger(__name__)

TASK = "papers.tasks.scan_term"
CHUNK = 50
LEASE = timedelta(seconds=90)
# A term reaches too far where it occurs in more than this part of all papers, and in more than this many.
WIDE_SHARE, WIDE_COUNT = 0.3, 20
SHORT = 2
ORIGINALS = ("title", "abstract")
TEXTS = ("title_translated", "summary", "abstract_translated", "qa")

BROKEN_OFF = gettext_noop("Something went wrong in the program: %(error)s")
REPLACED = gettext_noop("The term was changed, and a newer scan has taken this one's place.")


@dataclass(frozen=True)
class Reach:
    """In how many of all papers of its language a term or one of its wrong renderings occurs."""

    term: Term
    papers: int
    total: int

    @property
    def is_wide(self) -> bool:
        """Whether an editor should look twice before all pages are tried."""
        return self.is_short or (self.papers > WIDE_COUNT and self.papers > WIDE_SHARE * self.total)

    @property
    def is_short(self) -> bool:
        """One or two letters stand in nearly every text; of kanji and kana, one."""
        return any(len(text) <= (SHORT if text.isascii() else 1) for text in (self.term.source, *self.term.forbidden))


def reach_of(kept: GlossaryTerm) -> Reach:
    """Counts in the newest drafts; two queries, of which a row at a time is held."""
    term = kept.as_term()
    papers = PaperPage.objects.filter(language=kept.language)
    names = [*ORIGINALS, *(TEXTS if term.forbidden else ())]
    published = papers.filter(has_unpublished_changes=False).values_list(*(Cast(n, TextField()) for n in names))
    changed = papers.filter(has_unpublished_changes=True).values("latest_revision_id")
    drafts = Revision.objects.filter(pk__in=changed).values_list(*(KT(f"content__{name}") for name in names))
    rows = chain(published.iterator(chunk_size=100), drafts.iterator(chunk_size=100))
    return Reach(term, sum(_occurs(term, row) for row in rows), papers.count())


def _occurs(term: Term, row: Sequence[str | None]) -> bool:
    if any(term.pattern().search(text or "") for text in row[: len(ORIGINALS)]):
        return True
    written = "\n".join(text or "" for text in row[len(ORIGINALS) :]).casefold()
    # Questions and answers come as JSON, in which some databases keep all but ASCII escaped.
    spellings = (spelling for wrong in term.forbidden for spelling in (wrong, json.dumps(wrong)[1:-1]))
    return any(spelling.casefold() in written for spelling in spellings)


def scanned_models() -> list[type[Page]]:
    """The kinds of pages whose texts are reviewed."""
    return [model for model in apps.get_models() if issubclass(model, Reviewed) and issubclass(model, Page)]


def pages_of(language: str) -> QuerySet[Page]:
    kinds = ContentType.objects.get_for_models(*scanned_models()).values()
    return Page.objects.filter(content_type__in=list(kinds), locale__language_code=language).order_by("pk")


@transaction.atomic
def begin(term: GlossaryTerm, user: Any = None) -> TermScan:
    """Queue a scan of a term as it is now; one that is still under way ends, since it looks for another term."""
    older = TermScan.objects.filter(term=term, finished_at=None)
    older.update(finished_at=timezone.now(), lease_until=None, error=notice_json(Notice(REPLACED)))
    scan = TermScan.objects.create(term=term, total=pages_of(term.language).count(), requested_by=user)
    ring(scan)
    return scan


def ring(scan: TermScan) -> None:
    """Send the scan's id to the workers; a broker that is away stops nothing, since the sweep rings again."""
    transaction.on_commit(lambda: current_app.send_task(TASK, [scan.pk]), robust=True)


def sweep() -> int:
    """Ring for every scan that nobody works on; returns how many."""
    waiting = TermScan.objects.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now()), finished_at=None)
    scans = list(waiting.order_by("pk"))
    for scan in scans:
        ring(scan)
    return len(scans)


def scan_term(scan_id: int) -> TermScan | None:
    """Go on with a scan until its last page. Does nothing where another worker has it, or it has ended.

    An unexpected error ends the scan, is told on its page and raised again: another try would meet it as well.
    """
    scan = _claim(scan_id)
    if scan is None:
        return None
    try:
        is_read = _read_on(scan)
    except (DatabaseError, SoftTimeLimitExceeded):
        raise  # the sweep tries again once the lease is over
    except Exception as error:
        defect = Notice(BROKEN_OFF, {"error": f"{type(error).__name__}: {error}"})
        _ours(scan).update(finished_at=timezone.now(), lease_until=None, error=notice_json(defect))
        raise
    if not is_read:
        return None
    _ours(scan).update(finished_at=timezone.now(), lease_until=None, total=F("done"))
    scan.refresh_from_db()
    logger.info("Glossary rescan ended", extra={"scan": scan.pk, "pages": scan.done})
    return scan


def _read_on(scan: TermScan) -> bool:
    """Read all pages that are left; False where somebody else has taken the scan over."""
    models = {ContentType.objects.get_for_model(model).pk: model for model in scanned_models()}
    while pages := list(pages_of(scan.term.language).filter(pk__gt=scan.after).values("pk", "content_type_id")[:CHUNK]):
        drafts = [draft for kind, model in models.items() for draft in _drafts(model, pages, kind)]
        if not _note(scan, drafts, last=pages[-1]["pk"], count=len(pages)):
            return False
    return True


def _claim(scan_id: int) -> TermScan | None:
    now = timezone.now()
    free = TermScan.objects.filter(Q(lease_until=None) | Q(lease_until__lt=now), pk=scan_id, finished_at=None)
    claimed = free.update(lease_until=now + LEASE)
    return TermScan.objects.select_related("term").get(pk=scan_id) if claimed else None


def _ours(scan: TermScan) -> QuerySet[TermScan]:
    """The row, as long as no other worker went on with it and nobody ended it."""
    return TermScan.objects.filter(pk=scan.pk, after=scan.after, finished_at=None)


def _drafts(model: type[Page], pages: Iterable[dict[str, int]], kind: int) -> list[tuple[Any, Any]]:
    """(newest draft, live version or None) of the pages of one kind, from two queries."""
    wanted = [page["pk"] for page in pages if page["content_type_id"] == kind]
    rows = list(model.objects.filter(pk__in=wanted).select_related("locale").order_by("pk")) if wanted else []
    drafts = newest_drafts(rows)
    return [(drafts[row.pk], row if row.live else None) for row in rows]


@transaction.atomic
def _note(scan: TermScan, pages: Iterable[tuple[Any, Any]], *, last: int, count: int) -> bool:
    """Write down what a few pages hold and move on; False where somebody else has moved on already."""
    lease = timezone.now() + LEASE
    if not _ours(scan).update(after=last, done=F("done") + count, lease_until=lease):
        return False
    term = scan.term.as_term()
    ProposedChange.objects.bulk_create(row for draft, live in pages for row in changes_of(scan, term, draft, live))
    scan.after, scan.done = last, scan.done + count
    return True


def changes_of(scan: TermScan, term: Term, draft: Any, live: Any) -> list[ProposedChange]:
    """The broken places of a page's newest draft, and those that only its published version still has."""
    found = _broken(term, draft)
    _renew_findings(term, draft, bool(found))
    if live is None or live is draft:
        return [_change(scan, draft, broken, is_live=live is not None) for broken in found]
    published = {(broken.place, broken.text): broken for broken in _broken(term, live)}
    standing = {broken.place: broken.text for broken in found}
    rows = [_change(scan, draft, broken, is_live=(broken.place, broken.text) in published) for broken in found]
    only = [broken for (place, _text), broken in published.items() if place not in standing]
    return rows + [_change(scan, draft, replace(broken, proposed=""), is_live=True) for broken in only]


@dataclass(frozen=True)
class Broken:
    """A place that breaks the term: what stands there, what would mend it (or ""), the source's sentence."""

    place: str
    text: str
    proposed: str
    source: str


def _change(scan: TermScan, page: Page, broken: Broken, *, is_live: bool) -> ProposedChange:
    return ProposedChange(
        scan=scan,
        page_id=page.pk,
        place=broken.place,
        present=broken.text,
        proposed=broken.proposed,
        source=broken.source,
        judged=text_hash(broken.text),
        live=is_live,
    )


def _broken(term: Term, page: Any) -> list[Broken]:
    """Where a version of a page breaks the term. The paper's own text is read only for pages that might."""
    if not any(_may_break(term, passage) for passage in page.passages()):
        return []
    subject = replace(page.subject(), terms=(term,))
    passages = {(passage.block, passage.field): passage for passage in subject.passages}
    found: dict[tuple[str, str], list[Found]] = {}
    for finding in Glossary().run(subject):
        found.setdefault((finding.block, finding.field), []).append(finding)
    return [_place(term, subject, passages[key], findings) for key, findings in found.items()]


def _may_break(term: Term, passage: Passage) -> bool:
    text = passage.text.casefold()
    wrong = any(rendering.casefold() in text for rendering in term.forbidden)
    return wrong or (passage.translates and term.source.casefold() in passage.source.casefold())


def _place(term: Term, subject: Subject, passage: Passage, findings: Iterable[Found]) -> Broken:
    mended = _mended(passage.text, findings)
    proposed = mended if mended != passage.text else ""
    return Broken(path_of(passage.block, passage.field), passage.text, proposed, _sentence(term, subject, passage))


def _mended(text: str, findings: Iterable[Found]) -> str:
    """The text with the suggestions put in; of wrong renderings that overlap, the first and longest counts."""
    parts, at = [], 0
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        if finding.suggestion is not None and finding.end > finding.start >= at:
            parts += [text[at : finding.start], finding.suggestion]
            at = finding.end
    return "".join([*parts, text[at:]])


def _sentence(term: Term, subject: Subject, passage: Passage) -> str:
    """The first sentence of the source that holds the term: the passage's own, else the abstract's or the pages'."""
    for text in _sources(subject, passage):
        if term.source.casefold() in text.casefold() and (at := term.pattern().search(text)):
            return next((s.text for s in sentences(text) if s.start <= at.start() < s.end), "")
    return ""


def _sources(subject: Subject, passage: Passage) -> Iterator[str]:
    yield passage.source
    if subject.paper:
        yield from (subject.paper.abstract, subject.paper.title)
    yield from (page.text for page in subject.pages)


def _renew_findings(term: Term, draft: Any, is_broken: bool) -> None:
    """Bring the page's findings about the glossary up to date where this term has or had any; others stand."""
    kept = Finding.objects.filter(rule=Glossary.id)
    if is_broken or kept.current().filter(page_id=draft.pk, source=term.source).exists():
        kept.renew(draft, run_checks(draft.subject(), (Glossary(),)), draft.machine_prompts())
