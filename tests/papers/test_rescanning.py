"""A glossary term tried on all pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers import rescanning
from papers.models import Finding, GlossaryTerm, PaperPage, ProposedChange, TermScan
from papers.rescanning import begin, begin_all, scan_term
from tests.factories import make_editor, make_paper, make_qa, make_week

pytestmark = pytest.mark.django_db

WRONG = "注意の頭を調べました。"
ABSTRACT = "We are first. We study one attention head. It works."


def make_term(**fields: Any) -> GlossaryTerm:
    defaults = {"source": "attention head", "target": "注意ヘッド", "forbidden": "注意の頭", "language": "ja"}
    return GlossaryTerm.objects.create(**{**defaults, **fields})


def make_broken(**fields: Any) -> PaperPage:
    """A paper that renders the term wrongly."""
    return make_paper(**{"abstract": ABSTRACT, "abstract_translated": WRONG, **fields})


def scanned(term: GlossaryTerm) -> list[ProposedChange]:
    """What a whole scan of the term finds."""
    return list(scan_term(begin(term).pk).changes.order_by("pk"))


def test_it_proposes_the_right_rendering_with_the_source_sentence() -> None:
    make_broken()
    change = scanned(make_term())[0]
    assert (change.place, change.proposed) == ("abstract_translated", "注意ヘッドを調べました。")
    assert change.source == "We study one attention head."


def test_a_term_that_is_kept_is_proposed_as_it_is() -> None:
    make_broken(abstract="We use LoRA.", abstract_translated="ローラを使います。")
    term = make_term(source="LoRA", kind="keep", target="", forbidden="ローラ")
    assert scanned(term)[0].proposed == "LoRAを使います。"


def test_a_missing_rendering_is_told_without_a_proposal() -> None:
    make_broken(abstract_translated="何かを調べました。")
    change = scanned(make_term())[0]
    assert (change.place, change.proposed) == ("abstract_translated", "")


def test_every_wrong_rendering_of_a_text_is_mended_at_once() -> None:
    make_broken(abstract_translated="注意の頭とアテンションヘッドとアテンション。")
    term = make_term(forbidden="注意の頭\nアテンション\nアテンションヘッド")
    assert scanned(term)[0].proposed == "注意ヘッドと注意ヘッドと注意ヘッド。"


def test_answers_are_tried_with_the_whole_paper_as_their_source() -> None:
    paper = make_paper(abstract=ABSTRACT, abstract_translated="注意ヘッドです。", qa=[make_qa(1, answer=WRONG)])
    change = scanned(make_term())[0]
    assert change.place == f"qa.{paper.qa[0].id}.answer"


def test_a_text_that_stands_on_the_live_page_is_marked() -> None:
    make_broken(live=True)
    assert scanned(make_term())[0].live


def test_a_draft_that_is_not_published_is_not_marked_as_live() -> None:
    make_broken()
    assert not scanned(make_term())[0].live


def test_what_only_the_live_page_still_says_is_told_without_a_proposal() -> None:
    paper = make_broken(live=True)
    paper.abstract_translated = "注意ヘッドを調べました。"
    paper.save_revision()
    change = scanned(make_term())[0]
    assert (change.live, change.present, change.proposed) == (True, WRONG, "")


def test_a_draft_of_a_live_page_is_tried_as_it_is_now() -> None:
    paper = make_broken(live=True, abstract_translated="注意ヘッドを調べました。")
    paper.abstract_translated = WRONG
    paper.save_revision()
    assert [change.live for change in scanned(make_term())] == [False]


def test_pages_of_other_languages_are_left_alone() -> None:
    make_broken(code="ko")
    assert scanned(make_term()) == []


def test_a_weeks_place_shows_the_sentence_of_its_paper() -> None:
    make_week(make_paper(abstract=ABSTRACT), overview="注意の頭が話題です。")
    sources = {change.place: change.source for change in scanned(make_term())}
    assert sources["overview"] == "We study one attention head."


def test_weeks_are_read_as_well() -> None:
    make_week(make_broken())
    scan = scan_term(begin(make_term()).pk)
    assert (scan.done, scan.total) == (2, 2)


def test_findings_of_the_page_are_renewed() -> None:
    paper = make_broken()
    scanned(make_term())
    assert Finding.objects.standing().get(page_id=paper.pk, rule="glossary").source == "attention head"


def test_findings_that_a_changed_term_no_longer_makes_are_gone() -> None:
    paper, term = make_broken(), make_term()
    scanned(term)
    GlossaryTerm.objects.update(forbidden="", target="注意の頭")
    term.refresh_from_db()
    assert scanned(term) == []
    assert not Finding.objects.standing().filter(page_id=paper.pk, rule="glossary").exists()


def test_other_findings_stand_as_they_were() -> None:
    paper = make_broken(abstract_translated="注意の頭を95個調べました。")
    others = Finding.objects.filter(page_id=paper.pk).exclude(rule="glossary")
    before = set(others.values_list("pk", flat=True))
    scanned(make_term())
    assert set(others.current().values_list("pk", flat=True)) == before


def test_an_interrupted_scan_goes_on_where_it_stood() -> None:
    first, second = make_broken(), make_broken()
    scan = begin(make_term())
    TermScan.objects.filter(pk=scan.pk).update(after=first.pk, done=1)
    assert [change.page_id for change in scan_term(scan.pk).changes.all()] == [second.pk]


def test_a_scan_that_has_ended_is_not_repeated() -> None:
    make_broken()
    scan = begin(make_term())
    assert scan_term(scan.pk).changes.count() == 1
    assert scan_term(scan.pk) is None


def test_a_scan_that_another_worker_has_is_let_be() -> None:
    scan = begin(make_term())
    TermScan.objects.filter(pk=scan.pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    assert scan_term(scan.pk) is None


def test_the_sweep_takes_up_a_scan_whose_worker_died() -> None:
    scan = begin(make_term())
    TermScan.objects.filter(pk=scan.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert rescanning.sweep() == 1
    assert scan_term(scan.pk).finished_at


def test_the_sweep_lets_ended_and_running_scans_be() -> None:
    scan_term(begin(make_term()).pk)
    running = begin(make_term(source="other"))
    TermScan.objects.filter(pk=running.pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    assert rescanning.sweep() == 0


def test_a_worker_that_lost_its_scan_notes_nothing() -> None:
    make_broken()
    scan = begin(make_term())
    reading = rescanning.Reading([scan], 0)
    TermScan.objects.filter(pk=scan.pk).update(after=99)
    assert not rescanning._note(reading, [(page, None) for page in PaperPage.objects.all()], last=1, count=1)
    assert not scan.changes.exists()


def test_a_newer_scan_of_the_term_ends_the_older_one() -> None:
    term = make_term()
    older = begin(term)
    begin(term)
    older.refresh_from_db()
    assert older.finished_at
    assert "newer scan" in older.error["template"]


def test_a_scan_remembers_who_asked_for_it() -> None:
    alice = make_editor()
    assert begin(make_term(), alice).requested_by == alice


def test_an_unexpected_error_ends_the_scan_and_is_told() -> None:
    paper = make_broken(qa=[make_qa(1)])
    odd = ["as no form would save it"]
    PaperPage.objects.filter(pk=paper.pk).update(provenance=odd, has_unpublished_changes=False)
    scan = begin(make_term())
    with pytest.raises(AttributeError):
        scan_term(scan.pk)
    scan.refresh_from_db()
    assert (bool(scan.finished_at), "AttributeError" in scan.error["params"]["error"]) == (True, True)


KEPT = {"source": "LoRA", "kind": "keep", "target": "", "forbidden": "ローラ"}


def scanned_together(*terms: GlossaryTerm) -> list[TermScan]:
    """The scans of several terms, after one message to the workers."""
    scans = begin_all(terms)
    scan_term(scans[0].pk)
    return list(TermScan.objects.filter(pk__in=[scan.pk for scan in scans]).order_by("pk"))


def test_several_terms_are_tried_in_one_pass_and_each_has_its_own_changes() -> None:
    make_broken()
    make_broken(abstract="We use LoRA.", abstract_translated="ローラを使います。")
    scans = scanned_together(make_term(), make_term(**KEPT))
    assert [scan.changes.get().proposed for scan in scans] == ["注意ヘッドを調べました。", "LoRAを使います。"]
    assert [(scan.done, scan.total, bool(scan.finished_at)) for scan in scans] == [(2, 2, True)] * 2


def test_more_terms_take_no_more_queries_for_a_page_that_breaks_none(django_assert_num_queries: Any) -> None:
    make_paper()
    one = begin(make_term(source="term", forbidden=""))
    with CaptureQueriesContext(connection) as few:
        scan_term(one.pk)
    many = begin_all([make_term(source=f"term {number}", forbidden="") for number in range(40)])
    with django_assert_num_queries(len(few)):
        scan_term(many[0].pk)


def test_terms_of_two_languages_are_each_tried_on_their_own_pages() -> None:
    make_broken()
    make_broken(code="ko", abstract_translated="주의 머리를 봤다.")
    korean = make_term(language="ko", target="어텐션 헤드", forbidden="주의 머리")
    scans = scanned_together(make_term(), korean)
    assert [bool(scan.finished_at) for scan in scans] == [True, False]
    assert scan_term(scans[1].pk).changes.get().proposed == "어텐션 헤드를 봤다."


def test_what_does_not_fit_into_one_pass_waits_for_the_next() -> None:
    make_broken()
    scans = scanned_together(*(make_term(source=f"term {number}") for number in range(rescanning.TOGETHER + 1)))
    assert [bool(scan.finished_at) for scan in scans] == [True] * rescanning.TOGETHER + [False]
    assert rescanning.sweep() == 1


def test_the_sweep_rings_once_for_all_that_can_be_read_together() -> None:
    begin_all([make_term(source=f"term {number}") for number in range(3)])
    assert rescanning.sweep() == 1


def test_a_term_that_was_changed_on_the_way_leaves_the_pass_and_the_others_go_on() -> None:
    paper = make_broken()
    first, second = begin_all([make_term(), make_term(**KEPT)])
    reading = rescanning._claim(first.pk)
    TermScan.objects.filter(pk=second.pk).update(finished_at=timezone.now())
    reading = rescanning._note(reading, [(paper, None)], last=paper.pk, count=1)
    assert [scan.pk for scan in reading.scans] == [first.pk]
    assert first.changes.count() == 1


def test_a_text_that_breaks_two_terms_has_a_change_for_each() -> None:
    make_broken(abstract=f"{ABSTRACT} We use LoRA.", abstract_translated=f"{WRONG}ローラを使います。")
    scans = scanned_together(make_term(), make_term(**KEPT))
    assert [scan.changes.get().proposed for scan in scans] == [
        "注意ヘッドを調べました。ローラを使います。",
        "注意の頭を調べました。LoRAを使います。",
    ]
