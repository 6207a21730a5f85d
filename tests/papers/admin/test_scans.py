"""A scan's page: watch it, take what it proposes, leave it, undo it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from papers.admin import scans
from papers.models import Decision, GlossaryTerm, PaperPage, TermScan
from papers.rescanning import begin, scan_term
from tests.editing import in_english
from tests.papers.test_mending import RIGHT, draft_of
from tests.papers.test_rescanning import WRONG, make_broken, make_term

pytestmark = pytest.mark.django_db


def made_scan(papers: int = 1, **fields: Any) -> TermScan:
    """An ended scan of these many broken papers."""
    for _number in range(papers):
        make_broken(**fields)
    return scan_term(begin(make_term()).pk)


def made_more(term: GlossaryTerm, papers: int) -> TermScan:
    """An ended scan of as many broken papers again."""
    for _number in range(papers):
        make_broken()
    return scan_term(begin(term).pk)


def address(name: str, pk: int) -> str:
    return reverse(f"papers_admin:{name}", args=[pk])


def decide(client: Client, scan: TermScan, **fields: Any) -> str:
    """Send the scan's form; the page that follows."""
    return client.post(address("scan_decide", scan.pk), fields, follow=True).content.decode()


def save_term(client: Client, **fields: Any) -> Any:
    given = {
        "source": "attention head",
        "kind": "translate",
        "target": "注意ヘッド",
        "language": "ja",
        "forbidden": "注意の頭",
    }
    add = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
    return client.post(add, {**given, "note": "", **fields})


def test_saving_a_term_leads_to_its_scan(alice: Client) -> None:
    make_broken()
    answer = save_term(alice)
    assert answer.url == address("scan", TermScan.objects.get().pk)


def test_changing_a_term_leads_to_another_scan(alice: Client) -> None:
    term = make_term()
    edit = reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[term.pk])
    fields = {"source": term.source, "kind": "translate", "target": "ヘッド", "language": "ja", "forbidden": ""}
    answer = alice.post(edit, {**fields, "note": ""})
    assert answer.url == address("scan", TermScan.objects.get(term=term).pk)


def test_a_term_that_matches_everything_is_answered_with_its_count_and_not_saved(alice: Client) -> None:
    make_broken()
    shown = save_term(alice, source="we", note="typed by hand").content.decode()
    assert all(said in shown for said in ["occurs in 1 of 1 papers (texts: 2)", "typed by hand", "注意の頭"])
    assert not GlossaryTerm.objects.exists()


def test_after_the_warning_the_term_is_saved_all_the_same_and_tried(alice: Client) -> None:
    make_broken()
    answer = save_term(alice, source="we", all_the_same="on")
    assert answer.url == address("scan", TermScan.objects.get().pk)
    assert GlossaryTerm.objects.get().source == "we"


def test_the_question_stays_while_something_else_is_wrong(alice: Client) -> None:
    shown = save_term(alice, source="we", target="", all_the_same="on").content.decode()
    assert 'name="all_the_same"' in shown
    assert "Say how the term is rendered." in shown


def test_nobody_is_asked_about_a_term_that_does_not_reach_far(alice: Client) -> None:
    add = reverse(GlossaryTerm.snippet_viewset.get_url_name("add"))
    assert 'name="all_the_same"' not in alice.get(add).content.decode()
    assert 'name="all_the_same"' not in save_term(alice, target="").content.decode()


def change_term(client: Client, term: GlossaryTerm, **fields: Any) -> Any:
    names = ("source", "kind", "target", "forbidden", "language", "note")
    edit = reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[term.pk])
    return client.post(edit, {**{name: getattr(term, name) for name in names}, **fields})


def test_a_term_that_is_changed_so_that_it_matches_everything_is_asked_about(alice: Client) -> None:
    make_broken()
    term = make_term()
    assert "occurs in 1 of 1 papers" in change_term(alice, term, source="we").content.decode()
    assert GlossaryTerm.objects.get().source == "attention head"


def test_a_note_alone_neither_asks_nor_tries_anything(alice: Client) -> None:
    term = make_term(source="we")
    assert change_term(alice, term, note="why").url == reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))
    assert (GlossaryTerm.objects.get().note, TermScan.objects.exists()) == ("why", False)


def test_a_terms_own_page_tells_how_far_it_reaches(alice: Client) -> None:
    make_broken()
    shown = alice.get(address("scan_term", make_term(source="we").pk)).content.decode()
    assert "occurs in 1 of 1 papers" in shown


def test_a_click_there_begins_a_scan(alice: Client) -> None:
    term = make_term(source="we")
    alice.post(address("scan_term", term.pk))
    assert TermScan.objects.get().term == term


def test_a_terms_page_lists_its_scans(alice: Client) -> None:
    scan = made_scan()
    assert address("scan", scan.pk) in alice.get(address("scan_term", scan.term_id)).content.decode()


