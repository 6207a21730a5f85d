"""Draft a week, and publish it with its chosen papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from papers import ledger
from papers.actions import begin, context_for, drafter_for, outcome_of, request_drafts
from papers.applying import Changes, apply_changes, base_hashes
from papers.blocks import text_hash
from papers.checks.base import Finding as Found
from papers.drafting.base import WeekInput, WeekItem
from papers.drafts import newest_drafts
from papers.ledger import Outcome
from papers.models import DraftRun, Finding, PaperPage, Scope, Status
from papers.models.reviewed import path_of
from papers.models.runs import PARTS
from weekly.models import WeekEntry, WeekPage

TASK = "weekly.tasks.draft_overview"
OVERVIEW_FIELDS = ("theme", "overview")


def newest_draft(week: WeekPage) -> WeekPage:
    """The week as its newest draft has it, for reading only."""
    return newest_drafts([week])[week.pk]


def papers_of(entries: Iterable[WeekEntry]) -> list[PaperPage]:
    """The pages of these entries, each once, in order; one query."""
    ids = list(dict.fromkeys(entry.paper_id for entry in entries if entry.paper_id))
    papers = PaperPage.objects.in_bulk(ids)
    return [papers[pk] for pk in ids if pk in papers]


def request_week(
    week: WeekPage,
    scopes: tuple[str, ...] = PARTS,
    *,
    user: Any = None,
    skip: Collection[tuple[int, str]] = (),
) -> list[DraftRun]:
    """Queue a week's runs: all abstracts first, since the overview is drawn from them, then the Q&As.

    `skip` holds (page id, scope) that are left as they are.
    """
    papers = papers_of(newest_draft(week).entries.all())
    runs = []
    for scope in (Scope.ABSTRACT, Scope.QA):
        for paper in papers if scope in scopes else []:
            if (paper.pk, scope) not in skip:
                runs += request_drafts(paper, (scope,), group=week.run_group, user=user)
    if Scope.OVERVIEW in scopes and (week.pk, Scope.OVERVIEW) not in skip:
        runs.append(ledger.enqueue(week, Scope.OVERVIEW, task=TASK, group=week.run_group, user=user))
    return runs


def request_unfinished(week: WeekPage, *, user: Any = None) -> list[DraftRun]:
    """Queue only what was never drafted or has failed."""
    newest = DraftRun.objects.latest_of(week.run_group).exclude(status=Status.FAILED)
    return request_week(week, user=user, skip=set(newest.values_list("page_id", "scope")))


def draft_overview(run_id: int) -> DraftRun | None:
    """Work on a week's overview. While an abstract is still to come it stays queued; the ledger rings again."""
    group = DraftRun.objects.values_list("group", flat=True).get(pk=run_id)
    if ledger.is_awaiting_abstracts(group):
        return None
    return ledger.work(run_id, _draft, _apply)


def _draft(run: DraftRun) -> tuple[Changes, Mapping[str, str], dict[str, Any]]:
    week = WeekPage.objects.get(pk=run.page_id)
    draft = week.get_latest_revision_as_object()
    drafter = drafter_for(run)
    stamp = begin(run, drafter, base_hashes(draft, OVERVIEW_FIELDS))
    items = week_input(draft)
    result = drafter.overview(items, context_for(week.locale.language_code))
    texts = {"theme": result.theme, "overview": result.overview}
    written = {name: text for name, text in texts.items() if text}
    return (
        Changes(texts=written),
        result.problems,
        {**stamp, "entries": list(result.entries), "drawn_from": fingerprint(items)},
    )


def _apply(run: DraftRun, drafted: tuple[Changes, Mapping[str, str], dict[str, Any]]) -> Outcome:
    changes, problems, stamp = drafted
    parked = apply_changes(WeekPage.objects.get(pk=run.page_id), changes, run, stamp)
    return outcome_of(bool(parked), problems, None)


