"""Q&A replies that are not as they should be: one repair, then an honest gap."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from papers.drafting.base import NOT_IN_PAPER, Context, QADraft
from papers.drafting.calls import CUT_OFF, LEFT_OUT, REFUSED, UNREADABLE
from papers.drafting.draft import ModelDrafter
from papers.drafting.questions import QUESTIONS, Question
from papers.errors import InvalidReply
from papers.paper import Paper
from tests.papers.drafting.replies import asked, every, without
from tests.servers.llm import ModelServer, completion, tokens

ONE = (Question("result", {"en": "What accuracy is achieved on HumanEval?", "ja": "精度は？"}),)


def test_only_the_missing_items_and_their_pages_are_asked_again(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(without(9))
    draft = drafter.qa(paper, context)
    assert all(item.answer for item in draft.items)
    questions = asked(server, 1).rpartition("Questions:\n")[2]
    assert questions.startswith("9: ")
    assert "\n10: " not in questions
    assert 'n="3"' in asked(server, 1)
    assert tokens(asked(server, 1)) < tokens(asked(server, 0))


def test_an_item_missing_twice_says_so_and_the_others_stay(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(without(3, 4), without(3))
    items = drafter.qa(paper, context).items
    assert [item.problem for item in items if item.failed] == [LEFT_OUT]
    assert (items[2].answer, items[2].question) == ("", QUESTIONS[2].text["ja"])
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"answer": ""},
        {"answer": "<p> </p>"},
        {"answer": None},
        {"evidence": "none"},
        {"evidence": [{"quote": "q"}]},
        {"number": 77},
        {"not_in_paper": "perhaps"},
    ],
)
def test_a_malformed_item_is_repaired(
    bad: dict[str, object], drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(lambda said: json.dumps({"items": [*said["items"][1:], said["items"][0] | bad]}))
    assert all(item.answer for item in drafter.qa(paper, context).items)
    assert len(server.seen) == 2


def test_of_a_cut_off_reply_the_whole_items_stay(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(lambda said: completion(json.dumps(said)[:-200], finish="length"))
    assert all(item.answer for item in drafter.qa(paper, context).items)
    assert CUT_OFF in asked(server, 1)
    assert "\n1: " not in asked(server, 1).rpartition("Questions:")[2]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (completion("{", finish="length"), CUT_OFF),
        (completion(None, refusal="I will not."), REFUSED),
        (completion("<html>Sorry</html>"), UNREADABLE),
        (completion('{"items": []}'), LEFT_OUT),
        (completion('{"answers": {}}'), LEFT_OUT),
    ],
)
def test_two_unusable_replies_are_an_error(
    bad: Any, reason: str, drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.script(bad, bad)
    with pytest.raises(InvalidReply, match=reason.removesuffix(".")):
        drafter.qa(paper, context)
    assert asked(server, 1).startswith(asked(server, 0))


@pytest.mark.parametrize(
    "wrapped", ["```json\n%s\n```", "<think>Let me see {1}.</think>\n%s", "Here:\n%s\nDone.", "\ufeff%s"]
)
def test_a_wrapped_reply_needs_no_repair(
    wrapped: str, drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(lambda said: wrapped % json.dumps(said))
    assert all(item.answer for item in drafter.qa(paper, context).items)
    assert len(server.seen) == 1


def test_raw_control_characters_do_no_harm(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.script(
        completion('{"items": [{"number": 1, "evidence": [], "not_in_paper": false, "answer": "一\n二\x00\x07"}]}')
    )
    assert drafter.qa(paper, replace(context, questions=ONE)).items[0].answer == "一\n二"


def test_html_in_an_answer_becomes_text(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(every(answer="<script>alert(1)</script><p>a < b を<think>で示します（p.2）。</p>"))
    assert drafter.qa(paper, replace(context, questions=ONE)).items[0].answer == "a < b を<think>で示します。"


def test_what_the_paper_does_not_say_stays_empty_and_is_no_failure(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(every(not_in_paper=True, answer="知りません。"))
    item = drafter.qa(paper, replace(context, questions=ONE)).items[0]
    assert item == QADraft("result", "精度は？", question_original=ONE[0].text["en"], problem=NOT_IN_PAPER)
    assert not item.failed
    assert len(server.seen) == 1
