"""The OpenAI port against a real local server: the ladder, every class of error, and what a reply may look like."""

from __future__ import annotations

from typing import Any

import pytest

from papers.errors import LLMRejected
from papers.llm.abilities import Abilities, Form
from papers.llm.base import Finish, Usage
from tests.papers.llm.client import REQUEST, Pauses, bodies, client, error_of
from tests.servers.base import Answer
from tests.servers.llm import ModelServer, completion, failure

# The ladder


def test_it_asks_for_a_strict_schema_first(server: ModelServer) -> None:
    client(server).complete(REQUEST)
    form = bodies(server)[0]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"] == {"name": "qa", "schema": REQUEST.schema, "strict": True}


@pytest.mark.parametrize(
    ("lacks", "form"),
    [
        ({"json_schema"}, {"type": "json_object", "schema": REQUEST.schema}),
        ({"json_schema", "object_schema"}, {"type": "json_object"}),
        ({"json_schema", "object_schema", "json_object"}, None),
    ],
)
def test_it_steps_down_to_what_the_server_can_do(lacks: set[str], form: object) -> None:
    with ModelServer(lacks=lacks) as server:
        reply = client(server).complete(REQUEST)
        assert reply.finish is Finish.STOP
        assert bodies(server)[-1].get("response_format") == form
        assert len(server.seen) == 1 + len(lacks)


def test_below_strict_schemas_the_schema_is_told_in_words_too() -> None:
    with ModelServer(lacks={"json_schema"}) as server:
        client(server).complete(REQUEST)
        assert '"items"' in bodies(server)[1]["messages"][-1]["content"]
        assert bodies(server)[1]["messages"][0] == {"role": "system", "content": "Be brief."}


def test_it_remembers_what_a_server_can_do() -> None:
    memory: dict[tuple[str, str], Abilities] = {}
    with ModelServer(lacks={"json_schema", "object_schema"}) as server:
        client(server, memory=memory).complete(REQUEST)
        client(server, memory=memory).complete(REQUEST)
        assert len(server.seen) == 4
        assert memory[server.base_url, "any"].form is Form.OBJECT


def test_it_can_be_told_beforehand_what_a_server_can_do(server: ModelServer) -> None:
    client(server, memory={(server.base_url, "any"): Abilities(Form.TEXT)}).complete(REQUEST)
    assert "response_format" not in bodies(server)[0]


def test_without_a_memory_of_its_own_it_shares_one_with_the_process() -> None:
    with ModelServer(lacks={"json_schema"}) as server:
        client(server, memory=None).complete(REQUEST)
        client(server, memory=None).complete(REQUEST)
        assert len(server.seen) == 3


@pytest.mark.parametrize("status", [400, 422, 500])
def test_a_refusal_that_names_the_form_is_a_missing_ability(server: ModelServer, status: int) -> None:
    pauses = Pauses()
    server.script(failure(status, "response_format.type must be one of text, json_object"))
    client(server, sleep=pauses).complete(REQUEST)
    assert bodies(server)[1]["response_format"]["type"] == "json_object"
    assert pauses == []


def test_a_named_parameter_counts_more_than_the_words_of_the_message(server: ModelServer) -> None:
    server.script(failure(400, "response_format and all that: too many messages", param="messages"))
    assert isinstance(error_of(server), LLMRejected)
    assert len(server.seen) == 1


def test_nothing_is_remembered_of_a_request_that_failed_in_the_end(server: ModelServer) -> None:
    memory: dict[tuple[str, str], Abilities] = {}
    server.script(failure(400, "bad json_schema"), failure(400, "the text is too long"))
    error_of(server, memory=memory)
    assert memory == {}


def test_an_empty_object_is_asked_for_again_in_words() -> None:
    with ModelServer(lacks={"json_schema", "object_schema"}) as server:
        usage = {"prompt_tokens": 10, "completion_tokens": 2, "total_tokens": 12}
        server.twist(lambda said: completion("{}", usage=usage))
        reply = client(server).complete(REQUEST)
        assert reply.usage.calls == 2
        assert reply.usage.prompt > 10
        assert "response_format" not in bodies(server)[-1]


