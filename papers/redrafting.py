"""Draft one text of a page anew, as an editor asks while they have the page open.

What comes of it is kept as a suggestion and never written into the page: the editor's own form takes it up, or the
next opening of the page offers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from papers import ledger
from papers.actions import MAX_TITLE, TITLE_TOO_LONG, begin, context_for, drafter_for
from papers.applying import park, settle
from papers.blocks import qa_hash, qa_value, text_hash
from papers.drafting.base import Context, Drafter, Wish
from papers.drafting.plain import line
from papers.drafting.questions import LABELS, OWN, Question
from papers.drafting.redraft import LONGEST_QUESTION, own_question
from papers.errors import InvalidReply, NothingToDraft, Notice, gettext_noop
from papers.ledger import Outcome
from papers.models import DraftRun, MachineText, PaperPage, Scope, Status, Suggestion
from papers.people import name_of
from papers.reading import read_pages

ASKED = gettext_noop("%(name)s asked for this draft.")


@dataclass(frozen=True)
class Asked:
    """What an editor asks for. `place` is a drafted field or `qa.<block id>`, whose block may not be saved yet.

    `present` is the text in the form; `question` is needed for a Q&A, with `kind` `own` for an editor's own.
    """

    place: str
    instruction: str = ""
    present: str = ""
    question: str = ""
    question_original: str = ""
    kind: str = ""

    @property
    def is_qa(self) -> bool:
        return self.place.startswith("qa.")

    def as_question(self, language: str) -> Question:
        if self.kind not in LABELS or self.kind == OWN:
            return own_question(self.question)
        asked, english = (line(text)[:LONGEST_QUESTION] for text in (self.question, self.question_original))
        return Question(self.kind, {"en": english or asked, language: asked})


def request_redraft(page: Any, asked: Asked, *, user: Any = None) -> DraftRun:
    """Queue one text's redraft. While one is under way at that place it gives that one, which may have been asked
    for in other words: see `gives_what_is`."""
    place = {"block_id": asked.place.removeprefix("qa."), "request": asdict(asked)}
    return ledger.enqueue(page, Scope.REDRAFT, task=page.redraft_task, group=_group(page), user=user, **place)


def gives_what_is(asked: Asked, run: DraftRun) -> bool:
    """Whether a run drafts what is asked for; the text that stood when it was pressed does not count."""
    return replace(Asked(**run.request), present="") == replace(asked, present="")


def redraft(run_id: int) -> DraftRun | None:
    """Work on a redraft, if it is free to claim."""
    return ledger.work(run_id, _draft, keep)


def value_for(run: DraftRun) -> Suggestion | None:
    """What a redraft gave, if nobody has decided about it yet."""
    return Suggestion.objects.open().filter(run=run).first()


def remember(suggestion: Suggestion) -> None:
    """Keep a suggestion's texts as a machine's, so that they are known as such wherever they are put."""
    if not suggestion.place.startswith("qa"):
        stamp = {**suggestion.provenance, "hash": text_hash(suggestion.value)}
        MachineText.objects.remember(suggestion.page_id, suggestion.place, suggestion.value, stamp)
        return
    for value in suggestion.value if suggestion.place == "qa" else [suggestion.value]:
        stamp = {**value["provenance"], "hash": qa_hash(value)}
        MachineText.objects.remember(suggestion.page_id, "qa", value, stamp)


def take_into_form(suggestion: Suggestion, user: Any) -> None:
    """An editor has put the suggestion into the form of the page they edit; saving it is theirs."""
    remember(suggestion)
    settle(suggestion, taken=True, user=user)


def _group(page: Any) -> str:
    """That of the page's other runs, so that its week's budget holds for this as well."""
    if not isinstance(page, PaperPage):
        return page.run_group
    groups = DraftRun.objects.filter(page_id=page.pk).exclude(group="").order_by("-pk").values_list("group", flat=True)
    return groups.first() or f"paper-{page.pk}"


def _draft(run: DraftRun) -> tuple[Any, Notice | None]:
    draft = PaperPage.objects.get(pk=run.page_id).get_latest_revision_as_object()
    drafter = drafter_for(run)
    stamp = begin(run, drafter, {})
    asked, wish = Asked(**run.request), wish_of(run)
    context = context_for(draft.locale.language_code)
    if asked.is_qa:
        return _answer(draft, drafter, context, asked, wish, stamp)
    text = drafter.redraft_text(draft.as_paper(), context, asked.place, wish)
    if asked.place == "title_translated" and len(text) > MAX_TITLE:
        raise InvalidReply(reason=Notice(TITLE_TOO_LONG))
    return text, None


def wish_of(run: DraftRun) -> Wish:
    """What a run's editor wants, as a drafter takes it."""
    return Wish(run.request["instruction"], run.request["present"], _turn(run))


def _turn(run: DraftRun) -> int:
    """How many drafts the same wish has had: without it the stored reply to the same request would come again."""
    earlier = DraftRun.objects.filter(page_id=run.page_id, scope=run.scope, block_id=run.block_id, status=Status.DONE)
    return sum(request == run.request for request in earlier.values_list("request", flat=True))


def _answer(
    draft: PaperPage, drafter: Drafter, context: Context, asked: Asked, wish: Wish, stamp: Mapping[str, Any]
) -> tuple[Any, Notice | None]:
    pages, problem = read_pages(draft)
    if not pages and not draft.abstract:
        raise NothingToDraft(reason=problem or "")
    result = drafter.redraft_qa(draft.as_paper(pages), context, asked.as_question(context.language), wish)
    (item,) = result.items
    if item.failed:
        raise InvalidReply(reason=Notice(item.problem))
    if item.problem:
        return None, Notice(item.problem)
    item = replace(item, question=asked.question, question_original=asked.question_original)
    return qa_value(item, stamp), result.note or (None if pages else problem)


def keep(run: DraftRun, drafted: tuple[Any, Notice | None], **facts: Any) -> Outcome:
    """Keep what was drafted, if anything, for the editor; `facts` go into its provenance."""
    value, note = drafted
    if value is not None:
        stamp = {"backend": run.backend, "model": run.model, "prompt": run.prompt_version, "run": run.pk, **facts}
        asked = Notice(ASKED, {"name": name_of(run.requested_by) or "–"})
        remember(park(run, run.request["place"], value, stamp, asked))
    return Outcome(Status.DONE, note=note)
