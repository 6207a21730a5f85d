"""Who speaks is told from the address, and from a cookie that nobody can forge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from weekly.hearing.speaker import COOKIE, Speaker, new_writer, read_writer, remember, signed_writer, speaker_of


def speaker(forwarded: str = "", cookie: str = "", address: str = "192.0.2.1") -> Speaker:
    factory = RequestFactory()
    factory.cookies[COOKIE] = cookie
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return speaker_of(factory.get("/", headers=headers, REMOTE_ADDR=address))


def test_a_reader_who_never_posted_has_an_address_and_no_key() -> None:
    assert speaker() == Speaker("192.0.2.1", "")


def test_without_proxies_nobody_is_believed_about_their_address() -> None:
    assert speaker("203.0.113.9").address == "192.0.2.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_behind_proxies_the_entry_of_the_outermost_one_counts(
    digest: Callable[..., None], proxies: int, forwarded: str, address: str
) -> None:
    digest(PROXIES=proxies)
    assert speaker(forwarded).address == address


def test_an_address_that_is_none_is_unknown() -> None:
    assert speaker(address="").address == speaker(address="unix:").address == ""


def test_a_browser_that_posted_is_known_again() -> None:
    response, writer = HttpResponse(), new_writer()
    remember(response, writer)
    assert speaker(cookie=response.cookies[COOKIE].value).writer == writer


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    response = HttpResponse()
    remember(response, new_writer())
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie["max-age"] == 365 * 24 * 3600


@pytest.mark.parametrize("cookie", ["x", "a" * 32, f"{'a' * 32}:1abc:forged", "\x00", "é" * 99])
def test_a_forged_cookie_is_no_key(cookie: str) -> None:
    assert speaker(cookie=cookie).writer == ""


def test_programs_hold_the_key_as_a_signed_text() -> None:
    writer = new_writer()
    assert read_writer(signed_writer(writer)) == writer


@pytest.mark.parametrize("text", ["", "x", "a" * 32, f"{'a' * 32}:forged", "\ud800:x", "x" * 100_000])
def test_a_forged_text_is_no_key(text: str) -> None:
    assert read_writer(text) == ""


def test_a_signed_text_that_holds_no_key_is_none() -> None:
    assert read_writer(signed_writer("no key")) == ""


def test_no_two_writers_have_one_key() -> None:
    assert len({new_writer() for _ in range(100)}) == 100
    assert len(new_writer()) == 32
