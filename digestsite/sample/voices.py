"""Readers' voices in the first sample week: comments, a report that was taken, and one of each that still waits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from papers.models import PaperPage
from papers.places import read_place
from weekly.hearing.notes import note_beside
from weekly.models import Comment, Report, WeekPage
from weekly.moderation import comments, reports

Texts = Mapping[str, Any]


def read_voices() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "voices.json").read_text())


def with_fault(paper: str, written: Texts, voices: Texts) -> Texts:
    """A paper's texts with the one fault that a reader is to find in them; as they are for every other paper."""
    fault = voices["fault"]
    if paper != fault["paper"]:
        return written
    items = [dict(item) for item in written["qa"]]
    items[fault["question"] - 1]["answer"] = _answer(items, fault).replace(fault["right"], fault["wrong"])
    return {**written, "qa": items}


def _answer(items: list[dict[str, Any]], fault: Texts) -> str:
    return items[fault["question"] - 1]["answer"]


def add_voices(week: WeekPage, voices: Texts, editor: Any) -> None:
    """Let the readers speak and the editor decide, the way the site does it. The week's pages must be live."""
    papers = {entry.paper.arxiv_id: entry.paper for entry in week.entries.all() if entry.paper}
    _correct(papers, voices, editor)
    for said in voices["comments"]:
        _talk(week if "week" in said else papers[said["paper"]], said, editor)
    waiting = voices["waiting"]
    Comment.objects.create(page=papers[waiting["paper"]], name=waiting["name"], text=waiting["text"])
    _report(papers[voices["open_report"]["paper"]], voices["open_report"])


def _correct(papers: Mapping[str, PaperPage], voices: Texts, editor: Any) -> None:
    fault, said = voices["fault"], voices["report"]
    page = PaperPage.objects.get(pk=papers[fault["paper"]].pk)
    place = f"qa.{page.qa[fault['question'] - 1].id}.answer"
    report = _report(page, {**said, "place": place, "wording": said["quote"].replace(fault["wrong"], fault["right"])})
    text = report.passage.replace(fault["wrong"], fault["right"])
    done = reports.take(report, editor, text=text, reason=said["reason"], thanks=said["name"], is_typo=False)
    if not done.done:
        raise RuntimeError(f"The sample's report was not taken: {done}")


def _report(page: PaperPage, said: Texts) -> Report:
    page = PaperPage.objects.get(pk=page.pk)
    texts = {name: said[name] for name in ("name", "thanks", "quote", "message", "wording", "place")}
    passage = read_place(page, said["place"]) or ""
    report = Report.objects.create(page=page, revision=page.live_revision_id, passage=passage, **texts)
    report.note = note_beside(report)
    report.save(update_fields=["note"])
    return report


def _talk(page: Any, said: Texts, editor: Any) -> None:
    comment = Comment.objects.create(page_id=page.pk, name=said["name"], text=said["text"])
    comments.approve([comment.pk], editor)
    comment.refresh_from_db()
    for answer in said["answers"]:
        if answer.get("editor"):
            comments.answer(comment, editor, answer["text"])
        else:
            row = Comment.objects.create(page_id=page.pk, parent=comment, name=answer["name"], text=answer["text"])
            comments.approve([row.pk], editor)
