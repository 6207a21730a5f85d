"""Reports decided: what becomes of them, who is told, and what of two editors the second one sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import CommentReply, ModelLogEntry, PageLogEntry

from papers.applying import bot
from papers.places import place_label
from tests.factories import make_paper, make_report
from tests.weekly.moderation.acting import (
    RIGHT,
    WRONG,
    actions_on,
    again,
    live,
    make_helper,
    make_note,
    take_it,
)
from weekly.models import Correction, Letter, LetterKind, Report, ReportState
from weekly.moderation.deciding import pages_for
from weekly.moderation.reports import THANKS_LENGTH, answer, decline, groups, mark_spam, shown, thanks_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(db: None) -> Any:
    return make_paper(live=True)


def states(reports: Sequence[Report]) -> list[str]:
    return [again(report).state for report in reports]


def told() -> list[tuple[str, str]]:
    """Who is due a letter about what became of a report."""
    return list(Letter.objects.order_by("pk").values_list("kind", "email"))


# Taken


def test_a_taken_report_names_who_took_it_and_its_correction(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    correction = take_it(report, alice).correction
    assert (again(report).state, report.decided_by, report.correction) == (ReportState.TAKEN, alice, correction)
    assert report.decided_at is not None


def test_duplicates_are_taken_by_one_correction(paper: Any, alice: Any) -> None:
    first, second, third = (make_report(paper) for _ in range(3))
    correction = take_it(first, alice, also=[second.pk]).correction
    assert states([first, second, third]) == ["taken", "taken", "open"]
    assert set(correction.reports.all()) == {first, second}


def test_a_report_of_another_passage_does_not_go_with_it(paper: Any, alice: Any) -> None:
    first, other = make_report(paper), make_report(paper, "abstract_translated")
    outcome = take_it(first, alice, also=[other.pk])
    assert states([first, other]) == ["taken", "open"]
    assert "another passage" in str(outcome.notes[0])


def test_the_same_place_of_another_page_is_another_passage(paper: Any, alice: Any) -> None:
    first, other = make_report(paper), make_report(make_paper(live=True))
    take_it(first, alice, also=[other.pk])
    assert states([first, other]) == ["taken", "open"]


def test_a_duplicate_that_was_decided_meanwhile_is_told_and_stops_nothing(paper: Any, alice: Any, carol: Any) -> None:
    first, second = make_report(paper), make_report(paper)
    decline([second], carol, "No.")
    outcome = take_it(first, alice, also=[second.pk])
    assert states([first, second]) == ["taken", "declined"]
    assert "carol decided this already" in str(outcome.notes[0])


def test_the_second_to_take_a_report_is_told_who_came_first(paper: Any, alice: Any, carol: Any) -> None:
    report = make_report(paper)
    take_it(report, alice)
    outcome = take_it(report, carol, seen=RIGHT, text="また別の要約です。")
    assert not outcome.done
    assert ("alice decided this already" in str(outcome.reason), live(paper).summary) == (True, RIGHT)


def test_two_reports_of_one_passage_are_not_taken_over_each_other(paper: Any, alice: Any, carol: Any) -> None:
    first, second = make_report(paper), make_report(paper)
    take_it(first, alice, seen=WRONG)
    outcome = take_it(second, carol, seen=WRONG, text="また別の要約です。")
    assert ("has changed since" in str(outcome.reason), live(paper).summary) == (True, RIGHT)


def test_a_typo_is_kept_without_a_public_note(paper: Any, alice: Any) -> None:
    assert take_it(make_report(paper), alice, is_typo=True).done
    assert (Correction.objects.count(), Correction.objects.noted().count()) == (1, 0)


def test_thanks_that_are_too_long_are_refused_and_not_cut(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    outcome = take_it(report, alice, thanks="B" * (THANKS_LENGTH + 1))
    assert "too long" in str(outcome.reason)
    assert states([report]) == ["open"]


def test_those_who_wish_are_thanked_each_once(paper: Any) -> None:
    named = [("Bob", True), ("Ann", True), ("Bob", True), ("Eve", False), ("", True)]
    assert thanks_for([make_report(paper, name=name, thanks=wish) for name, wish in named]) == "Bob, Ann"


def test_no_name_is_cut_where_there_is_no_room_for_all(paper: Any) -> None:
    reports = [make_report(paper, name=letter * 80, thanks=True) for letter in "ABCD"]
    assert thanks_for(reports) == ", ".join(letter * 80 for letter in "ABC")


# Answered, declined, spam


def test_an_answer_is_kept_and_changes_no_page(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    assert answer([report], alice, " It is right. ").done == 1
    assert (again(report).state, report.reply, live(paper).summary) == (ReportState.ANSWERED, "It is right.", WRONG)


@pytest.mark.parametrize("decide", [answer, decline])
def test_nothing_is_decided_without_a_word_for_the_reader(paper: Any, alice: Any, decide: Any) -> None:
    report = make_report(paper)
    told = decide([report], alice, "  \n")
    assert ("Write what" in str(told.refused[0]), told.done) == (True, 0)
    assert states([report]) == ["open"]


def test_several_are_declined_at_once(paper: Any, alice: Any) -> None:
    reports = [make_report(paper) for _ in range(3)]
    assert decline(reports, alice, "No.").done == 3
    assert states(reports) == ["declined"] * 3


def test_what_another_editor_decided_meanwhile_is_told_and_the_rest_is_done(paper: Any, alice: Any, carol: Any) -> None:
    first, second = make_report(paper), make_report(paper)
    answer([first], carol, "Thanks.")
    told = mark_spam([first.pk, second.pk], alice)
    assert (told.done, states([first, second])) == (1, ["answered", "spam"])
    assert "carol decided this already" in str(told.refused[0])


def test_the_same_reason_is_told_once(paper: Any, alice: Any, carol: Any) -> None:
    reports = [make_report(paper) for _ in range(3)]
    decline(reports, carol, "No.")
    assert len(decline(reports, alice, "No.").refused) == 1


def test_a_report_that_was_erased_is_told(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    Report.objects.all().delete()
    told = decline([report], alice, "No.")
    assert (told.done, "no longer there" in str(told.refused[0])) == (0, True)


def test_a_decision_of_somebody_who_has_left_still_holds(paper: Any, alice: Any, carol: Any) -> None:
    report = make_report(paper)
    decline([report], carol, "No.")
    carol.delete()
    assert "decided already" in str(answer([report], alice, "Yes.").refused[0])


def test_reports_of_an_unpublished_page_can_be_decided(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    paper.unpublish()
    assert answer([report], alice, "The page is gone.").done == 1


# Who may


def test_who_may_edit_may_answer(paper: Any) -> None:
    assert answer([make_report(paper)], make_helper("dave", "change"), "Right.").done == 1


@pytest.mark.parametrize("permissions", [(), ("add",)])
def test_who_may_not_edit_the_page_decides_nothing(paper: Any, permissions: tuple[str, ...]) -> None:
    report = make_report(paper)
    told = mark_spam([report.pk], make_helper("dave", *permissions))
    assert (told.done, states([report])) == (0, ["open"])


def test_a_machine_decides_nothing(paper: Any) -> None:
    report = make_report(paper)
    assert answer([report], bot(), "Right.").done == decline([report], bot(), "No.").done == 0
    assert states([report]) == ["open"]


def test_nobody_in_particular_sees_no_page(paper: Any) -> None:
    assert not pages_for(AnonymousUser()).exists()
    assert not pages_for(bot()).exists()


# Letters


@pytest.mark.parametrize("decide", [answer, decline])
def test_who_left_an_address_is_told_what_became_of_it(paper: Any, alice: Any, decide: Any) -> None:
    decide([make_report(paper, email="bob@example.org"), make_report(paper)], alice, "Because.")
    assert told() == [(LetterKind.REPORT, "bob@example.org")]


def test_each_reporter_of_a_taken_passage_gets_one_letter(paper: Any, alice: Any) -> None:
    first, second = make_report(paper, email="bob@example.org"), make_report(paper, email="ann@example.org")
    take_it(first, alice, also=[second.pk, second.pk, first.pk])
    assert told() == [(LetterKind.REPORT, "bob@example.org"), (LetterKind.REPORT, "ann@example.org")]


def test_spam_gets_no_letter(paper: Any, alice: Any) -> None:
    mark_spam([make_report(paper, email="bob@example.org").pk], alice)
    assert told() == []


def test_a_refused_correction_sends_no_letter(paper: Any, alice: Any) -> None:
    take_it(make_report(paper, email="bob@example.org"), alice, text=WRONG)
    assert told() == []


# The note beside the block


def test_the_note_ends_with_the_last_report_of_its_passage(paper: Any, alice: Any) -> None:
    note = make_note(paper)
    first, second = make_report(paper, note=note), make_report(paper, note=note)
    decline([first], alice, "No.")
    assert again(note).resolved_at is None
    mark_spam([second.pk], alice)
    assert again(note).resolved_by == alice


def test_the_note_ends_when_the_correction_is_published(paper: Any, alice: Any) -> None:
    note = make_note(paper)
    CommentReply.objects.create(comment=note, user=bot(), text="Another report.")
    take_it(make_report(paper, note=note), alice)
    assert (again(note).resolved_by, note.replies.count()) == (alice, 1)


def test_a_note_that_an_editor_has_resolved_stays_theirs(paper: Any, alice: Any, carol: Any) -> None:
    note = make_note(paper)
    type(note).objects.filter(pk=note.pk).update(resolved_at=timezone.now(), resolved_by=carol)
    decline([make_report(paper, note=note)], alice, "No.")
    assert again(note).resolved_by == carol


def test_a_note_that_an_editor_has_deleted_stops_nothing(paper: Any, alice: Any) -> None:
    note = make_note(paper)
    report = make_report(paper, note=note)
    note.delete()
    assert decline([again(report)], alice, "No.").done == 1


# Who did what


@pytest.mark.parametrize(("decide", "action"), [(answer, "answered"), (decline, "declined")])
def test_the_history_says_who_decided(paper: Any, alice: Any, decide: Any, action: str) -> None:
    report = make_report(paper)
    decide([report], alice, "Because.")
    assert actions_on(report) == [(f"weekly.report.{action}", alice)]


def test_the_history_says_who_called_it_spam(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    mark_spam([report.pk], alice)
    assert actions_on(report) == [("weekly.report.spam", alice)]


def test_a_taken_report_is_in_the_pages_history_too(paper: Any, alice: Any) -> None:
    report = make_report(paper)
    correction = take_it(report, alice).correction
    entry = PageLogEntry.objects.get(action="weekly.report.taken")
    assert (entry.page_id, entry.user, entry.data["correction"]) == (paper.pk, alice, correction.pk)
    assert actions_on(report) == [("weekly.report.taken", alice)]


def test_the_history_keeps_no_word_of_the_readers(paper: Any, alice: Any) -> None:
    report = make_report(paper, name="Bob Reader", message="My own words")
    decline([report], alice, "No.")
    entry = ModelLogEntry.objects.get()
    said = f"{entry.label} {entry.data}"
    assert "Bob Reader" not in said
    assert "My own words" not in said


def test_a_note_that_ends_leaves_no_word_in_the_pages_history(paper: Any, alice: Any) -> None:
    note = make_note(paper, text="My own words")
    decline([make_report(paper, note=note)], alice, "No.")
    assert again(note).resolved_by == alice
    assert "My own words" not in str(list(PageLogEntry.objects.values_list("data", flat=True)))


# Groups


def test_the_most_reported_passage_comes_first(paper: Any) -> None:
    for place in ("summary", "summary", "abstract_translated"):
        make_report(paper, place)
    assert [(row["place"], row["count"]) for row in groups()] == [("summary", 2), ("abstract_translated", 1)]


def test_else_the_newest_comes_first(paper: Any) -> None:
    for place in ("summary", "summary", "abstract_translated"):
        make_report(paper, place)
    assert [row["place"] for row in groups(newest_first=True)] == ["abstract_translated", "summary"]


def test_of_equally_many_the_newest_comes_first(paper: Any) -> None:
    make_report(paper, "summary")
    make_report(paper, "abstract_translated")
    assert [row["place"] for row in groups()] == ["abstract_translated", "summary"]


def test_only_open_ones_are_grouped_unless_told_otherwise(paper: Any, alice: Any) -> None:
    decline([make_report(paper)], alice, "No.")
    assert (groups().count(), groups(Report.objects.all()).count()) == (0, 1)


def test_no_reports_are_not_all_reports(paper: Any) -> None:
    make_report(paper)
    assert not groups(Report.objects.none())


def test_a_group_names_its_place(paper: Any) -> None:
    report = make_report(paper)
    (group,) = shown(groups())
    assert (group.page, group.label, group.count, group.last) == (paper, place_label(paper, "summary"), 1, report.pk)
    assert group.newest == report.created_at


def test_a_group_of_the_whole_page_has_no_place(paper: Any) -> None:
    make_report(paper, "")
    (group,) = shown(groups())
    assert (group.place, group.label) == ("", "")


def test_a_passage_that_is_gone_is_still_listed(paper: Any) -> None:
    make_report(paper, "qa.00000009-0000-4000-8000-000000000000.answer")
    assert [group.count for group in shown(groups())] == [1]


def test_a_thousand_reports_ask_no_more_queries_than_ten(django_assert_num_queries: Any) -> None:
    papers = [make_paper(live=True) for _ in range(3)]
    places = [f"qa.{number:08d}-0000-4000-8000-000000000000.answer" for number in range(100)]
    rows = [Report(page=papers[n % 3], place=places[n % 100], message="Wrong.") for n in range(1000)]
    Report.objects.bulk_create(rows)
    with django_assert_num_queries(4):  # the count, the rows, the pages, and what is special of them
        assert groups().count() == 300
        assert len(shown(groups()[:50])) == 50


def test_the_desk_shows_only_what_its_user_may_decide(paper: Any) -> None:
    make_report(paper)
    helper = make_helper("dave")
    assert not groups(Report.objects.filter(page__in=pages_for(helper)))
