"""Glossary terms tried on all pages: where they are broken, what would mend them.

A scan's row is the truth: a worker leases it, reads a few pages, and moves `after` on in the same transaction in
which it notes what it found. So a scan that was interrupted goes on where it stood and notes nothing twice. Scans of
one language that stand at the same page, as those of an imported glossary, share one pass over the pages.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

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
from papers.models import Finding, GlossaryTerm, ProposedChange, Reviewed, TermScan
from papers.models.reviewed import path_of

logger = logging.getLogger(__name__)

TASK = "papers.tasks.scan_term"
CHUNK = 50
LEASE = timedelta(seconds=90)
TOGETHER = 500  # scans in one pass
BATCH = 500

BROKEN_OFF = gettext_noop("Something went wrong in the program: %(error)s")
REPLACED = gettext_noop("The term was changed, and a newer scan has taken this one's place.")


def scanned_models() -> list[type[Page]]:
    """The kinds of pages whose texts are reviewed."""
    return [model for model in apps.get_models() if issubclass(model, Reviewed) and issubclass(model, Page)]


def pages_of(language: str) -> QuerySet[Page]:
    kinds = ContentType.objects.get_for_models(*scanned_models()).values()
    return Page.objects.filter(content_type__in=list(kinds), locale__language_code=language).order_by("pk")


def begin(term: GlossaryTerm, user: Any = None) -> TermScan:
    """Queue a scan of a term as it is now; one that is still under way ends, since it looks for another term."""
    return begin_all([term], user)[0]


@transaction.atomic
def begin_all(terms: Sequence[GlossaryTerm], user: Any = None) -> list[TermScan]:
    """The same for several terms at once; their scans have the terms' order."""
    older = TermScan.objects.filter(term__in=terms, finished_at=None)
    older.update(finished_at=timezone.now(), lease_until=None, error=notice_json(Notice(REPLACED)))
    totals = {language: pages_of(language).count() for language in {term.language for term in terms}}
    scans = [TermScan(term=term, total=totals[term.language], requested_by=user) for term in terms]
    TermScan.objects.bulk_create(scans, batch_size=BATCH)
    for scan in {term.language: scan for term, scan in zip(terms, scans, strict=True)}.values():
        ring(scan.pk)
    return scans


def ring(scan_id: int) -> None:
    """Send the scan's id to the workers; a broker that is away stops nothing, since the sweep rings again."""
    transaction.on_commit(lambda: current_app.send_task(TASK, [scan_id]), robust=True)


def sweep() -> int:
    """Ring once for all scans that nobody works on and that can be read together; returns how often it rang."""
    waiting = _free().values_list("after", "term__language").annotate(first=Min("pk")).order_by("first")
    rung = [first for _after, _language, first in waiting]
    for first in rung:
        ring(first)
    return len(rung)


def _free() -> QuerySet[TermScan]:
    """Scans that nobody works on."""
    return TermScan.objects.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now()), finished_at=None)


@dataclass
class Reading:
    """Scans that share a pass over the pages, and the last page that was read."""

    scans: list[TermScan]
    after: int

    def __post_init__(self) -> None:
        self.language = self.scans[0].term.language
        self.terms = {scan.term.source: scan.term.as_term() for scan in self.scans}
        self.scan_of = {scan.term.source: scan for scan in self.scans}

    @property
    def ours(self) -> QuerySet[TermScan]:
        """The rows, as long as no other worker went on with them and nobody ended them."""
        return TermScan.objects.filter(pk__in=[scan.pk for scan in self.scans], after=self.after, finished_at=None)

    def moved(self, kept: Iterable[int], after: int) -> Reading:
        """The next stretch, with those scans that are still ours."""
        kept = set(kept)
        return Reading([scan for scan in self.scans if scan.pk in kept], after)


def scan_term(scan_id: int) -> TermScan | None:
    """Go on with a scan, and those beside it, until the last page. Does nothing where another worker has it.

    An unexpected error ends the scans, is told on their pages and raised again: another try would meet it as well.
    """
    reading = _claim(scan_id)
    if reading is None:
        return None
    reading = _read_on(reading)
    if reading is None:
        return None
    reading.ours.update(finished_at=timezone.now(), lease_until=None, total=F("done"))
    logger.info("Glossary rescan ended", extra={"scan": scan_id, "scans": len(reading.scans)})
    sweep()  # those that no longer fitted into this pass
    return TermScan.objects.get(pk=scan_id)


@transaction.atomic
def _claim(scan_id: int) -> Reading | None:
    """Lease a scan and others that stand at the same page."""
    free = _free().select_related("term").select_for_update(of=("self",))
    asked = free.filter(pk=scan_id).first()
    if asked is None:
        return None
    beside = free.filter(after=asked.after, term__language=asked.term.language).exclude(term=asked.term)
    reading = Reading([asked, *beside.order_by("pk")[: TOGETHER - 1]], asked.after)
    reading.ours.update(lease_until=timezone.now() + LEASE)
    return reading


def _read_on(reading: Reading) -> Reading | None:
    """Read all pages that are left; None where somebody else has taken all the scans over."""
    try:
        while pages := _next_pages(reading):
            drafts = _drafts_of(pages)
            moved = _note(reading, drafts, last=pages[-1]["pk"], count=len(pages))
            if moved is None:
                return None
            reading = moved
    except (DatabaseError, SoftTimeLimitExceeded):
        raise  # the sweep tries again once the lease is over
    except Exception as error:
        defect = Notice(BROKEN_OFF, {"error": f"{type(error).__name__}: {error}"})
        reading.ours.update(finished_at=timezone.now(), lease_until=None, error=notice_json(defect))
        raise
    return reading


