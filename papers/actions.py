"""Draft a paper: from its source to an unpublished revision. Each action is one run of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from papers import conf, ledger
from papers.applying import Changes, apply_changes, base_hashes
from papers.drafting.base import AbstractDraft, Context, Drafter, QADraft, QASetDraft
from papers.drafting.questions import QUESTIONS
from papers.errors import NothingToDraft, Notice, gettext_noop
from papers.ledger import Outcome
from papers.models import DRAFTED_FIELDS, DraftRun, GlossaryTerm, PaperPage, Scope, Status, TagCount
from papers.reading import ensure_metadata, facts_of, read_ahead, read_pages
from papers.recording import RecordedLLM

TASK = "papers.tasks.draft_paper"
MAX_TAGS_OFFERED = 60
MAX_TITLE = PaperPage._meta.get_field("title_translated").max_length

INCOMPLETE = gettext_noop("Not all could be drafted: %(problems)s")
PARKED = gettext_noop("Kept as a suggestion, since the page was locked, open or changed by a person.")
TITLE_TOO_LONG = gettext_noop("The model wrote a title that is too long.")
NO_TEXT = gettext_noop("Drafted from the abstract only: there is no PDF to read.")
ABSTRACT_ONLY = gettext_noop("Drafted from the abstract only: %(reason)s")
NOT_ANSWERED = gettext_noop("%(count)d questions are left out: the paper does not answer them.")
NOTE_ONLY = gettext_noop("Drafted from the list's note only: there is no abstract.")


def request_drafts(page: PaperPage, scopes: tuple[str, ...], *, group: str = "", user: Any = None) -> list[DraftRun]:
    """Queue the runs of a paper for which there is something to read."""
    draft = page.get_latest_revision_as_object()
    readable = {
        Scope.ABSTRACT: bool(draft.arxiv_id or draft.abstract or draft.listed_note),
        Scope.QA: bool(draft.arxiv_id or draft.abstract or draft.pdf_url),
    }
    wanted = [scope for scope in scopes if readable.get(scope)]
    return [ledger.enqueue(page, scope, task=TASK, group=group, user=user) for scope in wanted]


def draft_paper(run_id: int) -> DraftRun | None:
    """Work on a paper's run, if it is free to claim."""
    return ledger.work(run_id, _draft, _apply)


def drafter_for(run: DraftRun) -> Drafter:
    """The configured drafter, recording its replies in the run."""
    if conf.backend() == "extractive":
        return conf.get_drafter()
    recorded = RecordedLLM(conf.get_llm(), run)
    return conf.get_drafter(recorded, recorded.judge)


def context_for(language: str) -> Context:
    """What holds for all drafts in a language: glossary, the tags most used, the question set."""
    terms = tuple(term.as_term() for term in GlossaryTerm.objects.filter(language=language))
    counts = TagCount.objects.filter(language=language, papers__gt=0).order_by("-papers", "tag__name")
    tags = tuple(counts.values_list("tag__name", flat=True)[:MAX_TAGS_OFFERED])
    return Context(language=language, terms=terms, tags=tags, questions=QUESTIONS)


def begin(run: DraftRun, drafter: Drafter, base: Mapping[str, str]) -> dict[str, Any]:
    """Note in the ledger what drafts and what stood there; returns the stamp for what gets written."""
    run.backend, run.model, run.prompt_version = drafter.backend, drafter.model, drafter.version(run.scope)
    run.base = dict(base)
    run.save(update_fields=["backend", "model", "prompt_version", "base"])
    return {"backend": run.backend, "model": run.model, "prompt": run.prompt_version, "run": run.pk}


def _draft(run: DraftRun) -> tuple[Changes, Mapping[str, str], Notice | None, dict[str, Any]]:
    page = PaperPage.objects.get(pk=run.page_id)
    drafter = drafter_for(run)
    draft = ensure_metadata(page)
    stamp = begin(run, drafter, base_hashes(draft, DRAFTED_FIELDS))
    context = context_for(page.locale.language_code)
    if run.scope == Scope.ABSTRACT:
        if DraftRun.objects.active().filter(page_id=run.page_id, scope=Scope.QA).exists():
            read_ahead(draft)
        return *_draft_abstract(draft, drafter, context), stamp
    return *_draft_qa(draft, drafter, context), stamp


def _draft_abstract(
    draft: PaperPage, drafter: Drafter, context: Context
) -> tuple[Changes, Mapping[str, str], Notice | None]:
    result: AbstractDraft = drafter.abstract(draft.as_paper(), context)
    texts = {"title_translated": result.title, "summary": result.summary}
    if draft.abstract:  # else what was translated is the list's note, which is no abstract
        texts["abstract_translated"] = result.abstract
    problems = dict(result.problems)
    if len(result.title) > MAX_TITLE:
        problems["title"] = TITLE_TOO_LONG
        del texts["title_translated"]
    written = {name: text for name, text in texts.items() if text}
    note = None if draft.abstract else Notice(NOTE_ONLY)
    return Changes(texts=written, tags=result.tags), problems, note


def _draft_qa(draft: PaperPage, drafter: Drafter, context: Context) -> tuple[Changes, Mapping[str, str], Notice | None]:
    pages, problem = read_pages(draft)
    if not pages and not draft.abstract:
        raise NothingToDraft(reason=str(problem or ""))
    result: QASetDraft = drafter.qa(draft.as_paper(pages), context)
    note = None
    if not pages:
        note = Notice(ABSTRACT_ONLY, {"reason": problem}) if problem else Notice(NO_TEXT)
    answered = [item for item in result.items if item.failed or not item.problem]
    if note is None and result.note:
        note = result.note
    elif note is None and len(answered) < len(result.items):
        note = Notice(NOT_ANSWERED, {"count": len(result.items) - len(answered)})
    changes = Changes(items=answered, facts=facts_of(None if pages else note, pages))
    return changes, {**result.problems, **_item_problems(result.items)}, note


def _item_problems(items: tuple[QADraft, ...]) -> dict[str, str]:
    return {f"{number}": item.problem for number, item in enumerate(items, start=1) if item.failed}


def _apply(run: DraftRun, drafted: tuple[Changes, Mapping[str, str], Notice | None, dict[str, Any]]) -> Outcome:
    changes, problems, note, stamp = drafted
    parked = apply_changes(PaperPage.objects.get(pk=run.page_id), changes, run, stamp)
    return outcome_of(bool(parked), problems, note)


def outcome_of(parked: bool, problems: Mapping[str, str], note: Notice | None) -> Outcome:
    """Failed in parts comes before parked: the reason must be seen, and the parts can be retried."""
    if problems:
        listed = " ".join(f"{place}: {reason}" for place, reason in problems.items())
        return Outcome(Status.FAILED, error=Notice(INCOMPLETE, {"problems": listed}), note=note)
    if parked:
        return Outcome(Status.PARKED, error=Notice(PARKED), note=note)
    return Outcome(Status.DONE, note=note)
