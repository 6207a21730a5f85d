"""Findings are kept in step with the newest draft, and a dismissal holds while its text stands."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from papers.blocks import text_hash
from papers.models import Finding, GlossaryTerm, PaperPage, TermKind
from tests.factories import make_editor, make_paper, make_qa

pytestmark = pytest.mark.django_db

CUT = "要約が途中で..."


def paper(**fields: Any) -> PaperPage:
    return make_paper(**{"abstract_translated": CUT, **fields})


def cut_offs(page: PaperPage) -> list[Finding]:
    return list(Finding.objects.standing().filter(page=page, rule="cut-off"))


def write(page: PaperPage, text: str) -> None:
    draft = PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.abstract_translated = text
    draft.save_revision()


def dismiss(finding: Finding) -> None:
    Finding.objects.filter(pk=finding.pk).update(dismissed_at=timezone.now(), dismissed_by=make_editor(), reason="ok")


def test_every_saved_revision_is_checked() -> None:
    assert [finding.field for finding in cut_offs(paper())] == ["abstract_translated"]


def test_a_mended_text_has_no_finding_left() -> None:
    page = paper()
    write(page, "要約はここで終わります。")
    assert cut_offs(page) == []


def test_a_second_save_of_the_same_text_keeps_the_finding_as_it_is() -> None:
    page = paper()
    before = [finding.pk for finding in cut_offs(page)]
    write(page, CUT)
    assert [finding.pk for finding in cut_offs(page)] == before


def test_a_dismissed_finding_stays_away_while_the_text_stands() -> None:
    page = paper()
    dismiss(cut_offs(page)[0])
    write(page, CUT)
    assert cut_offs(page) == []


def test_what_an_editor_dismissed_does_not_stand_against_publishing() -> None:
    page = paper()
    assert [one.check for one in page.standing_errors()] == ["cut-off"]
    dismiss(cut_offs(page)[0])
    assert page.standing_errors() == []


def test_a_dismissal_of_another_place_does_not_count() -> None:
    page = paper(summary=CUT)
    dismiss(Finding.objects.get(page=page, rule="cut-off", field="summary"))
    assert [one.field for one in page.standing_errors()] == ["abstract_translated"]


def test_a_dismissal_is_void_when_the_text_changes() -> None:
    page = paper()
    dismiss(cut_offs(page)[0])
    write(page, "別の要約が途中で...")
    assert len(cut_offs(page)) == 1


def test_a_dismissal_is_kept_for_the_record() -> None:
    page = paper()
    dismiss(cut_offs(page)[0])
    write(page, "別の要約が途中で...")
    assert Finding.objects.get(page=page, reason="ok").void_at is not None


def test_a_finding_on_a_machines_text_remembers_the_prompt_even_when_it_is_void() -> None:
    stamp = {"abstract_translated": {"backend": "openai", "prompt": "p7", "hash": text_hash(CUT)}}
    page = paper(provenance=stamp)
    write(page, "要約はここで終わります。")
    kept = Finding.objects.get(page=page, rule="cut-off")
    assert (kept.prompt, kept.void_at is None) == ("p7", False)


def test_a_finding_in_an_answer_names_its_block() -> None:
    page = paper(qa=[make_qa(1, answer="答えが途中で...")])
    found = Finding.objects.standing().get(page=page, rule="cut-off", field="answer")
    assert found.place == f"qa.{page.get_latest_revision_as_object().qa[0].id}"


def test_the_sites_glossary_is_looked_at() -> None:
    term = {"source": "RAT", "kind": TermKind.KEEP, "forbidden": "ネズミ", "case_sensitive": True, "language": "ja"}
    GlossaryTerm.objects.create(**term)
    page = paper(abstract="RAT is a method. It works.", abstract_translated="ネズミは手法です。うまくいきます。")
    assert Finding.objects.standing().errors().get(page=page, rule="glossary").suggestion == "RAT"
