"""The stand-in itself: it speaks the wire format, counts tokens, and fails the test on what was left over."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import requests

from tests.servers.llm import ModelServer, completion, failure, reply_to, tokens

QA = '<page n="4">\nThis is a sentence of more than eight words here. Short one.\n</page>\nQuestions:\n1: Why?\n2: How?'


def post(server: ModelServer, prompt: str = QA, **fields: Any) -> requests.Response:
    body = {"model": "any", "messages": [{"role": "user", "content": prompt}]} | fields
    return requests.post(f"{server.base_url}/chat/completions", json=body, timeout=60)


def test_it_lists_its_model() -> None:
    with ModelServer() as server:
        assert requests.get(f"{server.base_url}/models", timeout=60).json()["data"][0]["id"] == "stand-in"
        assert requests.get(f"{server.url}/elsewhere", timeout=60).status_code == 404


def test_it_quotes_real_sentences_of_the_prompt() -> None:
    items = reply_to(QA)["items"]
    assert [item["number"] for item in items] == [1, 2]
    assert items[0]["evidence"] == [{"quote": "This is a sentence of more than eight words here.", "page": 4}]


def test_it_reports_usage_and_what_was_cached() -> None:
    long = "word " * 2_000
    with ModelServer() as server:
        first, second = (post(server, long + end).json()["usage"] for end in ("one", "two"))
    assert first["prompt_tokens"] == tokens(long + "one")
    assert (first["prompt_tokens_details"]["cached_tokens"], second["prompt_tokens_details"]["cached_tokens"]) == (
        0,
        2439,
    )


def test_it_can_keep_silent_about_usage() -> None:
    with ModelServer(reports_usage=False) as server:
        assert "usage" not in post(server).json()


@pytest.mark.parametrize(("lacks", "status"), [("json_object", 500), ("max_tokens", 400)])
def test_it_refuses_what_it_lacks(lacks: str, status: int) -> None:
    with ModelServer(lacks={lacks}) as server:
        answer = post(server, max_tokens=5, response_format={"type": "json_object"})
    assert answer.status_code == status
    assert "error" in answer.json()


def test_a_twist_alters_one_reply_only() -> None:
    with ModelServer().twist(lambda said: completion(None, refusal="no")) as server:
        refusals = [post(server).json()["choices"][0]["message"]["refusal"] for _ in range(2)]
    assert refusals == ["no", None]


def test_a_twist_that_is_left_over_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="unused twist"), ModelServer().twist(str):
        pass


def test_a_scripted_failure_comes_first() -> None:
    with ModelServer().script(failure(429, "slow", headers={"Retry-After": "1"})) as server:
        assert [post(server).status_code for _ in range(2)] == [429, 200]


def test_it_runs_as_a_script() -> None:
    command = [sys.executable, "-m", "tests.servers.llm", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().removeprefix("OPENAI_BASE_URL=")
        assert requests.get(f"{address}/models", timeout=60).ok
        process.terminate()