# Parameters


@pytest.mark.parametrize(("refused", "used"), [("max_tokens", "max_completion_tokens"), ("none", "max_tokens")])
def test_the_bound_on_length_goes_by_the_name_that_the_server_knows(refused: str, used: str) -> None:
    with ModelServer(lacks={refused}) as server:
        client(server).complete(REQUEST)
        assert used in bodies(server)[-1]
        assert {"max_tokens", "max_completion_tokens"} & bodies(server)[-1].keys() == {used}


def test_a_reasoning_model_gets_room_to_think() -> None:
    with ModelServer(lacks={"max_tokens"}) as server:
        client(server).complete(REQUEST)
        assert bodies(server)[0]["max_tokens"] == 500
        assert bodies(server)[1]["max_completion_tokens"] == 8_500


def test_a_server_that_refuses_both_names_rejects_the_request() -> None:
    with ModelServer(lacks={"max_tokens", "max_completion_tokens"}) as server:
        assert isinstance(error_of(server), LLMRejected)
        assert len(server.seen) == 2


def test_the_cache_key_is_dropped_once_and_for_all_where_it_is_refused() -> None:
    memory: dict[tuple[str, str], Abilities] = {}
    with ModelServer(lacks={"prompt_cache_key"}) as server:
        client(server, memory=memory).complete(REQUEST)
        client(server, memory=memory).complete(REQUEST)
        assert ["prompt_cache_key" in body for body in bodies(server)] == [True, False, False]


def test_it_sends_no_temperature(server: ModelServer) -> None:
    client(server).complete(REQUEST)
    assert bodies(server)[0].keys() == {"model", "messages", "response_format", "max_tokens", "prompt_cache_key"}


@pytest.mark.parametrize(("key", "header"), [("", "Bearer none"), ("sk-1", "Bearer sk-1")])
def test_a_server_without_keys_gets_a_dummy(server: ModelServer, key: str, header: str) -> None:
    client(server, api_key=key).complete(REQUEST)
    assert server.seen[0].headers["authorization"] == header


# Replies


def test_it_hands_on_text_model_and_usage(server: ModelServer) -> None:
    details = {"prompt_tokens": 2000, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 1024}}
    server.script(completion("{}", usage=details | {"total_tokens": 2007}))
    reply = client(server).complete(REQUEST)
    assert (reply.text, reply.model, reply.finish) == ("{}", "stand-in", Finish.STOP)
    assert reply.usage == Usage(prompt=2000, cached=1024, completion=7, calls=1)


@pytest.mark.parametrize(
    ("answer", "finish"),
    [
        (completion("{", finish="length"), Finish.LENGTH),
        (completion(None, finish="length"), Finish.LENGTH),
        (completion(None, refusal="I cannot help with that."), Finish.REFUSED),
        (completion("", finish="content_filter"), Finish.REFUSED),
        (completion(None), Finish.EMPTY),
        (completion(" \n"), Finish.EMPTY),
        (
            Answer.json({"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": []}),
            Finish.EMPTY,
        ),
        (failure(400, "filtered", code="content_filter"), Finish.REFUSED),
    ],
)
def test_it_tells_why_the_model_stopped(server: ModelServer, answer: Answer, finish: Finish) -> None:
    server.script(answer)
    reply = client(server).complete(REQUEST)
    assert reply.finish is finish
    assert reply.usage.calls == 1


def test_a_cut_off_reply_keeps_its_usage(server: ModelServer) -> None:
    usage = {"prompt_tokens": 5, "completion_tokens": 500, "total_tokens": 505}
    server.script(completion('{"items": [', finish="length", usage=usage))
    reply = client(server).complete(REQUEST)
    assert reply.text == '{"items": ['
    assert reply.usage.completion == 500


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": None, "completion_tokens": None, "total_tokens": None}])
def test_a_server_that_reports_no_usage_still_counts_as_a_call(server: ModelServer, usage: dict[str, Any]) -> None:
    server.script(completion("{}", usage=usage))
    assert client(server).complete(REQUEST).usage == Usage(calls=1)
