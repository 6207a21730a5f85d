"""A report keeps the passage that was read, and opens beside it in the editor."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Comment as EditorComment

from papers.models import PaperPage
from tests.factories import make_paper, make_week
from tests.weekly.hearing.speaking import codes, refusal, report_form
from weekly.hearing.notes import MOST_REPLIES
from weekly.hearing.speaker import Speaker
from weekly.hearing.tokens import issue
from weekly.models import DiscussionSettings, Report

pytestmark = pytest.mark.django_db


def save(page: Any, **data: Any) -> Report:
    form = report_form(page, **data)
    assert form.is_valid(), form.errors
    return Report.objects.get(pk=form.save().pk)


def edit(page: PaperPage, *, publish: bool = True, **texts: Any) -> PaperPage:
    """A later version of a page."""
    draft = PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, text in texts.items():
        setattr(draft, name, text)
    revision = draft.save_revision()
    if publish:
        revision.publish()
    return PaperPage.objects.get(pk=page.pk)


# What is kept


def test_a_report_keeps_what_was_read_and_what_was_said(page: PaperPage) -> None:
    report = save(page, quote="一行", message="Two lines.", wording="二行の要約です。", name="Bob", thanks="on")
    assert (report.place, report.passage, report.revision) == ("summary", page.summary, page.live_revision_id)
    assert (report.quote, report.message, report.wording) == ("一行", "Two lines.", "二行の要約です。")
    assert (report.state, report.name, report.thanks, len(report.writer)) == ("open", "Bob", True, 32)


def test_every_part_of_an_answer_can_be_reported(page: PaperPage) -> None:
    block = page.qa[1]
    for part in ("question", "answer", "answer_original"):
        assert save(page, place=f"qa.{block.id}.{part}").passage == (block.value[part] or "")


def test_a_weeks_texts_can_be_reported() -> None:
    week = make_week(make_paper(live=True), live=True, introduction="序です。")
    for place in ("theme", "overview", "introduction"):
        assert save(week, place=place).passage == getattr(week, place)


def test_the_page_as_a_whole_can_be_reported(page: PaperPage) -> None:
    report = save(page, place="")
    assert (report.place, report.passage, report.note) == ("", "", None)


def test_a_report_of_an_earlier_version_keeps_the_text_of_that_version(page: PaperPage) -> None:
    newer = edit(page, summary="新しい要約です。")
    report = save(newer, revision=str(page.live_revision_id))
    assert (report.revision, report.passage) == (page.live_revision_id, page.summary)


def test_a_draft_that_readers_never_saw_is_no_version_of_theirs(page: PaperPage) -> None:
    page = edit(page, publish=False, summary="秘密の下書きです。")
    report = save(page, revision=str(page.latest_revision_id))
    assert (report.revision, report.passage) == (page.live_revision_id, page.summary)


def test_a_version_that_is_none_means_the_one_that_stands(page: PaperPage) -> None:
    for revision in ("", "0", "-1", "x", "9" * 18, "9" * 5000, "\x00", "1.5", "٣"):
        form = report_form(page, revision=revision)
        assert form.is_valid()
        assert form.passage.revision == page.live_revision_id


def test_a_version_of_another_page_means_the_one_that_stands(page: PaperPage) -> None:
    other = make_paper(live=True, summary="ほかの要約です。")
    report = save(page, revision=str(other.live_revision_id))
    assert (report.revision, report.passage) == (page.live_revision_id, page.summary)


def test_a_block_that_the_read_version_did_not_have_is_kept_as_it_stands(page: PaperPage) -> None:
    bare = edit(page, qa=[])
    again = edit(bare, qa=page.qa.get_prep_value())
    report = save(again, place=f"qa.{page.qa[0].id}.answer", revision=str(bare.live_revision_id))
    assert (report.revision, report.passage) == (again.live_revision_id, page.qa[0].value["answer"])


# Refused


def test_a_block_that_is_gone_is_told_and_what_was_typed_is_kept(page: PaperPage) -> None:
    bare = edit(page, qa=[])
    form = report_form(
        bare, place=f"qa.{page.qa[0].id}.answer", revision=str(page.live_revision_id), message="What I typed."
    )
    assert refusal(form) == "no_passage"
    assert form["message"].value() == "What I typed."


PLACES = [
    "nix",
    "title",
    "slug",
    "provenance",
    "qa",
    "qa.",
    "qa.x",
    "qa..summary",
    "qa.x.answer",
    "qa.{id}.",
    "qa.{id}.kind",
    "summary\n",
    "\x00",
    "__class__",
    "s" * 100_000,
    "<script>",
]


def test_a_place_that_readers_do_not_see_is_refused(page: PaperPage) -> None:
    for place in PLACES:
        assert refusal(report_form(page, place=place.replace("{id}", page.qa[0].id))) == "no_passage", place


def test_a_report_says_what_is_wrong(page: PaperPage) -> None:
    for message in ("", "  \n ", "\u200b"):
        assert codes(report_form(page, message=message)) == {"message": ["required"]}


FIELDS = ("message", "wording", "quote", "name", "email")


def test_a_hundred_kilobytes_are_refused_in_every_field_and_kept(page: PaperPage) -> None:
    for field in FIELDS:
        form = report_form(page, **{field: "x" * 100_000})
        assert "max_length" in codes(form)[field]
        assert len(form[field].value()) == 100_000


@pytest.mark.parametrize(("sign", "code"), [("\x00", "control"), ("\u202e", "direction"), ("\u2066", "direction")])
def test_signs_that_nobody_sees_are_refused(page: PaperPage, sign: str, code: str) -> None:
    for field in set(FIELDS) - {"quote"}:
        assert codes(report_form(page, **{field: f"one{sign}two"})) == {field: [code]}


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u200e", "\u202e", "\u2066", "\ufdd0", "\U000e0041"])
def test_signs_that_came_with_selected_words_are_left_out(page: PaperPage, sign: str) -> None:
    assert save(page, quote=f"one{sign}two").quote == "onetwo"


@pytest.mark.parametrize("quote", ["\x00", "\u202e\n", "\u200b", "\u2028"])
def test_selected_words_that_show_nothing_are_none(page: PaperPage, quote: str) -> None:
    assert save(page, quote=quote).quote == ""


def test_name_and_address_are_one_line_each(page: PaperPage) -> None:
    form = report_form(page, name="Bob\nx", email="bob@example.org\r\nBcc: eve@example.org")
    assert codes(form) == {"name": ["line_break"], "email": ["line_break"]}


def test_script_in_every_field_is_plain_text(page: PaperPage) -> None:
    script = "<script>alert(1)</script>"
    report = save(page, name=script, message=script, wording=script, quote=script)
    assert {report.name, report.message, report.wording, report.quote} == {script}


def test_many_links_are_refused_in_all_texts_together(page: PaperPage) -> None:
    link = "https://a.example "
    assert refusal(report_form(page, message=link * 2, wording=link * 2)) == "links"


def test_who_wants_to_be_thanked_leaves_a_name(page: PaperPage) -> None:
    assert codes(report_form(page, thanks="on")) == {"name": ["no_name"]}


def test_a_report_without_its_token_is_refused(page: PaperPage) -> None:
    for token, code in (("", "missing"), ("x", "forged")):
        assert refusal(report_form(page, token=token)) == code


def test_a_comments_token_opens_no_report(page: PaperPage) -> None:
    assert refusal(report_form(page, token=issue("comment", page.pk, 10))) == "forged"


def test_a_report_that_is_sent_again_changes_nothing(page: PaperPage) -> None:
    token = issue("report", page.pk, 10)
    save(page, message="Once.", token=token)
    assert refusal(report_form(page, message="Once.", token=token)) == "replayed"


def test_the_same_report_of_a_passage_is_taken_once(page: PaperPage) -> None:
    save(page, message="It is wrong.", wording="So.")
    assert refusal(report_form(page, message="it is wrong", wording="So")) == "repeated"
    assert report_form(page, message="It is wrong.", wording="Or so.").is_valid()
    assert report_form(page, place="abstract_translated", message="It is wrong.", wording="So.").is_valid()


def test_of_two_reports_alike_at_one_moment_one_is_kept(page: PaperPage) -> None:
    places = ("summary", "summary", "abstract_translated")
    forms = [report_form(page, place=place, message="Wrong.", wording="So.") for place in places]
    assert [codes(form).get("__all__") for form in forms] == [None, ["repeated"], None]


def test_a_site_can_take_no_reports(page: PaperPage) -> None:
    DiscussionSettings.objects.create(site=page.get_site(), reports_open=False)
    assert refusal(report_form(page)) == "closed"


def test_errors_can_be_reported_where_comments_are_closed(page: PaperPage) -> None:
    page.comments_open = False
    assert report_form(page).is_valid()


def test_a_page_that_is_public_no_more_takes_no_report(page: PaperPage) -> None:
    page.unpublish()
    assert refusal(report_form(page)) == "not_public"


# Beside the text


def test_a_report_opens_beside_its_block_in_the_editor(page: PaperPage) -> None:
    place = f"qa.{page.qa[0].id}.answer"
    note = save(page, place=place, name="Bob", message="No.", wording="Yes.", email="bob@example.org").note
    assert (note.contentpath, note.revision_created_id, note.text) == (place, page.live_revision_id, "Bob: No.\n→ Yes.")
    assert note.has_valid_contentpath(page)


def test_further_reports_of_a_passage_join_its_note(page: PaperPage) -> None:
    note = save(page, message="One.").note
    assert save(page, message="Two.", quote="要約").note == note
    assert [reply.text for reply in note.replies.all()] == ["“要約”\nTwo."]


def test_a_report_after_the_others_were_decided_opens_a_note_of_its_own(page: PaperPage) -> None:
    note = save(page).note
    Report.objects.update(state="declined")
    assert save(page).note != note


def test_reports_of_other_passages_have_notes_of_their_own(page: PaperPage) -> None:
    assert save(page).note != save(page, place="abstract_translated").note


def test_the_editors_margin_stays_readable(page: PaperPage) -> None:
    for number in range(MOST_REPLIES + 3):
        note = save(page, speaker=Speaker(f"192.0.2.{number}")).note
    assert EditorComment.objects.count() == 1
    assert note.replies.count() == MOST_REPLIES


def test_a_report_costs_as_many_queries_after_fifty_as_after_two(
    page: PaperPage, django_assert_max_num_queries: Any
) -> None:
    counts = []
    save(page)
    for others in (1, 50):
        Report.objects.bulk_create(Report(page=page, place="summary", message=f"{others} {n}") for n in range(others))
        with django_assert_max_num_queries(22) as seen:
            save(page)
        counts.append(len(seen))
    assert counts[0] == counts[1]
