"""One reported passage: what an editor sees of it, and each decision about its reports."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from papers.models import PaperPage, PaperSource
from tests.factories import make_paper, make_qa, make_report, make_week
from weekly.admin.wanted import passage_url
from weekly.models import Correction, Report, ReportState

pytestmark = pytest.mark.django_db
QUEUE = reverse("weekly_admin:readers")
ANSWER = "qa.00000001-0000-4000-8000-000000000000.answer"
STANDS, RIGHT = "一行の要約です。", "正しい要約です。"
ABSTRACT = "RAT helps. It works."
RENDERED = "ネズミは役に立ちます。うまくいきます。"


def paper(**fields: Any) -> PaperPage:
    return make_paper(live=True, **{"abstract": ABSTRACT, "abstract_translated": RENDERED, **fields})


def desk(report: Report, query: str = "") -> str:
    return passage_url(report.page_id, report.place, query)


def look(client: Client, report: Report, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(client.get(desk(report, query)).content, "html.parser")


def texts(page: BeautifulSoup, chosen: str) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(chosen)]


def form(client: Client, report: Report) -> dict[str, Any]:
    """The form as it stands, with every report ticked."""
    page = look(client, report)
    fields = {one["name"]: one.get_text().removeprefix("\n") for one in page.select("textarea")}
    ticked = [box["value"] for box in page.select("input[name=report]")]
    hidden = {name: page.select_one(f"input[name={name}]")["value"] for name in ("seen", "thanks", "offered")}
    return {**fields, **hidden, "report": ticked}


def send(client: Client, about: Report, name: str, **fields: Any) -> Any:
    return client.post(desk(about), {**form(client, about), name: "1", **fields}, follow=True)


def said(answer: Any) -> str:
    return unescape(answer.content.decode())


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def test_the_readers_words_are_marked_in_what_stands(alice: Client) -> None:
    report = make_report(paper(), "abstract_translated", quote="ネズミ")
    assert texts(look(alice, report), ".readers-passage mark") == ["ネズミ"]


def test_the_sentence_that_was_rendered_is_marked_in_the_source(alice: Client) -> None:
    report = make_report(paper(), "abstract_translated", quote="ネズミ")
    assert texts(look(alice, report), ".readers-source mark") == ["RAT helps."]


def test_where_sentences_cannot_be_paired_the_source_stands_unmarked(alice: Client) -> None:
    report = make_report(paper(abstract="RAT helps."), "abstract_translated", quote="ネズミ")
    page = look(alice, report)
    assert texts(page, ".readers-source") == ["RAT helps."]
    assert not page.select(".readers-source mark")


def test_an_answer_stands_beside_its_evidence(alice: Client) -> None:
    page = paper(qa=[make_qa(1, answer_original="It was measured.")])
    PaperSource.objects.create(key=page.source_key, pages=[[1, "Here: We measured it 1 times on the whole set. So."]])
    shown = look(alice, make_report(page, ANSWER))
    assert texts(shown, ".readers-evidence mark") == ["We measured it 1 times on the whole set"]
    assert texts(shown, ".readers-source") == ["It was measured."]


def test_a_quote_that_the_paper_lacks_is_called_so(alice: Client) -> None:
    page = paper(qa=[make_qa(1)])
    PaperSource.objects.create(key=page.source_key, pages=[[1, "Nothing of the kind."]])
    assert texts(look(alice, make_report(page, ANSWER)), ".readers-evidence .digest-tag") == ["not found in the paper"]


def test_the_wording_is_shown_as_a_change_and_put_into_the_passage(alice: Client) -> None:
    report = make_report(paper(), "abstract_translated", quote="ネズミ", wording="RAT")
    page = look(alice, report)
    assert texts(page, ".readers-wording del, .readers-wording ins") == ["ネズミ", "RAT"]
    assert texts(page, "#report-text") == [RENDERED.replace("ネズミ", "RAT")]


def test_a_wording_without_a_quote_that_reads_like_the_passage_stands_for_all_of_it(alice: Client) -> None:
    assert form(alice, make_report(paper(), wording=RIGHT))["text"] == RIGHT


@pytest.mark.parametrize("wording", ["RATは", "うまくいきません。", "See arXiv:2401.00001 instead of this, please."])
def test_a_few_words_without_a_quote_never_stand_for_the_whole_passage(alice: Client, wording: str) -> None:
    report = make_report(paper(), "abstract_translated", wording=wording)
    assert form(alice, report)["text"] == RENDERED
    assert not look(alice, report).select("[name=use]")


def test_a_few_words_without_a_quote_are_shown_beside_the_passage(alice: Client) -> None:
    page = look(alice, make_report(paper(), "abstract_translated", wording="RATは"))
    assert texts(page, ".readers-wording .digest-text") == ["RATは"]
    assert not page.select(".readers-wording del")


def test_without_a_wording_the_form_begins_with_what_stands(alice: Client) -> None:
    assert form(alice, make_report(paper()))["text"] == STANDS


def test_a_quote_that_is_gone_says_that_the_text_has_changed(alice: Client) -> None:
    page = look(alice, make_report(paper(), quote="ウサギ", wording="RAT"))
    assert texts(page, ".readers-quote .digest-tag") == ["the text has changed since"]
    assert not page.select("[name=use]")


def test_what_was_read_is_shown_beside_what_has_become_of_it(alice: Client) -> None:
    page = look(alice, make_report(paper(), passage="一行の要約でした。"))
    assert "".join(texts(page, ".readers-since del")) == "した"


def test_a_block_that_is_gone_is_told(alice: Client) -> None:
    page = look(alice, make_report(paper(), "qa.gone.answer"))
    assert "This passage is gone" in page.get_text()
    assert not page.select("[name=take]")


def test_a_report_of_the_page_as_a_whole_is_answered_here_and_mended_elsewhere(alice: Client) -> None:
    page = look(alice, make_report(paper(), ""))
    assert "Open it in the editor" in page.get_text()
    assert not page.select("[name=take]")


def test_a_page_that_is_no_longer_published_says_so(alice: Client) -> None:
    report = make_report(paper())
    report.page.specific.unpublish()
    page = look(alice, report)
    assert "not published now" in page.get_text()
    assert not page.select("[name=take]")


def test_another_readers_wording_can_be_used(alice: Client) -> None:
    first = make_report(paper(), wording="別の要約です。")
    second = make_report(first.page.specific, wording=RIGHT)
    page = BeautifulSoup(send(alice, first, "use", use=second.pk, reason="A slip.").content, "html.parser")
    assert texts(page, "#report-text") == [RIGHT]
    assert texts(page, "#report-reason") == ["A slip."]


def test_what_changes_is_shown_before_it_is_published(alice: Client) -> None:
    report = make_report(paper())
    page = BeautifulSoup(send(alice, report, "look", text=RIGHT).content, "html.parser")
    assert texts(page, ".readers-change ins")
    assert fresh(report).state == ReportState.OPEN


def test_the_change_alone_is_told_while_it_is_typed(alice: Client) -> None:
    report = make_report(paper())
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = alice.post(desk(report), {"text": "<b>正しい要約です。", "take": "1"}, headers=headers).content.decode()
    assert "<ins>&lt;b&gt;正しい</ins>" in answer
    assert fresh(report).state == ReportState.OPEN


def test_taking_a_report_publishes_and_leads_on(alice: Client) -> None:
    report = make_report(paper())
    answer = send(alice, report, "take", text=RIGHT, reason="A slip.")
    assert fresh(report.page).specific.summary == RIGHT
    assert answer.redirect_chain[-1][0] == QUEUE


def test_after_taking_the_correction_and_a_glossary_term_are_offered(alice: Client) -> None:
    report = make_report(paper())
    page = BeautifulSoup(send(alice, report, "take", text=RIGHT, reason="A slip.").content, "html.parser")
    correction = Correction.objects.get()
    links = {link.get_text(strip=True): link["href"] for link in page.select(".messages a")}
    assert links["See the correction"].endswith(f"#correction-{correction.pk}")
    assert links["Make a glossary term of it"] == reverse("weekly_admin:lesson", args=[correction.pk])


def test_a_typo_leaves_no_public_note(alice: Client) -> None:
    answer = send(alice, make_report(paper()), "take", text=RIGHT, is_typo="1")
    assert Correction.objects.get().is_typo
    assert "Corrected without a public note." in said(answer)


def test_those_who_wish_are_thanked(alice: Client) -> None:
    report = make_report(paper(), thanks=True)
    send(alice, report, "take", text=RIGHT)
    assert Correction.objects.get().thanks == "Bob"


def test_who_is_not_ticked_is_not_thanked(alice: Client) -> None:
    page = paper()
    bob, carol = (make_report(page, thanks=True, name=name) for name in ("Bob", "Carol"))
    assert form(alice, bob)["thanks"] == "Bob, Carol"
    send(alice, bob, "take", text=RIGHT, report=[carol.pk])
    assert Correction.objects.get().thanks == "Carol"


@pytest.mark.parametrize("typed", ["", "Bob and his cat"])
def test_thanks_that_an_editor_typed_stay_as_they_are(alice: Client, typed: str) -> None:
    send(alice, make_report(paper(), thanks=True), "take", text=RIGHT, thanks=typed)
    assert Correction.objects.get().thanks == typed


def test_who_was_thanked_already_is_not_thanked_again_by_who_comes_second(alice: Client) -> None:
    page = paper()
    bob, carol = (make_report(page, thanks=True, name=name) for name in ("Bob", "Carol"))
    late = form(alice, bob)
    Report.objects.filter(pk=bob.pk).update(state=ReportState.TAKEN)
    shown = alice.post(desk(bob), {**late, "take": "1", "text": RIGHT})
    assert BeautifulSoup(shown.content, "html.parser").select_one("#report-thanks")["value"] == "Carol"


def test_all_ticked_reports_are_taken_and_the_others_stay(alice: Client) -> None:
    one = make_report(paper())
    two, three = make_report(one.page.specific), make_report(one.page.specific)
    answer = send(alice, one, "take", text=RIGHT, report=[one.pk, two.pk])
    assert [fresh(row).state for row in (one, two, three)] == ["taken", "taken", "open"]
    assert answer.redirect_chain[-1][0] == desk(three)


def test_a_stale_form_is_refused_and_keeps_what_was_typed(alice: Client) -> None:
    report = make_report(paper())
    given = form(alice, report)
    page = fresh(report.page).specific
    page.summary = "もう変わりました。"
    page.save_revision().publish()
    answer = said(alice.post(desk(report), {**given, "take": "1", "text": RIGHT, "reason": "A slip.", "thanks": "Bob"}))
    assert "has changed since you opened it" in answer
    assert all(
        kept in answer for kept in (f">{RIGHT}</textarea>", ">A slip.</textarea>", 'value="Bob"', "もう変わりました。")
    )


def test_a_locked_page_is_told_and_what_was_typed_is_kept(alice: Client) -> None:
    report = make_report(paper())
    PaperPage.objects.update(locked=True)
    answer = said(send(alice, report, "take", text=RIGHT, reason="A slip."))
    assert "is locked" in answer
    assert f">{RIGHT}</textarea>" in answer


def test_an_error_asks_for_a_reason_to_publish_all_the_same(alice: Client) -> None:
    report = make_report(paper(), "abstract_translated")
    assert 'name="override"' in said(send(alice, report, "take", text="うまくいくと"))
    send(alice, report, "take", text="うまくいくと", override="It is a quote.")
    assert fresh(report).state == ReportState.TAKEN


def test_an_empty_passage_that_readers_need_is_refused(alice: Client) -> None:
    report = make_report(paper())
    assert "The summary is empty." in said(send(alice, report, "take", text=""))
    assert fresh(report.page).specific.summary == STANDS


def test_without_a_ticked_report_nothing_is_published(alice: Client) -> None:
    report = make_report(paper())
    answer = said(send(alice, report, "take", text=RIGHT, report=[]))
    assert "choose the reports that this corrects" in answer
    assert f">{RIGHT}</textarea>" in answer


@pytest.mark.parametrize(("name", "state"), [("answer", "answered"), ("decline", "declined"), ("spam", "spam")])
def test_reports_are_decided_without_a_change(alice: Client, name: str, state: str) -> None:
    report = make_report(paper())
    send(alice, report, name, reply="It is meant so.")
    assert (fresh(report).state, fresh(report).decided_by.username) == (state, "alice")
    assert not Correction.objects.exists()


@pytest.mark.parametrize("name", ["answer", "decline"])
def test_a_decision_without_words_is_refused_and_the_text_kept(alice: Client, name: str) -> None:
    report = make_report(paper())
    answer = said(send(alice, report, name, reply=" ", text=RIGHT))
    assert "write the answer or the reason first" in answer
    assert f">{RIGHT}</textarea>" in answer


def test_what_another_editor_decided_meanwhile_is_told_and_the_words_kept(alice: Client) -> None:
    report = make_report(paper())
    given = form(alice, report)
    Report.objects.update(state=ReportState.SPAM)
    answer = said(alice.post(desk(report), {**given, "decline": "1", "reply": "It is meant so."}))
    assert "decided already" in answer
    assert ">It is meant so.</textarea>" in answer


def test_after_a_decision_comes_the_next_passage_of_the_same_queue(alice: Client) -> None:
    newer, older = make_report(paper()), make_report(paper())
    query = "order=newest"
    address = desk(older, query)
    answer = alice.post(address, {**form(alice, older), "spam": "1"})
    assert answer.url == desk(newer, query)


def test_a_passage_can_be_skipped_and_comes_back_after_the_last(alice: Client) -> None:
    one, two = make_report(paper()), make_report(paper())
    assert look(alice, two).select_one("a[rel=next]")["href"] == desk(one)
    assert look(alice, one).select_one("a[rel=next]")["href"] == desk(two)


def test_the_place_in_the_queue_is_told(alice: Client) -> None:
    make_report(paper())
    assert "Passage 1 of 2" in look(alice, make_report(paper())).get_text()


def test_what_was_decided_before_is_shown(alice: Client) -> None:
    report = make_report(paper())
    send(alice, report, "decline", reply="It is meant so.")
    (earlier,) = texts(look(alice, report), ".readers-earlier li")
    assert all(told in earlier for told in ("declined", "It is meant so.", "alice"))


def test_the_page_s_history_and_the_decisions_name_who_took_it(alice: Client) -> None:
    report = make_report(paper(), message="A slip!")
    send(alice, report, "take", text=RIGHT)
    assert PageLogEntry.objects.filter(page=report.page_id, action="weekly.report.taken").get().user.username == "alice"
    history = alice.get(reverse("weekly_admin:readers_history")).content.decode()
    assert all(told in history for told in ("Report taken", "A slip!"))


def test_the_decisions_show_long_words_as_they_were_typed(alice: Client) -> None:
    send(alice, make_report(paper(), message="<&>" * 60), "spam")
    shown = BeautifulSoup(alice.get(reverse("weekly_admin:readers_history")).content, "html.parser")
    assert shown.select_one(".readers-history .digest-meta").text == f"{'<&>' * 39}<&…"


def test_decisions_of_other_editors_pages_stay_out_of_sight(alice: Client, writer: Callable[..., Client]) -> None:
    report = make_report(make_paper(live=True, code="ko"), message="A slip!")
    send(alice, report, "spam")
    carol = writer("change_page", "publish_page")
    assert "A slip!" not in carol.get(reverse("weekly_admin:readers_history")).content.decode()


def test_more_decisions_take_no_more_queries(alice: Client) -> None:
    address = reverse("weekly_admin:readers_history")
    send(alice, make_report(paper()), "spam")
    alice.get(address)
    with CaptureQueriesContext(connection) as few:
        alice.get(address)
    for _number in range(3):
        send(alice, make_report(paper()), "spam")
    with CaptureQueriesContext(connection) as many:
        alice.get(address)
    assert len(many) == len(few)


def test_words_of_a_week_are_corrected_likewise(alice: Client) -> None:
    week = make_week(paper(), live=True)
    report = make_report(week, "overview", quote="概観です。", wording="まとめです。")
    send(alice, report, "take")
    assert fresh(week).overview.startswith("まとめです。\n\n続き")


def test_readers_markup_and_addresses_are_not_shown(alice: Client) -> None:
    words = dict.fromkeys(("name", "message", "quote", "wording"), "<script>alert(1)</script>")
    html = alice.get(desk(make_report(paper(), email="bob@example.org", **words))).content.decode()
    assert "<script>alert(1)" not in html
    assert ("bob@example.org" in html, "left an address" in html) == (False, True)


@pytest.mark.parametrize("permissions", [("change_page",), ("publish_page",)])
def test_who_may_not_edit_and_publish_the_page_is_turned_away(
    writer: Callable[..., Client], permissions: tuple[str]
) -> None:
    report = make_report(paper())
    carol = writer(*permissions)
    assert carol.get(desk(report)).status_code == 302
    carol.post(desk(report), {"spam": "1", "report": [report.pk]})
    assert fresh(report).state == ReportState.OPEN


def test_a_passage_that_nobody_reported_is_not_found(alice: Client) -> None:
    page = paper()
    assert alice.get(passage_url(page.pk, "summary")).status_code == 404
    assert alice.get(passage_url(page.pk + 99, "summary")).status_code == 404


def test_a_report_of_another_passage_cannot_be_slipped_in(alice: Client) -> None:
    report = make_report(paper())
    other = make_report(report.page.specific, "abstract_translated")
    send(alice, report, "spam", report=[other.pk])
    assert fresh(other).state == ReportState.OPEN


def test_more_reports_of_a_passage_take_no_more_queries(alice: Client) -> None:
    report = make_report(paper())
    look(alice, report)
    with CaptureQueriesContext(connection) as few:
        look(alice, report)
    for _number in range(40):
        make_report(report.page.specific, wording=RIGHT)
    with CaptureQueriesContext(connection) as many:
        page = look(alice, report)
    assert len(many) == len(few)
    assert "16 more reports of this passage" in page.get_text()


def test_the_site_s_history_leads_to_the_queue(alice: Client) -> None:
    report = make_report(paper())
    send(alice, report, "spam")
    history = alice.get(reverse("wagtailadmin_reports:site_history")).content.decode()
    assert all(told in history for told in ("Report marked as spam", desk(report)))
