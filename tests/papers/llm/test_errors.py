"""What goes wrong between us and a model server, in our own terms."""

from __future__ import annotations

import threading

import pytest

from papers.errors import LLMRejected, LLMStopped, LLMUnavailable, SettingsError
from papers.llm.base import Finish
from papers.llm.openai import OpenAILLM
from tests.papers.llm.client import REQUEST, Pauses, client, error_of
from tests.servers.base import Answer
from tests.servers.llm import ModelServer, failure


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "invalid_api_key"),
        (403, None),
        (402, None),
        (404, "model_not_found"),
        (404, None),
        (429, "insufficient_quota"),
        (400, "invalid_api_key"),
        (400, "model_not_found"),
    ],
)
def test_what_would_fail_every_call_stops_all_work(server: ModelServer, status: int, code: str | None) -> None:
    server.script(failure(status, "no", code=code))
    assert isinstance(error_of(server), LLMStopped)
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [400, 405, 413, 422])
def test_other_refusals_are_final_for_this_request(server: ModelServer, status: int) -> None:
    server.script(failure(status, "This model's maximum context length is 8192 tokens."))
    error = error_of(server)
    assert isinstance(error, LLMRejected)
    assert not error.retryable
    assert "8192" in str(error)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
def test_it_tries_again_where_that_can_help(server: ModelServer, status: int) -> None:
    pauses = Pauses()
    server.script(failure(status, "busy"), failure(status, "busy"))
    assert client(server, sleep=pauses).complete(REQUEST).finish is Finish.STOP
    assert len(pauses) == 2
    assert pauses[0] < pauses[1]


def test_it_gives_up_after_so_many_retries(server: ModelServer) -> None:
    server.script(*[failure(503, "busy")] * 3)
    error = error_of(server)
    assert isinstance(error, LLMUnavailable)
    assert error.retryable


def test_it_waits_as_long_as_the_server_asks(server: ModelServer) -> None:
    pauses = Pauses()
    server.script(failure(429, "slow down", headers={"Retry-After": "7"}))
    client(server, sleep=pauses).complete(REQUEST)
    assert pauses == [7.0]


def test_a_long_pause_is_handed_on_instead_of_sat_out(server: ModelServer) -> None:
    pauses = Pauses()
    server.script(failure(429, "slow down", headers={"Retry-After": "600"}))
    error = error_of(server, sleep=pauses)
    assert error.retry_after == 600
    assert pauses == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>Welcome</html>", content_type="text/html"),
        Answer(b"{not json", content_type="application/json"),
        Answer.json({"error": {"message": "upstream is down", "code": 502}}),
        Answer(b'{"id": "1"}', content_type="application/json", cut=4),
    ],
)
def test_an_answer_that_is_no_completion_is_tried_again(server: ModelServer, answer: Answer) -> None:
    server.script(answer, answer)
    assert client(server).complete(REQUEST).finish is Finish.STOP
    server.script(answer, answer, answer)
    assert isinstance(error_of(server), LLMUnavailable)


def test_a_hanging_server_is_unavailable(server: ModelServer) -> None:
    server.script(Answer(hang=True))
    error = error_of(server, timeout=0.2, max_retries=0)
    assert isinstance(error, LLMUnavailable)
    assert "in time" in str(error)


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with ModelServer() as gone:
        pass
    pauses = Pauses()
    assert isinstance(error_of(gone, sleep=pauses), LLMUnavailable)
    assert len(pauses) == 2


@pytest.mark.parametrize("url", ["localhost:11434", "ftp://models.example/v1", "http://", "http://[", "http://h:99999"])
def test_an_address_that_is_none_is_a_setting_to_mend(url: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        OpenAILLM("any", base_url=url)


def test_a_key_that_the_server_echoes_does_not_reach_the_message(server: ModelServer) -> None:
    server.script(failure(401, "Incorrect API key provided: sk-secret."))
    assert "sk-secret" not in str(error_of(server, api_key="sk-secret"))


def test_a_long_reason_is_cut(server: ModelServer) -> None:
    server.script(failure(400, "no " * 1000))
    assert len(str(error_of(server))) < 400


def test_threads_can_share_one_client(server: ModelServer) -> None:
    llm = client(server)
    threads = [threading.Thread(target=llm.complete, args=(REQUEST,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.seen) == 8
