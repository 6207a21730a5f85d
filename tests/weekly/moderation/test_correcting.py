"""A correction on its way to the readers: what is published, what stays a draft, and what stands in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from wagtail.models import Page, Task, Workflow, WorkflowTask

from papers.applying import bot
from papers.blocks import text_hash
from papers.models import MachineText
from tests.factories import make_editor, make_paper, make_qa, make_report, make_week
from tests.weekly.moderation.acting import (
    RIGHT,
    WRONG,
    again,
    draft_of,
    live,
    make_helper,
    open_in_editor,
    take_it,
    with_draft,
)
from weekly.models import Correction, ReportState

pytestmark = pytest.mark.django_db
ANSWER = f"qa.{make_qa(1)['id']}.answer"


@pytest.fixture
def paper(db: None) -> Any:
    return make_paper(live=True, qas=2)


def test_readers_see_the_corrected_text(paper: Any, alice: Any) -> None:
    assert take_it(make_report(paper), alice).done
    page = live(paper)
    assert (page.summary, page.has_unpublished_changes) == (RIGHT, False)


def test_it_is_a_revision_in_the_editors_name(paper: Any, alice: Any) -> None:
    correction = take_it(make_report(paper), alice).correction
    revision = live(paper).live_revision
    assert (revision.user, revision.pk) == (alice, correction.revision)


def test_an_answer_is_corrected_in_its_block_alone(paper: Any, alice: Any) -> None:
    take_it(make_report(paper, ANSWER), alice)
    assert [block.value["answer"] for block in live(paper).qa] == [RIGHT, "答え2です。"]


def test_a_weeks_overview_can_be_corrected(alice: Any) -> None:
    week = make_week(make_paper(live=True), live=True)
    assert take_it(make_report(week, "overview"), alice).done
    assert (live(week).overview, live(week).entries.count()) == (RIGHT, 1)


def test_the_correction_holds_both_whole_passages(paper: Any, alice: Any) -> None:
    correction = take_it(make_report(paper), alice, thanks="Bob").correction
    assert (correction.before, correction.after) == (WRONG, RIGHT)
    assert (correction.reason, correction.thanks, correction.corrected_by) == ("A slip.", "Bob", alice)


def test_the_place_is_named_in_the_pages_language(paper: Any, alice: Any) -> None:
    with translation.override("en"):
        correction = take_it(make_report(paper, ANSWER), alice).correction
    assert correction.language == "ja"
    assert "Question" not in correction.place_label


def test_a_corrected_text_counts_as_edited(alice: Any) -> None:
    paper = make_paper(live=True, qas=1)
    take_it(make_report(paper, ANSWER), alice)
    assert live(paper).states()[f"qa.{make_qa(1)['id']}"] == "edited"


def test_what_a_machine_wrote_stays_on_record(paper: Any, alice: Any) -> None:
    MachineText.objects.remember(
        paper.pk, "summary", "機械の要約です。", {"backend": "openai", "hash": text_hash("機械の要約です。")}
    )
    take_it(make_report(paper), alice)
    assert MachineText.objects.filter(page_id=paper.pk).count() == 1


def test_line_breaks_of_a_form_are_those_of_the_page(alice: Any) -> None:
    paper = make_paper(live=True, abstract_translated="一つ。\n\n二つ。")
    report = make_report(paper, "abstract_translated")
    assert take_it(report, alice, seen="一つ。\r\n\r\n二つ。", text="一つ。\r\n\r\n三つ。").done
    assert live(paper).abstract_translated == "一つ。\n\n三つ。"


# A newer draft


def test_only_the_correction_goes_out_of_a_page_with_a_newer_draft(paper: Any, alice: Any) -> None:
    page = with_draft(paper, title_translated="まだ見せない題")
    assert take_it(make_report(page), alice).done
    assert (live(page).summary, live(page).title_translated) == (RIGHT, "")


def test_the_newer_draft_keeps_its_changes_and_has_the_correction(paper: Any, alice: Any) -> None:
    page = with_draft(paper, title_translated="まだ見せない題")
    assert take_it(make_report(page), alice).notes == ()
    draft = draft_of(page)
    assert (draft.summary, draft.title_translated) == (RIGHT, "まだ見せない題")


def test_the_newer_draft_is_the_newest_revision_again(paper: Any, alice: Any) -> None:
    page = with_draft(paper, title="New title")
    revision = take_it(make_report(page), alice).correction.revision
    page = live(page)
    assert page.live_revision_id == revision < page.latest_revision_id
    assert (page.has_unpublished_changes, page.title, page.draft_title) == (True, paper.title, "New title")


def test_publishing_the_draft_later_keeps_the_correction(paper: Any, alice: Any) -> None:
    page = with_draft(paper, authors="Eve Three")
    take_it(make_report(page), alice)
    live(page).latest_revision.publish()
    assert (live(page).summary, live(page).authors) == (RIGHT, "Eve Three")


def test_a_draft_that_says_something_else_there_is_left_and_told(paper: Any, alice: Any) -> None:
    page = with_draft(paper, summary="別の要約です。")
    outcome = take_it(make_report(page), alice)
    assert (live(page).summary, draft_of(page).summary) == (RIGHT, "別の要約です。")
    assert "passage is another" in str(outcome.notes[0])


def test_a_draft_that_has_the_correction_already_needs_no_word(paper: Any, alice: Any) -> None:
    page = with_draft(paper, summary=RIGHT)
    assert take_it(make_report(page), alice).notes == ()
    assert live(page).has_unpublished_changes


def test_a_draft_without_the_block_is_left_and_told(paper: Any, alice: Any) -> None:
    page = with_draft(paper, qa=[])
    outcome = take_it(make_report(page, ANSWER), alice)
    assert "passage is gone" in str(outcome.notes[0])
    assert (len(live(page).qa), len(draft_of(page).qa)) == (2, 0)


def test_a_newer_drafts_rows_and_tags_are_not_published(alice: Any) -> None:
    first, second = make_paper(live=True), make_paper(live=True)
    week = make_week(first, second, live=True)
    draft = draft_of(week)
    draft.entries.remove(draft.entries.all()[1])
    draft.save_revision()
    take_it(make_report(week, "theme"), alice)
    assert (live(week).entries.count(), draft_of(week).entries.count()) == (2, 1)


def test_tags_of_a_newer_draft_stay_in_the_draft(alice: Any) -> None:
    page = make_paper(live=True, tags=["rlhf"])
    draft = draft_of(page)
    draft.tags.add("agents")
    draft.save_revision()
    take_it(make_report(page), alice)
    names = [{tag.name for tag in version.tags.all()} for version in (live(page), draft_of(page))]
    assert names == [{"rlhf"}, {"rlhf", "agents"}]


# What stands in the way: nothing is written, and the reason is told


def refused(report: Any, user: Any, **fields: Any) -> str:
    """The reason of a refusal that left everything as it was."""
    before = live(report.page.specific).latest_revision_id
    outcome = take_it(report, user, **fields)
    assert (outcome.done, Correction.objects.count()) == (False, 0)
    assert (again(report).state, live(report.page.specific).latest_revision_id) == (ReportState.OPEN, before)
    return str(outcome.reason)


def test_a_text_that_changed_since_the_editor_looked_is_refused(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    draft = draft_of(paper)
    draft.summary = "その間の要約です。"
    draft.save_revision().publish()
    assert "has changed since" in refused(report, alice, seen=WRONG)


def test_without_word_of_what_was_seen_the_readers_text_counts(paper: Any, alice: Any) -> None:
    report = make_report(paper, passage="昔の要約です。")
    assert "has changed since" in refused(report, alice)
    assert take_it(report, alice, seen=WRONG).done


def test_the_text_that_stands_is_no_correction(paper: Any, alice: Any) -> None:
    assert "what stands" in refused(make_report(paper), alice, text=WRONG)


def test_a_block_that_is_gone_is_refused(paper: Any, alice: Any) -> None:
    report = make_report(paper, ANSWER)
    draft = draft_of(paper)
    draft.qa = []
    draft.save_revision().publish()
    assert "no longer in" in refused(report, alice)


def test_a_report_of_the_whole_page_is_answered_and_not_taken(paper: Any, alice: Any) -> None:
    assert "page as a whole" in refused(make_report(paper, ""), alice)


def test_a_page_that_was_unpublished_meanwhile_is_refused(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    paper.unpublish()
    assert "not published any more" in refused(report, alice)


def test_a_page_that_was_deleted_meanwhile_is_told(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    live(paper).delete()
    assert "no longer there" in str(take_it(report, alice).reason)


def test_a_locked_page_is_refused(paper: Any, alice: Any, carol: Any) -> None:
    Page.objects.filter(pk=paper.pk).update(locked=True, locked_by=carol)
    assert "locked" in refused(make_report(paper), alice)


def test_a_page_that_another_editor_has_open_is_refused(paper: Any, alice: Any, carol: Any) -> None:
    open_in_editor(paper, carol)
    assert "carol has" in refused(make_report(paper), alice)


def test_ones_own_open_editor_does_not_stand_in_the_way(paper: Any, alice: Any) -> None:
    open_in_editor(paper, alice)
    assert take_it(make_report(paper), alice).done


def test_a_draft_in_moderation_is_not_taken_out_of_it(paper: Any, alice: Any) -> None:
    page = with_draft(paper, authors="Eve Three")
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.create(name="Look"))
    workflow.start(page, alice)
    assert "in moderation" in refused(make_report(page), alice)


def test_a_draft_that_is_scheduled_stays_scheduled(paper: Any, alice: Any) -> None:
    draft = draft_of(paper)
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision().publish()
    assert "to be published later" in refused(make_report(paper), alice)
    assert live(paper).approved_schedule


def test_an_alias_is_corrected_in_its_original(alice: Any) -> None:
    alias = make_paper(live=True, arxiv_id=None).create_alias(update_slug="alias")
    assert "follows another page" in refused(make_report(alias), alice)


def test_who_may_edit_but_not_publish_corrects_nothing(paper: Any) -> None:
    assert "may not decide" in refused(make_report(paper), make_helper("dave", "change"))


def test_a_machine_corrects_nothing(paper: Any) -> None:
    assert "may not decide" in refused(make_report(paper), bot())


def test_a_machine_that_was_made_an_admin_corrects_nothing_either(paper: Any) -> None:
    machine = bot()
    machine.is_superuser = True
    machine.save()
    assert "may not" in refused(make_report(paper), machine)


def test_a_title_that_is_too_long_is_refused_with_the_reason(alice: Any) -> None:
    paper = make_paper(live=True, title="A thing", title_translated="題")
    assert "500" in refused(make_report(paper, "title_translated"), alice, text="長" * 501)


# The guard, and overrides


WITHOUT_FIGURE, FIGURE = "精度は上がりました。", "精度は91%です。"


def overridden(**fields: Any) -> Any:
    """A page that went out with a figure that is not in its abstract, for a reason."""
    paper = make_paper(summary=FIGURE, **fields)
    draft = draft_of(paper)
    draft.override("It is in the figure.", make_editor("erin"))
    draft.save_revision().publish()
    return live(paper)


def test_an_empty_summary_is_refused_and_no_reason_helps(paper: Any, alice: Any) -> None:
    outcome = take_it(make_report(paper), alice, text="", override="I want it so.")
    assert (outcome.done, outcome.can_override) == (False, False)
    assert outcome.gaps[0][0] == "summary"


def test_an_error_is_shown_as_a_gap_that_a_reason_can_override(paper: Any, alice: Any) -> None:
    outcome = take_it(make_report(paper), alice, text=FIGURE)
    assert (outcome.done, outcome.can_override) == (False, True)
    assert [path for path, _message in outcome.gaps] == ["summary"]


def test_what_the_guard_refuses_leaves_nothing_behind(paper: Any, alice: Any) -> None:
    page = with_draft(paper, title_translated="題")
    refused(make_report(page), alice, text=FIGURE)
    assert (live(page).summary, draft_of(page).title_translated) == (WRONG, "題")


def test_a_reason_publishes_in_spite_of_an_error(paper: Any, alice: Any) -> None:
    assert take_it(make_report(paper), alice, text=FIGURE, override="It is in the figure.").done
    assert live(paper).override_reason == "It is in the figure."


def test_a_reason_that_is_not_needed_is_not_kept(paper: Any, alice: Any) -> None:
    take_it(make_report(paper), alice, override="In case.")
    assert live(paper).override_reason == ""


def test_an_override_carries_on_where_nothing_is_added(alice: Any) -> None:
    paper = overridden(qas=1)
    assert take_it(make_report(paper, ANSWER), alice).done
    assert live(paper).override_reason == "It is in the figure."
    assert live(paper).provenance["override"]["user"] == "erin"


def test_an_override_is_no_licence_for_a_new_error(alice: Any) -> None:
    paper = overridden()
    outcome = take_it(make_report(paper), alice, text="精度は91%で、損失は37%です。")
    assert (outcome.done, outcome.can_override) == (False, True)


def test_an_override_ends_with_the_error_that_it_was_given_for(alice: Any) -> None:
    paper = overridden()
    assert take_it(make_report(paper), alice, text=WITHOUT_FIGURE).done
    assert live(paper).override_reason == ""


def test_a_newer_drafts_own_override_carries_on(alice: Any) -> None:
    page = make_paper(live=True, qas=1)
    draft = draft_of(page)
    draft.summary = FIGURE
    draft.override("It is in the figure.", alice)
    draft.save_revision()
    take_it(make_report(live(page), ANSWER), alice)
    assert draft_of(page).override_reason == "It is in the figure."