def week_input(week: WeekPage) -> WeekInput:
    """The week as the overview call sees it: each paper's newest summary, else the list's note."""
    items = []
    entries = list(week.entries.all())
    papers = newest_drafts(papers_of(entries))
    for entry in entries:
        paper = papers.get(entry.paper_id)
        title = paper.title if paper else entry.title
        items.append(WeekItem(entry.rank, title, paper.summary if paper else "", entry.note))
    return WeekInput(week.start, week.end, tuple(items))


def fingerprint(week: WeekInput) -> str:
    """Changes with each title and summary that an overview is drawn from."""
    return text_hash("\x1f".join(f"{item.title}\x1f{item.summary}" for item in week.items))


def is_overview_stale(week: WeekPage) -> bool:
    """Whether a title or summary that the machine's overview was drawn from has changed since."""
    draft = newest_draft(week)
    drawn_from = draft.provenance.get("overview", {}).get("drawn_from")
    return bool(drawn_from) and drawn_from != fingerprint(week_input(draft))


@dataclass(frozen=True)
class Gap:
    """Something that stands against publishing: on which page, at which place, in words.

    An editor with a reason can override an error or an unapproved text; what is missing stays missing.
    """

    page: Page
    path: str
    message: str
    can_be_overridden: bool = False


def gaps_of(week: WeekPage) -> list[Gap]:
    """All that keeps a week and its chosen papers from being published."""
    draft = newest_draft(week)
    pages = [draft, *newest_drafts(chosen_papers(draft)).values()]
    errors = standing_errors(pages)
    return [gap for page in pages for gap in _gaps(page, errors.get(page.pk, ()))]


def _gaps(page: Any, errors: Iterable[tuple[str, str]]) -> Iterator[Gap]:
    yield from (Gap(page, path, str(message)) for path, message in page.missing())
    if not page.override_reason:
        for path, message in page.blockers(errors):
            yield Gap(page, path, str(message), can_be_overridden=True)


def check_week(week: WeekPage) -> list[tuple[Page, list[Found]]]:
    """Check the newest drafts of a week and all its papers anew and keep what was found, page by page."""
    draft = newest_draft(week)
    pages = [draft, *newest_drafts(papers_of(draft.entries.all())).values()]
    return [(page, page.renew_findings()) for page in pages]


def standing_errors(pages: Iterable[Page]) -> dict[int, list[tuple[str, str]]]:
    """The errors that stand in the newest drafts of pages, by pk, as (path, message); one query."""
    errors: dict[int, list[tuple[str, str]]] = {}
    for finding in Finding.objects.standing().errors().filter(page__in=[page.pk for page in pages]):
        errors.setdefault(finding.page_id, []).append((path_of(finding.block, finding.field), finding.text))
    return errors


def chosen_papers(draft: WeekPage) -> list[PaperPage]:
    """The pages of the chosen entries, each once, in order."""
    return papers_of(entry for entry in draft.entries.all() if entry.chosen)


@transaction.atomic
def publish_week(week: WeekPage, *, user: Any = None, reason: str = "") -> list[Page]:
    """Publish the week and its chosen papers, all or none; returns the published pages.

    With a `reason`, errors and unapproved texts are overridden on each page that has them. Raises NotReady through
    each page's own guard where something is missing.
    """
    draft = week.get_latest_revision_as_object()
    pages = [*chosen_papers(draft), week]
    for page in pages:
        revision = page.get_latest_revision() or page.save_revision(user=user)
        if reason:
            revision = _overridden(revision, reason, user)
        revision.publish(user=user)
    return pages


def _overridden(revision: Revision, reason: str, user: Any) -> Revision:
    """A new revision that bears the reason; the same one where nothing blocks it."""
    draft = revision.as_object()
    if draft.override_reason or not draft.blockers():
        return revision
    draft.override(reason, user or "")
    return draft.save_revision(user=user, clean=False)
