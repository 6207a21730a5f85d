"""The page editor: nobody's text is lost, nothing incomplete goes out, and a machine's work is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowTask

from papers.applying import Changes, apply_changes, base_hashes
from papers.blocks import is_untouched
from papers.errors import Notice
from papers.messages import notice_json
from papers.models import DRAFTED_FIELDS, NotReady, PaperPage
from papers.panels import QABlockAdapter
from tests.editing import address, open_editor, save
from tests.factories import make_paper, make_qa, make_run, make_week
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db
STAMP = {"backend": "openai", "model": "gpt-5-mini", "prompt": "0123456789abcdef", "run": 1}


def newest(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def is_live(page: Any) -> bool:
    return type(page).objects.get(pk=page.pk).live


def machine_writes(page: PaperPage, **texts: str) -> None:
    """A drafting job ends."""
    run = make_run(page, "abstract", base=base_hashes(newest(page), DRAFTED_FIELDS))
    apply_changes(page, Changes(texts=texts), run, STAMP)


def test_saving_an_unchanged_page_changes_nothing(alice: Client) -> None:
    page = make_paper(qas=2)
    before = base_hashes(page, DRAFTED_FIELDS)
    assert save(alice, page, open_editor(alice, page)).status_code == 302
    after = newest(page)
    assert base_hashes(after, DRAFTED_FIELDS) == before
    assert [(b.id, is_untouched(b.value), len(b.value["citations"])) for b in after.qa] == [
        (block.id, True, 1) for block in page.qa
    ]


def stale_save(alice: Client, page: PaperPage) -> Any:
    """Save a form that was opened before a machine wrote a revision."""
    fields = open_editor(alice, page)
    EditingSession.objects.all().delete()  # else the machine would park its draft
    machine_writes(page, title_translated="機械の題")
    return save(alice, page, {**fields, "summary": "人の要約"})


def test_a_stale_save_is_refused_and_the_newer_revision_stands(alice: Client) -> None:
    page = make_paper()
    html = unescape(stale_save(alice, page).content.decode())
    assert "This page was changed since you opened it" in html
    assert newest(page).title_translated == "機械の題"


def test_the_text_of_a_stale_save_stays_in_the_form(alice: Client) -> None:
    form = BeautifulSoup(stale_save(alice, make_paper()).content, "html.parser").find(id="page-edit-form")
    assert form.find("textarea", attrs={"name": "summary"}).get_text().strip() == "人の要約"


def test_a_second_save_goes_through_on_purpose(alice: Client) -> None:
    page = make_paper()
    fields = {**open_editor(alice, page), "summary": "人の要約"}
    form = BeautifulSoup(stale_save(alice, page).content, "html.parser").find(id="page-edit-form")
    for name in ("loaded_revision_id", "loaded_revision_created_at"):
        fields[name] = form.find("input", attrs={"name": name})["value"]
    assert save(alice, page, fields).status_code == 302
    assert newest(page).summary == "人の要約"


def test_publishing_with_gaps_tells_them_at_their_fields(alice: Client) -> None:
    page = make_paper(summary="", abstract_translated="")
    html = unescape(save(alice, page, open_editor(alice, page), "publish").content.decode())
    assert "The summary is empty." in html
    assert "The abstract is not translated." in html
    assert not is_live(page)


def test_a_complete_page_is_published(alice: Client) -> None:
    page = make_paper(qas=2)
    assert save(alice, page, open_editor(alice, page), "publish").status_code == 302
    assert is_live(page)


def test_an_incomplete_page_can_still_be_saved(alice: Client) -> None:
    page = make_paper(summary="")
    assert save(alice, page, open_editor(alice, page)).status_code == 302


def test_an_empty_answer_is_told_at_its_block(alice: Client) -> None:
    page = make_paper(qa=[make_qa(1, answer="")])
    html = unescape(save(alice, page, open_editor(alice, page), "publish").content.decode())
    assert "The answer is empty." in html
    assert not is_live(page)


def test_gaps_are_not_scheduled_either(alice: Client) -> None:
    page = make_paper(summary="")
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    html = save(alice, page, {**open_editor(alice, page), "go_live_at": later}, "publish").content.decode()
    assert "The summary is empty." in html
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_a_schedule_made_by_a_program_is_refused_when_it_is_due() -> None:
    page = make_paper(summary="")
    Revision.objects.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotReady):
        call_command("publish_scheduled")
    assert not is_live(page)


def test_rows_that_the_form_cannot_see_are_no_server_error(alice: Client) -> None:
    week = make_week(make_paper())
    fields = open_editor(alice, week)
    fields.pop("entries-0-chosen")
    answer = save(alice, week, fields, "publish")
    assert answer.url == address(week)
    assert "No paper is chosen." in unescape(alice.get(answer.url).content.decode())
    assert not is_live(week)


def test_rows_that_the_form_brings_count(alice: Client) -> None:
    week = make_week(make_paper())
    draft = newest(week)
    draft.entries.first().chosen = False
    draft.save_revision()
    save(alice, week, {**open_editor(alice, week), "entries-0-chosen": "on"}, "publish")
    assert is_live(week)


def bulk_publish(client: Client, *pages: Any, below: bool = False) -> Any:
    query = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return client.post(f"{url}?{query}&next=/admin/", {"include_descendants": "on"} if below else {})


def test_publishing_several_at_once_is_all_or_none(alice: Client) -> None:
    good, bad = make_paper(), make_paper(summary="", title="The Bad")
    answer = bulk_publish(alice, good, bad)
    assert answer.status_code == 302
    assert "“The Bad” cannot be published yet: The summary is empty." in unescape(alice.get("/admin/").content.decode())
    assert (is_live(good), is_live(bad)) == (False, False)


def test_publishing_a_folder_looks_at_what_lies_below(alice: Client) -> None:
    bad = make_paper(summary="")
    assert bulk_publish(alice, bad.get_parent(), below=True).status_code == 302
    assert not is_live(bad)


def test_publishing_several_complete_pages_works(alice: Client) -> None:
    pages = make_paper(), make_paper()
    bulk_publish(alice, *pages)
    assert all(is_live(page) for page in pages)


def await_approval(page: PaperPage, client: Client) -> Any:
    """The page waits for the one approval of its workflow."""
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Approve"))
    return workflow.start(page, get_user(client)).current_task_state


def test_an_approval_that_cannot_publish_does_not_count(alice: Client) -> None:
    page = make_paper(summary="")
    state = await_approval(page, alice)
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert alice.post(url).url == address(page)
    state.refresh_from_db()
    assert (state.status, is_live(page)) == ("in_progress", False)


def test_an_approval_in_the_editor_is_refused_the_same_way(alice: Client) -> None:
    page = make_paper(summary="")
    state = await_approval(page, alice)
    fields = {**open_editor(alice, page), "workflow-action-name": "approve", "title_translated": "人の題"}
    html = unescape(save(alice, page, fields, "workflow-action").content.decode())
    state.refresh_from_db()
    assert (state.status, is_live(page)) == ("in_progress", False)
    assert all(said in html for said in ["The summary is empty.", "人の題"])


def test_an_approval_of_a_complete_page_publishes(alice: Client) -> None:
    page = make_paper()
    state = await_approval(page, alice)
    alice.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))
    assert is_live(page)


def test_the_history_names_the_machine_its_model_and_its_prompt(alice: Client) -> None:
    page = make_paper(title_translated="")
    machine_writes(page, title_translated="機械の題")
    html = alice.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Drafted abstract by gpt-5-mini, prompt 0123456789ab" in html
    assert "digest-bot" in html


def test_fields_say_in_which_language_they_are(alice: Client) -> None:
    form = BeautifulSoup(alice.get(address(make_paper())).content, "html.parser").find(id="page-edit-form")
    languages = {name: form.find(attrs={"name": name}).get("lang") for name in ("abstract", "abstract_translated")}
    assert languages == {"abstract": "en", "abstract_translated": "ja"}
    assert form.find(attrs={"data-readers-lang": "ja", "data-paper-lang": "en"}) is not None


def test_the_provenance_says_what_still_stands_as_drafted(alice: Client) -> None:
    page = make_paper(title_translated="", qas=1, source_note=notice_json(Notice("There is no PDF to read.")))
    machine_writes(page, title_translated="機械の題")
    html = alice.get(address(page)).content.decode()
    panel = BeautifulSoup(html, "html.parser").find(class_="digest-provenance").get_text(" ", strip=True)
    assert "gpt-5-mini 0123456789ab stands as drafted" in panel
    assert "There is no PDF to read." in html


def test_a_persons_change_shows_in_the_provenance(alice: Client) -> None:
    page = make_paper(title_translated="")
    machine_writes(page, title_translated="機械の題")
    draft = newest(page)
    draft.title_translated = "人の題"
    draft.save_revision()
    assert "changed by a person" in alice.get(address(page)).content.decode()


def test_a_page_that_no_machine_touched_has_no_provenance(alice: Client) -> None:
    assert "digest-provenance" not in alice.get(address(make_paper())).content.decode()


def test_a_question_is_rendered_by_our_own_script() -> None:
    block = PaperPage._meta.get_field("qa").stream_block.child_blocks["qa"]
    _name, _children, meta = QABlockAdapter().js_args(block)
    assert set(meta["texts"]) == {"empty", "unverified"}
    assert "papers/editor.js" in str(QABlockAdapter().media)


def test_rows_of_a_week_keep_what_the_form_does_not_show(alice: Client) -> None:
    week = make_week(make_paper())
    draft = newest(week)
    draft.entries.first().listed = {"title": "As the list says"}
    draft.save_revision()
    save(alice, week, {**open_editor(alice, week), "theme": "新しい主題"})
    row = newest(WeekPage.objects.get(pk=week.pk)).entries.get()
    assert (row.rank, row.listed) == (1, {"title": "As the list says"})


def test_a_row_with_a_forged_past_is_refused(alice: Client) -> None:
    week = make_week(make_paper())
    answer = save(alice, week, {**open_editor(alice, week), "entries-0-kept": "forged"})
    assert "This row was changed on its way." in answer.content.decode()


def test_the_editor_needs_no_more_queries_for_more_questions(
    alice: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    page = make_paper(qas=10)
    alice.get(address(page))
    with django_assert_max_num_queries(90):
        alice.get(address(page))