def _next_pages(reading: Reading) -> list[dict[str, int]]:
    return list(pages_of(reading.language).filter(pk__gt=reading.after).values("pk", "content_type_id")[:CHUNK])


def _drafts_of(pages: Sequence[dict[str, int]]) -> list[tuple[Any, Any]]:
    models = {ContentType.objects.get_for_model(model).pk: model for model in scanned_models()}
    return [draft for kind, model in models.items() for draft in _drafts(model, pages, kind)]


def _drafts(model: type[Page], pages: Iterable[dict[str, int]], kind: int) -> list[tuple[Any, Any]]:
    """(newest draft, live version or None) of the pages of one kind, from two queries."""
    wanted = [page["pk"] for page in pages if page["content_type_id"] == kind]
    rows = list(model.objects.filter(pk__in=wanted).select_related("locale").order_by("pk")) if wanted else []
    drafts = newest_drafts(rows)
    return [(drafts[row.pk], row if row.live else None) for row in rows]


@transaction.atomic
def _note(reading: Reading, pages: Iterable[tuple[Any, Any]], *, last: int, count: int) -> Reading | None:
    """Write down what a few pages hold and move on; None where somebody else has moved on already."""
    ours = list(reading.ours.select_for_update().values_list("pk", flat=True))
    if not ours:
        return None
    lease = timezone.now() + LEASE
    TermScan.objects.filter(pk__in=ours).update(after=last, done=F("done") + count, lease_until=lease)
    reading = reading.moved(ours, last)
    ProposedChange.objects.bulk_create(row for draft, live in pages for row in changes_of(reading, draft, live))
    return reading


def changes_of(reading: Reading, draft: Any, live: Any) -> list[ProposedChange]:
    """The broken places of a page's newest draft, and those that only its published version still has."""
    found = _broken(reading.terms, draft)
    _renew_findings(reading.terms, draft, bool(found))
    if live is None or live is draft:
        return [_change(reading, draft, broken, is_live=live is not None) for broken in found]
    published = {(*broken.key, broken.text): broken for broken in _broken(reading.terms, live)}
    standing = {broken.key for broken in found}
    rows = [_change(reading, draft, broken, is_live=(*broken.key, broken.text) in published) for broken in found]
    only = [broken for broken in published.values() if broken.key not in standing]
    return rows + [_change(reading, draft, replace(broken, proposed=""), is_live=True) for broken in only]


@dataclass(frozen=True)
class Broken:
    """A place that breaks a term: what stands there, what would mend it (or ""), the source's sentence."""

    term: str
    place: str
    text: str
    proposed: str
    source: str

    @property
    def key(self) -> tuple[str, str]:
        return self.term, self.place


def _change(reading: Reading, page: Page, broken: Broken, *, is_live: bool) -> ProposedChange:
    return ProposedChange(
        scan=reading.scan_of[broken.term],
        page_id=page.pk,
        place=broken.place,
        present=broken.text,
        proposed=broken.proposed,
        source=broken.source,
        judged=text_hash(broken.text),
        live=is_live,
    )


def _broken(terms: Mapping[str, Term], page: Any) -> list[Broken]:
    """Where a version of a page breaks the terms. The paper's own text is read only for pages that might."""
    folded = [(one.text.casefold(), one.source.casefold() if one.translates else "") for one in page.passages()]
    doubtful = tuple(term for term in terms.values() if _may_break(term, folded))
    if not doubtful:
        return []
    subject = replace(page.subject(), terms=doubtful)
    passages = {(passage.block, passage.field): passage for passage in subject.passages}
    found: dict[tuple[str, str, str], list[Found]] = {}
    for finding in Glossary().run(subject):
        found.setdefault((finding.source, finding.block, finding.field), []).append(finding)
    return [
        _place(terms[source], subject, passages[block, field], findings)
        for (source, block, field), findings in found.items()
    ]


def _may_break(term: Term, folded: Iterable[tuple[str, str]]) -> bool:
    """Whether a text holds a wrong rendering, or translates a source that holds the term."""
    source, wrong = term.source.casefold(), [rendering.casefold() for rendering in term.forbidden]
    return any(source in original or any(one in text for one in wrong) for text, original in folded)


def _place(term: Term, subject: Subject, passage: Passage, findings: Iterable[Found]) -> Broken:
    mended = _mended(passage.text, findings)
    proposed = mended if mended != passage.text else ""
    place = path_of(passage.block, passage.field)
    return Broken(term.source, place, passage.text, proposed, _sentence(term, subject, passage))


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
    for paper in (*filter(None, [subject.paper]), *subject.listed):
        yield from (paper.abstract, paper.title)
    yield from (page.text for page in subject.pages)


def _renew_findings(terms: Mapping[str, Term], draft: Any, is_broken: bool) -> None:
    """Bring the page's findings about the glossary up to date where a term has or had any; others stand."""
    kept = Finding.objects.filter(rule=Glossary.id)
    had = kept.current().filter(page_id=draft.pk).values_list("source", flat=True)
    if is_broken or not terms.keys().isdisjoint(had):
        kept.renew(draft, run_checks(draft.subject(), (Glossary(),)), draft.machine_prompts())
