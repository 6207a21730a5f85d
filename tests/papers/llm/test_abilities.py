"""How a request is put for servers of different ability."""

from __future__ import annotations

import pytest

from papers.llm.abilities import OPENAI_ABILITIES, Abilities, Form, parameters
from papers.llm.base import Message, Request

REQUEST = Request((Message("user", "Hello"),), "abstract", {"type": "object"}, max_tokens=7_000, cache_key="k")


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        ("Unknown parameter: prompt_cache_key", Abilities(cache_key=False)),
        ("'max_tokens' is not supported", Abilities(length_names=("max_completion_tokens",))),
        ("response_format", Abilities(Form.OBJECT_WITH_SCHEMA)),
        ("grammar for json_schema failed", Abilities(Form.OBJECT_WITH_SCHEMA)),
        ("the prompt is too long", None),
    ],
)
def test_a_refusal_takes_away_what_it_names(refused: str, left: Abilities | None) -> None:
    assert Abilities().without(refused) == left


def test_below_plain_text_there_is_nothing_to_take_away() -> None:
    assert Abilities(Form.TEXT).without("response_format") is None


def test_room_for_reasoning_stays_below_what_small_models_accept() -> None:
    assert parameters(REQUEST, OPENAI_ABILITIES)["max_completion_tokens"] == 15_000
    large = Request(REQUEST.messages, "qa", {}, max_tokens=20_000)
    assert parameters(large, OPENAI_ABILITIES)["max_completion_tokens"] == 20_000


def test_a_request_without_a_cache_key_sends_none() -> None:
    request = Request(REQUEST.messages, "qa", {}, max_tokens=10)
    assert "prompt_cache_key" not in parameters(request, Abilities())


def test_the_request_itself_is_never_changed() -> None:
    parameters(REQUEST, Abilities(Form.TEXT))
    assert REQUEST.messages[0].content == "Hello"
