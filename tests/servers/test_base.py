from __future__ import annotations

import pytest
import requests

from tests.servers.base import Answer, Server


def test_it_gives_the_scripted_answers_in_order_and_records_the_requests() -> None:
    with Server() as server:
        server.script(Answer(b"one", status=429, headers={"Retry-After": "1"}), Answer.json({"two": 2}))
        first, second = requests.get(server.url + "/a?x=1"), requests.post(server.url + "/b", json=[3])
    assert (first.status_code, first.headers["Retry-After"], second.json()) == (429, "1", {"two": 2})
    assert [(seen.method, seen.path) for seen in server.seen] == [("GET", "/a"), ("POST", "/b")]
    assert (server.seen[0].query, server.seen[1].json) == ({"x": "1"}, [3])


def test_a_script_line_can_wait_for_its_own_request() -> None:
    with Server() as server:
        server.script(Answer(b"pdf"), when=lambda seen: seen.path == "/pdf").script(Answer(b"any"))
        assert requests.get(server.url + "/other").content == b"any"
        assert requests.get(server.url + "/pdf").content == b"pdf"


def test_an_unused_script_line_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="unused script line"), Server() as server:
        server.script(Answer(b"never asked for"))


def test_a_request_without_a_script_line_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="nothing scripted for GET /"), Server() as server:
        requests.get(server.url)


def test_a_cut_answer_promises_more_than_it_sends() -> None:
    with Server() as server:
        server.script(Answer(b"0123456789", cut=4))
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            requests.get(server.url)


def test_a_hanging_answer_never_comes() -> None:
    with Server() as server:
        server.script(Answer(hang=True))
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(server.url, timeout=0.1)


def test_pieces_come_one_by_one() -> None:
    with Server() as server:
        server.script(Answer([b"a", b"b", b"c"], pause=0.01))
        assert requests.get(server.url).content == b"abc"
