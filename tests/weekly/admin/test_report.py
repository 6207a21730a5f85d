"""The report on drafting: tables and charts, a CSV file, weeks to choose from, and who may see it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from papers.checks import CHECKS
from tests.factories import make_week
from tests.weekly.admin.test_figures import bare_paper, drafted, edit
from weekly.admin.figures import CHECK_NAMES
from weekly.admin.report import WEEKS, chart_of
from weekly.models import WeekPage
from weekly.templatetags.digest_admin import check_label

pytestmark = pytest.mark.django_db
URL = "weekly_admin:report"


def a_week(start: date = date(2024, 5, 6), prompt: str = "p1", model: str = "tiny", summary: str = "") -> WeekPage:
    """A week with a paper that this prompt wrote and, with a summary, an editor changed."""
    paper = bare_paper()
    week = make_week(paper, start=start, slug=f"{start}-{prompt}")
    drafted(week, paper, prompt, model)
    if summary:
        edit(paper, summary=summary)
    return week


def shown(client: Client, **query: str) -> str:
    return unescape(client.get(reverse(URL), query).content.decode())


def lines(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get(reverse(URL), {"export": "csv", **query})
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(answer.content.decode().splitlines()))


def test_without_drafts_it_says_what_will_stand_here(alice: Client) -> None:
    assert "Nothing was drafted in these weeks yet." in shown(alice)


def test_it_stands_in_the_menu_of_reports(alice: Client) -> None:
    assert reverse(URL) in alice.get(reverse("wagtailadmin_home")).content.decode()


def test_it_shows_prompt_model_and_cost(alice: Client) -> None:
    a_week()
    assert all(said in shown(alice) for said in ["p1", "tiny", "0.0200", "2024-05-06"])


def test_it_names_the_prompt_that_made_the_least_work(alice: Client) -> None:
    a_week(prompt="good")
    a_week(prompt="bad", start=date(2024, 5, 13), summary="まるで違う")
    assert "Prompt good of tiny made the least work: 0.0% of its text was changed." in shown(alice)


def test_one_prompt_alone_is_not_called_the_best(alice: Client) -> None:
    a_week()
    assert "made the least work" not in shown(alice)


def test_a_chart_says_in_words_what_it_shows(alice: Client) -> None:
    a_week(summary="機械が書いた要約")
    charts = BeautifulSoup(shown(alice), "html.parser").select("svg.digest-chart")
    assert [chart.title.get_text() for chart in charts] == [
        "Share of text that editors changed, by prompt and model",
        "Share of text that editors changed, by week",
    ]
    assert charts[0].desc.get_text() == "p1 tiny: 20.0%. "


def test_the_table_of_findings_has_a_row_a_check_with_its_name(alice: Client) -> None:
    paper = bare_paper()
    drafted(make_week(paper), paper, abstract_translated="うまくいくと")
    assert '<th scope="row">Texts that break off</th>' in shown(alice)


def test_every_check_has_a_name() -> None:
    assert set(CHECK_NAMES) == {check.id for check in CHECKS}


def test_a_check_that_is_no_longer_known_is_shown_by_its_id() -> None:
    assert check_label("long-gone") == "long-gone"


def test_the_file_names_checks_by_their_ids(alice: Client) -> None:
    paper = bare_paper()
    drafted(make_week(paper), paper, abstract_translated="うまくいくと")
    assert lines(alice)[0]["cut-off"] == "1"


def test_a_models_name_stands_in_a_box_of_its_own_which_is_not_broken_by_letters(alice: Client) -> None:
    a_week(model="extractive")
    soup = BeautifulSoup(shown(alice), "html.parser")
    assert {cell.get_text() for cell in soup.select("table .digest-model")} == {"extractive"}


def test_weeks_can_be_chosen(alice: Client) -> None:
    a_week(prompt="old")
    a_week(prompt="new", start=date(2024, 5, 13))
    assert [row["prompt"] for row in lines(alice)] == ["new", "old"]
    assert [row["prompt"] for row in lines(alice, **{"from": "2024-05-13", "to": "2024-05-13"})] == ["new"]


@pytest.mark.parametrize("day", ["yesterday", "2024-13-45", "\x00"])
def test_a_day_that_is_none_is_left_aside(alice: Client, day: str) -> None:
    a_week()
    assert len(lines(alice, **{"from": day})) == 1


def test_only_the_newest_weeks_are_shown_unless_asked_for(alice: Client) -> None:
    starts = [date(2024, 1, 1) + timedelta(weeks=number) for number in range(WEEKS + 1)]
    for start in starts:
        make_week(start=start)
    html = shown(alice)
    assert f'<option value="{starts[1]}" selected>' in html
    assert f'<option value="{starts[0]}">' in html


def test_the_file_has_the_tables_figures(alice: Client) -> None:
    a_week(summary="機械が書いた要約")
    (row,) = lines(alice)
    assert (row["week"], row["pages"], row["changed_summary"], row["changed_qa"]) == ("2024-05-06", "1", "0.2", "")
    assert (row["prompt_tokens"], row["seconds"]) == ("900.0", "2.5")


def test_a_models_name_is_no_formula(alice: Client) -> None:
    a_week(model="=1+1")
    assert lines(alice)[0]["model"] == "'=1+1"


def test_who_edits_weeks_may_see_it(writer: Callable[..., Client]) -> None:
    carol = writer("change_page")
    a_week()
    assert len(lines(carol)) == 1


def test_who_edits_nothing_may_not(client: Client) -> None:
    bob: Any = get_user_model().objects.create_user("bob", "bob@example.org", "secret-of-bob")
    client.force_login(bob)
    assert client.get(reverse(URL)).status_code == 302


def test_the_longest_bar_fills_the_chart() -> None:
    bars = chart_of([("a", 0.1), ("b", None), ("c", 0.2)]).bars
    assert [(bar.label, bar.width) for bar in bars] == [("a", 160), ("c", 320)]


def test_a_chart_of_nothing_changed_has_no_length() -> None:
    assert [bar.width for bar in chart_of([("a", 0.0)]).bars] == [0]