def test_a_scan_under_way_shows_a_progress_bar(alice: Client) -> None:
    make_broken()
    scan = begin(make_term())
    shown = alice.get(address("scan_progress", scan.pk)).content.decode()
    assert '<progress class="glossary-progress" max="1" value="0"' in shown
    assert 'data-active="1"' in shown


def test_a_scan_that_nobody_works_on_is_told(alice: Client) -> None:
    scan = begin(make_term())
    TermScan.objects.update(created_at=timezone.now() - scans.SILENCE * 2)
    assert "Is a worker running?" in alice.get(address("scan", scan.pk)).content.decode()


def test_an_ended_scan_shows_each_place_with_what_differs(alice: Client) -> None:
    shown = alice.get(address("scan", made_scan().pk)).content.decode()
    assert "<del>の頭</del>" in shown
    assert "<ins>ヘッド</ins>" in shown


def test_published_texts_are_marked(alice: Client) -> None:
    shown = alice.get(address("scan", made_scan(live=True).pk)).content.decode()
    assert '<span class="glossary-tag">published</span>' in shown


def test_where_no_rule_can_tell_the_editor_is_a_link_away(alice: Client) -> None:
    scan = made_scan(abstract_translated="何かです。")
    shown = alice.get(address("scan", scan.pk)).content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[scan.changes.get().page_id])
    assert f'<a href="{edit}">Open it in the editor</a>' in shown


def test_one_change_is_taken(alice: Client) -> None:
    scan = made_scan(2)
    first, second = scan.changes.order_by("pk")
    assert "1 change was taken." in decide(alice, scan, take=first.pk)
    assert [draft_of(change.page).abstract_translated for change in (first, second)] == [RIGHT, WRONG]


def test_all_open_changes_are_taken(alice: Client) -> None:
    scan = made_scan(3)
    assert "3 changes were taken." in decide(alice, scan, all="1")
    assert not scan.changes.filter(decision=Decision.OPEN).exists()


def test_what_one_click_has_no_time_for_is_told(alice: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "SECONDS", 0)
    scan = made_scan(3)
    assert "2 changes are still open" in decide(alice, scan, all="1")


def test_a_page_is_published_where_that_is_asked_for(alice: Client) -> None:
    scan = made_scan(live=True)
    assert "1 page was published." in decide(alice, scan, all="1", publish="1")
    assert PaperPage.objects.get().abstract_translated == RIGHT


def test_the_choice_to_publish_is_kept_for_the_next_click(alice: Client) -> None:
    scan = made_scan(2)
    shown = decide(alice, scan, take=scan.changes.first().pk, publish="1")
    assert 'name="publish" value="1" checked' in shown


def test_a_change_is_left(alice: Client) -> None:
    scan = made_scan()
    decide(alice, scan, leave=scan.changes.get().pk)
    assert scan.changes.get().decision == Decision.LEFT


def test_a_taken_change_is_undone(alice: Client) -> None:
    scan = made_scan()
    change = scan.changes.get()
    decide(alice, scan, take=change.pk)
    assert "The old text stands again." in decide(alice, scan, undo=change.pk)
    assert draft_of(change.page).abstract_translated == WRONG


def test_a_reason_is_told_where_a_page_is_locked(alice: Client) -> None:
    scan = made_scan()
    PaperPage.objects.update(locked=True)
    decide(alice, scan, take=scan.changes.get().pk)
    assert scan.changes.get().decision == Decision.OPEN


def test_a_text_that_has_changed_since_can_be_tried_once_more(alice: Client) -> None:
    scan = made_scan()
    assert "Try the term once more" not in alice.get(address("scan", scan.pk)).content.decode()
    scan.changes.update(decision=Decision.GONE)
    assert "Try the term once more" in alice.get(address("scan", scan.pk)).content.decode()


def test_a_change_of_another_scan_is_not_found(alice: Client) -> None:
    scan = made_scan()
    other = begin(scan.term)
    answer = alice.post(address("scan_decide", other.pk), {"take": scan.changes.get().pk})
    assert answer.status_code == 404


def test_the_list_can_show_open_ones_alone(alice: Client) -> None:
    scan = made_scan(2)
    decide(alice, scan, leave=scan.changes.first().pk)
    shown = alice.get(address("scan", scan.pk), {"show": "open"}).content.decode()
    assert shown.count('class="glossary-change"') == 1


def test_a_longer_list_takes_no_more_queries(alice: Client, django_assert_num_queries: Any) -> None:
    scan = made_scan(2)
    alice.get(address("scan", scan.pk))
    with CaptureQueriesContext(connection) as few:
        alice.get(address("scan", scan.pk))
    more = made_more(scan.term, 8)
    with django_assert_num_queries(len(few)):
        alice.get(address("scan", more.pk))


def test_who_has_nothing_to_do_with_the_glossary_stays_outside(client: Client) -> None:
    scan = made_scan()
    bob = get_user_model().objects.create_user("bob", password="secret-of-bob")
    bob.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(in_english(bob))
    assert client.get(address("scan", scan.pk)).status_code == 302
