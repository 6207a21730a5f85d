"""The one way in which a background job writes into a page: never over a person, never published.

Re-read in a transaction, compare with what stood when drafting began, respect locks and open editors; whatever
stands in the way, the draft is parked as a Suggestion that the editor takes or leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import Page

from papers.blocks import is_untouched, qa_hash, qa_value, text_hash
from papers.drafting.base import QADraft
from papers.errors import Notice, gettext_noop
from papers.messages import notice_json
from papers.models import DraftRun, MachineText, PaperPage, Suggestion
from papers.people import name_of
from papers.places import block_of

BOT = "digest-bot"
LOCKED = gettext_noop("The page is locked.")
OPEN = gettext_noop("%(name)s has the page open.")
EDITED = gettext_noop("A person has changed the text.")


@dataclass
class Changes:
    """What a run would write: texts by field, Q&As, tags, and facts that nobody edits, such as `metadata_at`."""

    texts: Mapping[str, str] = field(default_factory=dict)
    items: Sequence[QADraft] = ()
    tags: Sequence[str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def bot() -> Any:
    """The user in whose name machines write, so that a page's history names them; it cannot log in."""
    users = get_user_model()
    user, created = users.objects.get_or_create(**{users.USERNAME_FIELD: BOT}, defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save()
    return user


def base_hashes(page: Page, fields: Sequence[str]) -> dict[str, str]:
    """What stands in a page's places when drafting begins."""
    hashes = {name: text_hash(getattr(page, name)) for name in fields}
    if isinstance(page, PaperPage):
        hashes["qa"] = text_hash("".join(qa_hash(block.value) for block in page.qa))
    return hashes


def obstacle(page: Page) -> Notice | None:
    """Who or what stands in the way of writing into the page at all."""
    if page.get_lock() is not None:
        return Notice(LOCKED)
    name = opened_by(page)
    return Notice(OPEN, {"name": name}) if name else None


def opened_by(page: Page, but: Any = None) -> str:
    """Who has the page open in the editor, `but` one user; empty where nobody has."""
    kinds = ContentType.objects.get_for_models(Page, type(page)).values()
    sessions = EditingSession.objects.available().filter(content_type__in=kinds, object_id=str(page.pk))
    session = (sessions.exclude(user=but) if but else sessions).select_related("user").first()
    return name_of(session.user) if session else ""


def apply_changes(page: Page, changes: Changes, run: DraftRun, stamp: Mapping[str, Any]) -> list[Suggestion]:
    """Write what may be written into a new unpublished revision and park the rest; returns what was parked.

    Call it inside a transaction. `stamp` names backend, model, prompt version and run.
    """
    page = type(page).objects.select_for_update().get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    hindrance = obstacle(page)
    parked = _write_texts(draft, changes.texts, run, stamp, hindrance)
    if changes.items:
        parked += _write_items(draft, changes.items, run, stamp, hindrance)
    if hindrance is None:
        _write_rest(draft, changes)
        save_machine_revision(draft, run, stamp)
    return parked


def save_machine_revision(draft: Page, run: DraftRun | None, stamp: Mapping[str, Any]) -> None:
    """A revision in the bot's name, with model and prompt version in the page's history."""
    revision = draft.save_revision(user=bot(), clean=False, log_action=False)
    data = {**stamp, "scope": run.scope if run else "metadata"}
    log(draft, "papers.draft", user=bot(), revision=revision, content_changed=True, data=data)


def _write_texts(
    draft: Any, texts: Mapping[str, str], run: DraftRun, stamp: Mapping[str, Any], hindrance: Notice | None
) -> list[Suggestion]:
    parked = []
    for name, text in texts.items():
        unchanged = text_hash(getattr(draft, name)) == run.base.get(name) and draft.is_untouched(name)
        if hindrance is None and unchanged:
            setattr(draft, name, text)
            draft.provenance = {**draft.provenance, name: {**stamp, "hash": text_hash(text)}}
            MachineText.objects.remember(draft.pk, name, text, draft.provenance[name])
        elif text != getattr(draft, name):
            parked.append(park(run, name, text, stamp, hindrance or Notice(EDITED)))
    return parked


def _write_items(
    draft: PaperPage, items: Sequence[QADraft], run: DraftRun, stamp: Mapping[str, Any], hindrance: Notice | None
) -> list[Suggestion]:
    """Q&As that stand as the machine left them are renewed; where a person worked on them, new ones are offered.

    An answer that stands is not given up for one that could not be drafted.
    """
    standing = {block.value["question"] for block in draft.qa if _is_answered(block.value)}
    drafted = [qa_value(item, stamp) for item in items]
    for value in drafted:
        MachineText.objects.remember(draft.pk, "qa", value, value["provenance"])
    values = [value for value in drafted if _is_answered(value) or value["question"] not in standing]
    touched = [block for block in draft.qa if not is_untouched(block.value)]
    if hindrance is None and not touched and base_hashes(draft, ())["qa"] == run.base.get("qa"):
        put_items(draft, values, replace=len(values) == len(drafted))
        return []
    if hindrance is None:
        values = _renew(draft, values)
    return [park(run, "qa", values, stamp, hindrance or Notice(EDITED))] if values else []


def _renew(draft: PaperPage, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fill machine-written blocks with the same question; returns what found no such place."""
    free = {block.value["question"] for block in draft.qa if _is_free(block.value)}
    standing = {b.value["question"]: qa_hash(b.value) for b in draft.qa}
    put_items(draft, [value for value in values if value["question"] in free], replace=False)
    rest = [value for value in values if value["question"] not in free]
    return [value for value in rest if standing.get(value["question"]) != value["provenance"]["hash"]]


def _is_answered(value: Mapping[str, Any]) -> bool:
    return bool(value["answer"].strip() or (value["answer_original"] or "").strip())


def _is_free(value: Mapping[str, Any]) -> bool:
    """Whether a machine may write here: no person's words stand in the answer."""
    return is_untouched(value) or not _is_answered(value)


def put_items(draft: PaperPage, values: Sequence[Mapping[str, Any]], *, replace: bool) -> None:
    """Put Q&As into a draft; one with a question that stands keeps its block id, so that its links stay good."""
    places = _places(draft, values)
    new = [{"type": "qa", "id": place, "value": dict(value)} for place, value in zip(places, values, strict=True)]
    if not replace:
        given = {item["id"]: item for item in new if item["id"]}
        kept = [given.get(raw["id"], raw) for raw in draft.qa.get_prep_value()]
        new = kept + [item for item in new if not item["id"]]
    field_ = draft._meta.get_field("qa")
    draft.qa = field_.stream_block.to_python([_without_empty_id(item) for item in new])


def _places(draft: PaperPage, values: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Each value's block: one with its question, taken once, and of an editor's copies the one that is free."""
    open_ = {block.id: block.value for block in sorted(draft.qa, key=lambda block: not _is_free(block.value))}
    places = []
    for value in values:
        place = next((key for key, standing in open_.items() if standing["question"] == value["question"]), None)
        open_.pop(place, None)
        places.append(place)
    return places


def _without_empty_id(item: dict[str, Any]) -> dict[str, Any]:
    return item if item.get("id") else {key: value for key, value in item.items() if key != "id"}


def _write_rest(draft: Any, changes: Changes) -> None:
    for name, value in changes.facts.items():
        setattr(draft, name, value)
    if changes.tags and not draft.tags.all():
        draft.tags.add(*changes.tags)


def park(run: DraftRun, place: str, value: Any, stamp: Mapping[str, Any], reason: Notice) -> Suggestion:
    """The newest draft for a place replaces an older one that nobody has taken yet."""
    fields = {"run": run, "value": value, "provenance": dict(stamp), "reason": notice_json(reason)}
    suggestion, _created = Suggestion.objects.update_or_create(
        page_id=run.page_id, place=place, resolved_at=None, defaults=fields
    )
    return suggestion


@transaction.atomic
def resolve(suggestion: Suggestion, *, taken: bool, user: Any) -> None:
    """An editor takes a parked draft into a new revision in their own name, or leaves it."""
    if taken:
        page = suggestion.page.specific_class.objects.select_for_update().get(pk=suggestion.page_id)
        draft = page.get_latest_revision_as_object()
        _take(draft, suggestion)
        draft.save_revision(user=user, clean=False, log_action=True)
    settle(suggestion, taken=taken, user=user)


def settle(suggestion: Suggestion, *, taken: bool, user: Any) -> None:
    """Note what an editor decided about a parked draft; the page is not touched."""
    suggestion.resolved_at, suggestion.taken, suggestion.resolved_by = timezone.now(), taken, user
    suggestion.save(update_fields=["resolved_at", "taken", "resolved_by"])


def _take(draft: Any, suggestion: Suggestion) -> None:
    if suggestion.place == "qa":
        put_items(draft, suggestion.value, replace=False)
    elif block := block_of(suggestion.place):
        put_item(draft, block, suggestion.value)
    else:
        setattr(draft, suggestion.place, suggestion.value)
        stamp = {**suggestion.provenance, "hash": text_hash(suggestion.value)}
        draft.provenance = {**draft.provenance, suggestion.place: stamp}
        MachineText.objects.remember(draft.pk, suggestion.place, suggestion.value, stamp)


def put_item(draft: PaperPage, block_id: str, value: Mapping[str, Any]) -> None:
    """Put one Q&A into its block, whose question and kind stay; where the block is gone, at the end as a new one."""
    rows = list(draft.qa.get_prep_value())
    row = next((row for row in rows if row["id"] == block_id), None)
    if row is None:
        rows.append({"type": "qa", "id": block_id, "value": dict(value)})
    else:
        asked = {name: row["value"][name] for name in ("kind", "question", "question_original")}
        row["value"] = {**value, **asked}
    draft.qa = draft._meta.get_field("qa").stream_block.to_python(rows)
