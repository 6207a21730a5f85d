"""Who is answered from the cache, and what it never holds."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from papers.models import PaperPage
from tests.factories import make_comment, make_editor, make_paper, make_week
from tests.weekly.caching.reading import Reader
from weekly.hearing.speaker import COOKIE

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(reader: Reader) -> PaperPage:
    """A public paper whose page is kept."""
    paper = make_paper(live=True, slug="one", tags=["agents"], qas=3)
    make_week(paper, live=True)
    reader.fill(paper)
    return paper


@pytest.mark.parametrize("cookie", ["sessionid", COOKIE, "messages"])
def test_who_may_see_something_else_is_answered_anew(reader: Reader, paper: PaperPage, cookie: str) -> None:
    reader.client.cookies[cookie] = "x"
    answer = reader.get(paper)
    assert not answer.was_kept
    assert "private" in answer.headers["Cache-Control"]


def test_a_cookie_that_changes_nothing_does_not_matter(reader: Reader, paper: PaperPage) -> None:
    reader.client.cookies["_pk_id"] = "x"
    assert reader.get(paper).was_kept


def test_a_host_names_cookies_of_its_own(digest: Any, paper: PaperPage) -> None:
    digest(CACHE_COOKIES=["theme"])
    reader = Reader(Client())
    reader.client.cookies["theme"] = "x"
    assert not reader.get(paper).was_kept


def test_who_brings_a_token_is_answered_anew(reader: Reader, paper: PaperPage) -> None:
    assert not reader.get(paper, authorization="Bearer x").was_kept


def test_what_an_editor_sees_is_not_kept(paper: PaperPage, reader: Reader) -> None:
    editor = Client()
    editor.force_login(make_editor())
    assert b"wagtail-userbar" in editor.get("/papers/").content
    assert b"wagtail-userbar" not in reader.get("/papers/").content


def test_another_host_has_other_answers(settings: Any, paper: PaperPage) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example.org"]
    other = Reader(Client(headers={"host": "other.example.org"}))
    assert other.has("/feeds/papers.json", "/feeds/papers.json") == [False, True]
    assert b"//other.example.org/" in other.get("/feeds/papers.json").content


def test_a_host_that_is_not_allowed_gets_nothing(paper: PaperPage) -> None:
    assert Client(headers={"host": "evil.example.org"}).get(paper.get_url()).status_code == 400


@pytest.mark.parametrize("query", ["?utm_source=mail", "?comments=99&x=1", "?after=2024-01-01.1"])
def test_a_query_that_the_page_does_not_know_is_not_kept(reader: Reader, paper: PaperPage, query: str) -> None:
    assert reader.has(f"{paper.get_url()}{query}", f"{paper.get_url()}{query}") == [False, False]


def test_a_list_is_kept_page_by_page(reader: Reader, paper: PaperPage) -> None:
    reader.fill("/papers/?after=2030-01-01.1", "/papers/")
    assert b"Paper" in reader.get("/papers/?after=2030-01-01.1").content


def test_an_endless_query_is_not_kept(reader: Reader, paper: PaperPage) -> None:
    address = f"/search/?q={'a' * 300}"
    assert reader.has(address, address) == [False, False]


FORMS = ["/comments/new/?page={}", "/reports/new/?page={}", "/api/v1/form?kind=comment&page={}", "/healthz"]


@pytest.mark.parametrize("form", FORMS)
def test_a_forms_token_is_not_kept(reader: Reader, paper: PaperPage, form: str) -> None:
    first, second = (reader.get(form.format(paper.pk)) for _time in range(2))
    assert (first.status_code, first.was_kept, second.was_kept) == (200, False, False)


@pytest.mark.parametrize("page", ["/nowhere/", "/tags/nobody/", "/tags/agents/?after=x"])
def test_what_is_not_there_is_not_kept(reader: Reader, paper: PaperPage, page: str) -> None:
    assert [reader.get(page).status_code for _time in range(2)] == [404, 404]
    assert not reader.get(page).was_kept


def test_a_hosts_form_in_the_frame_keeps_pages_out(
    settings: Any, tmp_path: Path, paper: PaperPage, digest: Any
) -> None:
    """A newsletter's form in every page's footer, with a token of each reader's own."""
    frame = (Path(settings.BASE_DIR) / "templates" / "base.html").read_text()
    (tmp_path / "framed.html").write_text(frame.replace("</body>", "{% csrf_token %}</body>"))
    engine = {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    settings.TEMPLATES = [engine]
    digest(BASE_TEMPLATE="framed.html")
    reader = Reader(Client())
    page = f"{paper.get_url()}?comment=1"
    assert reader.has(page, page, page) == [False, False, False]


def test_a_preview_is_neither_kept_nor_answered_from_what_is(reader: Reader, paper: PaperPage) -> None:
    draft = paper.get_latest_revision_as_object()
    draft.summary = "まだ下書きです。"
    draft.save_revision()
    assert "まだ下書きです。" in draft.make_preview_request().content.decode()
    assert "まだ下書きです。" not in reader.get(paper).content.decode()


def test_a_waiting_comment_is_kept_for_nobody(paper: PaperPage) -> None:
    writer = "a" * 32
    make_comment(paper, text="Only mine.", writer=writer)
    bob = Client()
    bob.cookies[COOKIE] = bob_cookie(writer)
    assert b"Only mine." in bob.get(paper.get_url()).content
    assert b"Only mine." not in Client().get(paper.get_url()).content


def bob_cookie(writer: str) -> str:
    from django.core import signing

    return signing.get_cookie_signer(salt=COOKIE + "weekly.hearing.writer").sign(writer)


# What browsers and caches on the way are told


def test_who_has_the_page_already_is_told_so(reader: Reader, paper: PaperPage) -> None:
    etag = reader.get(paper).headers["ETag"]
    again = reader.get(paper, if_none_match=etag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert again.was_kept


def test_who_has_another_page_gets_this_one(reader: Reader, paper: PaperPage) -> None:
    assert reader.get(paper, if_none_match='"other"').status_code == 200


def test_who_asks_first_with_a_tag_fills_the_cache_as_well(reader: Reader, paper: PaperPage) -> None:
    reader.get("/feeds/papers.rss", if_none_match='"old"')
    assert reader.get("/feeds/papers.rss").was_kept


def test_an_answer_that_is_not_public_keeps_its_own_tag(reader: Reader, paper: PaperPage) -> None:
    etag = reader.get("/share/papers/one.png").headers["ETag"]
    assert reader.get("/share/papers/one.png", if_none_match=etag).status_code == 304


def test_a_head_has_the_same_headers_and_no_text(reader: Reader, paper: PaperPage) -> None:
    whole, head = reader.get(paper), reader.client.head(paper.get_url())
    assert dict(head.headers) == dict(whole.headers)
    assert head.content == b""


def test_a_head_alone_keeps_nothing(reader: Reader, paper: PaperPage) -> None:
    reader.client.head("/tags/")
    assert not reader.get("/tags/").was_kept


def test_the_page_is_packed_for_those_who_can_unpack_it(reader: Reader, paper: PaperPage) -> None:
    plain, packed = reader.get(paper), reader.get(paper, accept_encoding="br, gzip;q=0.8")
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]


@pytest.mark.parametrize("accepted", ["br", "gzip;q=0", "identity", "xgzip"])
def test_nobody_gets_a_packed_page_who_did_not_ask(reader: Reader, paper: PaperPage, accepted: str) -> None:
    answer = reader.get(paper, accept_encoding=accepted)
    assert "Content-Encoding" not in answer.headers
    assert int(answer.headers["Content-Length"]) == len(answer.content)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_browsers_of_all_languages_get_the_same(reader: Reader, paper: PaperPage, language: str) -> None:
    answer = reader.get(paper, accept_language=language)
    assert (answer.was_kept, answer.headers["Content-Language"]) == (True, "ja")


def test_the_answer_differs_by_its_packing_alone(reader: Reader, paper: PaperPage) -> None:
    answer = reader.get(paper)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_synonyms_way_is_kept(reader: Reader, paper: PaperPage) -> None:
    from papers.models import PaperTag
    from papers.tagging import merge_tag

    other = PaperTag.objects.create(name="helpers", slug="helpers")
    merge_tag(other, PaperTag.objects.get(slug="agents"))
    reader.fill("/tags/helpers/")
    assert reader.get("/tags/helpers/").headers["Location"] == "/tags/agents/"


# Where it keeps out


def test_a_developers_machine_renders_each_time(settings: Any, paper: PaperPage) -> None:
    settings.DEBUG = True
    assert Reader(Client()).has(paper, paper) == [False, False]


@pytest.mark.parametrize("backend", ["locmem.LocMemCache", "dummy.DummyCache"])
def test_a_cache_of_one_process_keeps_nothing_but_tells_tags(settings: Any, paper: PaperPage, backend: str) -> None:
    settings.CACHES = {**settings.CACHES, "digest": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    reader = Reader(Client())
    etag = reader.get(paper).headers["ETag"]
    answer = reader.get(paper, if_none_match=etag)
    assert (answer.status_code, answer.was_kept) == (304, False)


def test_an_editors_login_drops_nothing(reader: Reader, paper: PaperPage) -> None:
    Client().force_login(get_user_model().objects.create_user("dora"))
    assert reader.get(paper).was_kept
