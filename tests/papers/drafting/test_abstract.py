"""The small call: alignment by our own numbers, one repair, honest gaps."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from papers.drafting.base import AbstractDraft, Context
from papers.drafting.calls import CUT_OFF, EMPTY, LEFT_OUT, REFUSED, UNREADABLE
from papers.drafting.draft import ModelDrafter
from papers.errors import InvalidReply, LLMStopped, LLMUnavailable, NothingToDraft
from papers.paper import Paper
from tests.papers.drafting.conftest import Heard
from tests.papers.drafting.replies import asked, changed
from tests.servers.base import Answer
from tests.servers.llm import ModelServer, Said, completion, failure


def without_sentence(number: int) -> Callable[[Said], str]:
    return lambda said: json.dumps(said | {"sentences": [s for s in said["sentences"] if s["number"] != number]})


def test_one_call_drafts_all_texts(drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context) -> None:
    draft = drafter.abstract(paper, context)
    assert draft.abstract.count("の訳です。") == 3
    assert draft.title
    assert draft.summary
    assert draft.tags == ("評価",)
    assert draft.problems == {}
    assert len(server.seen) == 1


def test_the_model_sees_numbered_sentences_and_no_pages(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    drafter.abstract(paper, context)
    assert "\n2: We filter 34 billion tokens, e.g. by provenance.\n" in asked(server, 0)
    assert "Wanted: sentences 1, 2, 3, title, summary, tags." in asked(server, 0)
    assert "<page" not in asked(server, 0)


def test_it_is_told_of_tags_terms_and_numbers(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    drafter.abstract(paper, context)
    assert "Existing tags: HumanEval, 評価, データ" in asked(server, 0)
    assert "34 billion ⇒ 340億" in asked(server, 0)
    assert "拡散" not in asked(server, 0)


def test_a_sentence_that_was_left_out_is_asked_for_alone(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(without_sentence(2))
    draft = drafter.abstract(paper, context)
    assert draft.abstract.count("の訳です。") == 3
    assert "Wanted: sentences 2." in asked(server, 1)
    assert "1: Training" not in asked(server, 1)


def test_a_sentence_left_out_twice_leaves_the_abstract_empty(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(without_sentence(2), without_sentence(2))
    draft = drafter.abstract(paper, context)
    assert (draft.abstract, draft.problems) == ("", {"abstract": LEFT_OUT})
    assert draft.title
    assert len(server.seen) == 2


def test_sentences_under_made_up_numbers_are_not_used(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(lambda said: json.dumps(said | {"sentences": [*said["sentences"], {"number": 9, "text": "余計。"}]}))
    assert "余計" not in drafter.abstract(paper, context).abstract
    assert len(server.seen) == 1


@pytest.mark.parametrize("field", ["title", "summary"])
@pytest.mark.parametrize("bad", ["", "  ", "<b></b>", None, 3])
def test_an_empty_field_is_repaired_or_says_why(
    field: str, bad: object, drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(changed(**{field: bad}), changed(**{field: bad}))
    draft = drafter.abstract(paper, context)
    assert draft.problems == {field: LEFT_OUT}
    assert draft.abstract


BAD_REPLIES = [
    (completion("", finish="length"), CUT_OFF),
    (completion('{"sentences": [{"number": 1', finish="length"), CUT_OFF),
    (completion(None, refusal="No."), REFUSED),
    (completion(""), EMPTY),
    (completion("Sure, here is the translation."), UNREADABLE),
    (completion('{"sentences": "none"}'), LEFT_OUT),
    (completion("{}"), LEFT_OUT),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_REPLIES)
def test_an_unusable_reply_is_repaired_once(
    bad: Answer, reason: str, drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.script(bad)
    assert drafter.abstract(paper, context).problems == {}
    assert len(server.seen) == 2
    assert f"An earlier reply was not usable: {reason}" in asked(server, 1)


@pytest.mark.parametrize(("bad", "reason"), BAD_REPLIES)
def test_two_unusable_replies_are_an_error(
    bad: Answer, reason: str, drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.script(bad, bad)
    with pytest.raises(InvalidReply, match=reason.removesuffix(".")):
        drafter.abstract(paper, context)
    assert len(server.seen) == 2


def test_what_was_whole_in_a_cut_off_reply_is_kept(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.script(completion('{"sentences": [{"number": 1, "text": "一番。"}, {"number": 2, "te', finish="length"))
    assert drafter.abstract(paper, context).abstract.startswith("一番。")
    assert "Wanted: sentences 2, 3, title, summary, tags." in asked(server, 1)


def test_the_judge_hears_of_every_reply(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context, heard: Heard
) -> None:
    server.script(completion("no"))
    drafter.abstract(paper, context)
    assert [(reply.text == "no", usable) for _, reply, usable in heard] == [(True, False), (False, True)]
    assert heard[0][0].fingerprint("any") != heard[1][0].fingerprint("any")


def test_the_same_input_makes_the_same_request(
    drafter: ModelDrafter, paper: Paper, context: Context, heard: Heard
) -> None:
    drafter.abstract(paper, context)
    drafter.abstract(paper, context)
    assert heard[0][0].fingerprint("any") == heard[1][0].fingerprint("any")


def test_a_failing_repair_keeps_what_the_first_call_gave(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(without_sentence(1))
    server.script(failure(503, "down"), when=lambda seen: b"An earlier reply" in seen.body)
    draft = drafter.abstract(paper, context)
    assert draft.title
    assert "down" in draft.problems["abstract"]


def test_a_repair_that_stops_all_work_stops_this_too(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.twist(without_sentence(1))
    server.script(failure(429, "no money", code="insufficient_quota"), when=lambda seen: b"An earlier" in seen.body)
    with pytest.raises(LLMStopped):
        drafter.abstract(paper, context)


def test_an_unusable_reply_and_a_dead_server_are_that_servers_error(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    server.script(completion("no"), failure(503, "down"))
    with pytest.raises(LLMUnavailable):
        drafter.abstract(paper, context)


def drafted(drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context, **fields: Any) -> AbstractDraft:
    server.twist(changed(**fields))
    return drafter.abstract(paper, context)


def test_texts_come_without_markup(drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context) -> None:
    draft = drafted(
        drafter, server, paper, context, title="<b>題名</b>\n\x00", summary="<script>x</script>要約<img src=x>。"
    )
    assert (draft.title, draft.summary) == ("題名", "要約。")


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        (["humaneval", "HumanEval", "新語"], ("HumanEval", "新語")),
        (["<i>評価</i>", "", "x" * 51, 3, None], ("評価",)),
        (list("abcdefgh"), tuple("abcde")),
        ("評価", ()),
    ],
)
def test_tags_are_few_and_in_the_sites_spelling(
    said: object, tags: tuple[str, ...], drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    assert drafted(drafter, server, paper, context, tags=said).tags == tags


def test_many_tags_of_a_site_are_offered_only_in_part(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    drafter.abstract(paper, replace(context, tags=(*(f"t{n}" for n in range(500)), "HumanEval")))
    assert "Existing tags: HumanEval, t0, t1" in asked(server, 0)
    assert "t29" not in asked(server, 0)


def test_a_paper_in_the_readers_language_is_not_translated(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    draft = drafter.abstract(paper, replace(context, language="en-GB"))
    assert (draft.title, draft.abstract, draft.problems) == (paper.title, paper.abstract, {})
    assert "Wanted: summary, tags." in asked(server, 0)


def test_names_that_a_list_lower_cased_are_restored_before_translation(
    drafter: ModelDrafter, server: ModelServer, context: Context
) -> None:
    drafter.abstract(Paper("RAT: Retrieval Augmented Thoughts", "rat synergizes rag with thoughts."), context)
    assert "1: RAT synergizes rag with thoughts." in asked(server, 0)


def test_without_an_abstract_no_call_is_made(
    drafter: ModelDrafter, server: ModelServer, paper: Paper, context: Context
) -> None:
    with pytest.raises(NothingToDraft):
        drafter.abstract(replace(paper, abstract=" "), context)
    assert server.seen == []
