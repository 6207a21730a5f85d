"""The forms of replies: strict for the server, lenient for us."""

from __future__ import annotations

from typing import Any

import pytest

from papers.drafting.prompts import SCOPES
from papers.drafting.schema import Answer, Part, QAReply, Sentence, json_schema, part, parts, read_object, string


def objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *schema.get("$defs", {}).values()]


@pytest.mark.parametrize("model", SCOPES.values())
def test_every_schema_is_strict(model: type[Part]) -> None:
    for schema in objects(json_schema(model)):
        assert schema["additionalProperties"] is False
        assert schema["required"] == list(schema["properties"])


@pytest.mark.parametrize("model", SCOPES.values())
def test_no_schema_spends_tokens_on_titles(model: type[Part]) -> None:
    for schema in objects(json_schema(model)):
        assert "title" not in schema
        assert all("title" not in field for field in schema["properties"].values())


def test_evidence_comes_before_the_answer() -> None:
    fields = list(json_schema(QAReply)["$defs"]["Answer"]["properties"])
    assert fields == ["number", "evidence", "not_in_paper", "answer"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('\n```json\n{"a": 1}\n```\n', {"a": 1}),
        ('```\n{"a": 1}```', {"a": 1}),
        ('<think>Is {it} so?</think>\n{"a": 1}', {"a": 1}),
        ('<think>Hm.</think>```json\n{"a": 1}\n```', {"a": 1}),
        ('Here it is: {"a": 1} I hope that helps.', {"a": 1}),
        ('{"a": "one\ntwo\x01"}', {"a": "one\ntwo\x01"}),
        ('{"a": "<think>x</think>"}', {"a": "<think>x</think>"}),
        ('{"a": "```"}', {"a": "```"}),
        ("{}", {}),
    ],
)
def test_it_finds_the_object(text: str, value: object) -> None:
    assert read_object(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"items": [{"a": 1}, {"b": "cut', {"items": [{"a": 1}, {}]}),
        ('```json\n{"items": [{"a": "x\ny"}, {"b', {"items": [{"a": "x y"}, {}]}),
    ],
)
def test_of_a_cut_off_reply_it_keeps_what_was_closed(text: str, value: object) -> None:
    assert read_object(text) == value


@pytest.mark.parametrize(
    "text", ["", "I cannot do that.", "[1, 2]", '"text"', "null", '{"a": nonsense}', "[" * 100_000]
)
def test_without_an_object_there_is_none(text: str) -> None:
    assert read_object(text) is None


GOOD = {"number": 1, "evidence": [], "not_in_paper": False, "answer": "x"}


@pytest.mark.parametrize(
    "bad", [{"number": 2}, "text", None, GOOD | {"evidence": [{"quote": "q"}]}, GOOD | {"number": "one"}]
)
def test_one_bad_item_costs_one_item(bad: object) -> None:
    assert parts([bad, GOOD], Answer) == [Answer(**GOOD)]


def test_what_a_weaker_server_adds_is_passed_over() -> None:
    assert part({"number": "3", "text": "x", "mood": "glad"}, Sentence) == Sentence(number=3, text="x")


@pytest.mark.parametrize("value", [None, {}, "text", 3])
def test_what_is_no_list_has_no_parts(value: object) -> None:
    assert parts(value, Sentence) == []
    assert string(value) in {"", "text"}
