"""A form is sent by who opened it, not a moment ago, once."""

from __future__ import annotations

import pytest

from tests.weekly.hearing.away import cache_away
from weekly.hearing.tokens import MAX_AGE, MIN_AGE, TokenProblem, check, is_genuine, issue, renewed, spend


def problem(token: str, kind: str = "comment", page_id: int = 1) -> str:
    with pytest.raises(TokenProblem) as caught:
        check(token, kind, page_id)
    assert caught.value.message
    return caught.value.code


def test_a_token_can_be_used_after_a_moment_and_for_a_day() -> None:
    for age in (MIN_AGE, 60, MAX_AGE - 60):
        check(issue("comment", 1, age), "comment", 1)


def test_a_form_sent_at_once_is_too_quick() -> None:
    assert problem(issue("comment", 1)) == "early"


def test_a_form_of_yesterday_is_too_old() -> None:
    assert problem(issue("comment", 1, MAX_AGE + 1)) == "expired"


def test_a_token_is_used_once() -> None:
    token = issue("comment", 1, 10)
    spend(token)
    assert problem(token) == "replayed"


def test_of_two_that_use_a_token_at_one_moment_one_is_told_so() -> None:
    token = issue("comment", 1, 10)
    spend(token)
    with pytest.raises(TokenProblem, match="replayed"):
        spend(token)


def test_a_form_without_a_token_is_not_complete() -> None:
    assert problem("") == "missing"


def test_a_token_is_good_for_its_form_and_its_page_alone() -> None:
    assert problem(issue("report", 1, 10)) == "forged"
    assert problem(issue("comment", 2, 10)) == "forged"


FORGED = ["x", "x:y", ":", "\x00", "é:é", "\ud800:x", "W10:x", "a" * 100_000, issue("comment", 1, 10) + "x"]


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_token_is_told_so(token: str) -> None:
    assert problem(token) == "forged"


def test_where_the_cache_is_away_tokens_still_have_an_age() -> None:
    with cache_away():
        spend(token := issue("comment", 1, 10))
        check(token, "comment", 1)
        assert problem(issue("comment", 1)) == "early"


def test_a_refused_form_keeps_its_token_as_long_as_it_can_be_used() -> None:
    for age in (0, 10):
        token = issue("comment", 1, age)
        assert renewed(token, "comment", 1) == token


def test_who_had_a_form_open_too_long_can_send_it_again_at_once() -> None:
    check(renewed(issue("comment", 1, MAX_AGE + 1), "comment", 1), "comment", 1)


@pytest.mark.parametrize("token", ["", "forged"])
def test_who_never_had_the_form_has_to_wait_for_the_new_one(token: str) -> None:
    assert problem(renewed(token, "comment", 1)) == "early"


def test_a_token_that_was_used_is_replaced() -> None:
    spend(token := issue("comment", 1, 10))
    assert renewed(token, "comment", 1) != token


def test_a_form_was_given_to_somebody_however_long_ago() -> None:
    assert is_genuine(issue("comment", 1, 10 * MAX_AGE), "comment", 1)
    assert not is_genuine(issue("comment", 1), "report", 1)
    assert not is_genuine("", "comment", 1)
