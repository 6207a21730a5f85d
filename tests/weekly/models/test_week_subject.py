"""A week's own texts are judged by what its papers say, as their newest drafts have it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.checks import run_checks
from papers.checks.base import Severity
from papers.models import Finding, GlossaryTerm, PaperPage, TermKind
from tests.factories import make_paper, make_week
from weekly.models import WeekEntry, WeekPage

pytestmark = pytest.mark.django_db
CLEAN = (
    "今週の10本のうち3本は、大規模言語モデル（LLM）の推論を速くします。LayerSkipは340億パラメータのモデルを2.4倍に高速化し、"
    "精度は42.5%に達します。\n\nエージェントの研究も続きます。Thought Cloningは、考えながら動くことを学びます。"
)
ABSTRACTS = (
    "LayerSkip makes a 34B model 2.4x faster. We train large language models (LLMs) with layer dropout.",
    "Thought Cloning clones the thoughts of people, in which agents think while acting.",
    "We present a reward model that reaches an accuracy of 42.5%.",
)


def listed_papers(count: int = 3, **fields: Any) -> list[PaperPage]:
    """Papers that share the abstracts above."""
    return [make_paper(abstract=ABSTRACTS[number % 3], **fields) for number in range(count)]


def draft_of(week: WeekPage) -> WeekPage:
    return week.get_latest_revision_as_object()


def found_in(week: WeekPage, check: str) -> list[tuple[str, str]]:
    """(severity, words) of what a check says of the overview."""
    found = [one for one in run_checks(draft_of(week).subject()) if one.check == check and one.field == "overview"]
    return [(one.severity.value, week.overview[one.start : one.end]) for one in found]


def forbid(rendering: str, source: str, target: str = "報酬モデル") -> GlossaryTerm:
    kind = TermKind.TRANSLATE if target else TermKind.KEEP
    return GlossaryTerm.objects.create(source=source, target=target, forbidden=rendering, kind=kind, language="ja")


def test_a_clean_overview_has_no_finding() -> None:
    forbid("報償モデル", "reward model")
    week = draft_of(make_week(*listed_papers(10), theme="推論、高速化、報酬", overview=CLEAN))
    assert (len(week.subject().listed), run_checks(week.subject())) == (10, [])


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_forbidden_rendering_is_found_whichever_paper_has_the_term(number: int) -> None:
    papers = [make_paper(abstract=f"We train a {'reward model' if n == number else 'network'}.") for n in range(3)]
    forbid("褒美モデル", "reward model")
    week = make_week(*papers, overview="褒美モデルを学びます。")
    assert found_in(week, "glossary") == [("warning", "褒美モデル")]


def test_a_forbidden_rendering_in_the_theme_is_found_too() -> None:
    forbid("褒美モデル", "reward model")
    week = make_week(*listed_papers(), theme="褒美モデル")
    assert [one.field for one in run_checks(draft_of(week).subject()) if one.check == "glossary"] == ["theme"]


def test_a_term_that_is_kept_is_an_error_where_it_was_rendered() -> None:
    forbid("層飛ばし", "LayerSkip", "")
    week = make_week(*listed_papers(), overview="層飛ばしは速いです。")
    assert found_in(week, "glossary") == [("error", "層飛ばし")]


def test_a_rendering_of_a_term_that_no_paper_has_is_left_alone() -> None:
    forbid("褒美モデル", "value model")
    assert found_in(make_week(*listed_papers(), overview="褒美モデルを学びます。"), "glossary") == []


def test_the_lists_own_words_count_where_an_entry_has_no_paper() -> None:
    week = make_week(overview="RewardBenchは褒美モデルを7.5%で比べます。")
    week.entries.add(WeekEntry(rank=1, sort_order=1, title="RewardBench", note="Ranks each reward model by 7.5%."))
    week.save_revision()
    forbid("褒美モデル", "reward model")
    assert (found_in(week, "glossary"), found_in(week, "numbers")) == ([("warning", "褒美モデル")], [])


def test_a_papers_newest_draft_counts() -> None:
    paper = make_paper(live=True)
    paper.abstract = "We train a reward model on 34 billion tokens."
    paper.save_revision()
    forbid("褒美モデル", "reward model")
    week = make_week(paper, overview="褒美モデルを340億トークンで学びます。")
    assert (len(found_in(week, "glossary")), found_in(week, "numbers")) == (1, [])


def test_what_was_withdrawn_from_the_draft_does_not_count() -> None:
    paper = make_paper(live=True, abstract="We train on 34 billion tokens.", abstract_translated="340億です。")
    paper.abstract = "We train on 3 billion tokens."
    paper.save_revision()
    assert found_in(make_week(paper, overview="340億トークンです。"), "numbers") == [("warning", "340億")]


@pytest.mark.parametrize(
    ("overview", "wrong"),
    [
        ("340億パラメータのモデルです。", []),
        ("34億パラメータのモデルです。", ["34億"]),
        ("精度は42.5%です。", []),
        ("精度は43.5%です。", ["43.5%"]),
        ("2.4倍の速さです。", []),
        ("2.7倍の速さです。", ["2.7倍"]),
        ("3本の論文が2023年からの流れを継ぎます。", []),
        ("今週は1から3位が言語モデルです。", []),
        ("一つの論文は5.5兆トークンで学びます。", ["5.5兆"]),
    ],
)
def test_figures_of_an_overview_are_in_some_paper_or_doubted(overview: str, wrong: list[str]) -> None:
    week = make_week(*listed_papers(), overview=overview)
    assert found_in(week, "numbers") == [("warning", words) for words in wrong]


def test_a_figure_of_a_papers_summary_is_known() -> None:
    week = make_week(make_paper(summary="5.5兆トークンで学びます。"), overview="5.5兆トークンで学びます。")
    assert found_in(week, "numbers") == []


def test_a_papers_name_in_other_letters_or_another_case_is_found() -> None:
    title = "Thought Cloning: Learning to Think while Acting"
    week = make_week(make_paper(title=title), *listed_papers(1), overview="LayerskipとソートクローンはAIです。")
    assert [words for _severity, words in found_in(week, "names")] == ["Layerskip", "ソートクローン"]


def test_no_finding_of_a_week_blocks_it_for_figures_and_renderings() -> None:
    forbid("褒美モデル", "reward model")
    week = make_week(*listed_papers(), overview="褒美モデルを9.9兆トークンで学びます。")
    assert not Finding.objects.errors().filter(page=week).exists()
    assert Finding.objects.filter(page=week, severity=Severity.WARNING.value).count() == 2


def queries_for(count: int) -> int:
    papers = [make_paper(live=True) for _ in range(count)]
    made = make_week(*papers, live=True, slug=f"w{count}", overview=CLEAN)
    week = WeekPage.objects.select_related("locale").get(pk=made.pk)
    with CaptureQueriesContext(connection) as captured:
        assert len(week.subject().listed) == count
    return len(captured)


def test_three_papers_and_ten_take_the_same_queries() -> None:
    assert (queries_for(3), queries_for(10)) == (3, 3)
