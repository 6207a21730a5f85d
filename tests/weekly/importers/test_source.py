"""Files, addresses, texts and ids."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from papers.errors import IndexOnly, MalformedArxivId, NoWeeks, TooLarge, UnreadableList
from tests.servers.base import Answer, Server
from tests.weekly.importers.lists import section
from tests.weekly.importers.test_reading_list import INDEX
from weekly.importers import IMPORTERS
from weekly.importers.source import (
    MAX_LIST_BYTES,
    decode_list,
    importer_for,
    load_weeks,
    load_weeks_from_text,
    raw_address,
)

LIST = section("May 6 - May 12")


def fetch(url: str) -> bytes:
    with urlopen(url, timeout=60) as answer:
        content: bytes = answer.read()
    return content


def no_fetch(url: str) -> bytes:
    raise AssertionError(url)


def file_starts(path: Path) -> list[str]:
    return [week.start.isoformat() for week in load_weeks(str(path), fetch=no_fetch)]


def test_it_reads_a_file_and_minds_its_name(tmp_path: Path) -> None:
    path = tmp_path / "2024.md"
    path.write_text(LIST, encoding="utf-8-sig")
    assert file_starts(path) == ["2024-05-06"]


def test_it_reads_an_address_and_minds_its_name() -> None:
    with Server() as server:
        server.script(Answer(LIST.encode()))
        weeks = load_weeks(f"{server.url}/years/2024.md", fetch=fetch)
    assert [week.start for week in weeks] == [date(2024, 5, 6)]


@pytest.mark.parametrize(
    ("start", "path"),
    [(None, "/main/years/2026.md"), (date(2025, 12, 22), "/main/years/2025.md")],
)
def test_it_follows_an_index_at_an_address_to_the_file_that_is_wanted(start: date | None, path: str) -> None:
    with Server() as server:
        server.script(Answer(INDEX.encode()), Answer(section("January 5 - January 11").encode()))
        weeks = load_weeks(f"{server.url}/main/README.md", fetch=fetch, start=start)
        assert [seen.path for seen in server.seen] == ["/main/README.md", path]
    assert weeks[0].start == date(int(path[-7:-3]), 1, 5)


def test_it_does_not_follow_an_index_behind_an_index() -> None:
    with Server() as server:
        server.script(Answer(INDEX.encode()), Answer(INDEX.encode()))
        with pytest.raises(IndexOnly, match=r"2026\.md is only an index"):
            load_weeks(f"{server.url}/README.md", fetch=fetch)


def test_an_index_without_the_wanted_year_names_its_files() -> None:
    with Server() as server:
        server.script(Answer(INDEX.encode()))
        with pytest.raises(IndexOnly, match=r"years/2026\.md, years/2025\.md"):
            load_weeks(f"{server.url}/README.md", fetch=fetch, start=date(2019, 1, 7))


def test_an_index_in_a_file_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(INDEX)
    with pytest.raises(IndexOnly, match="Give one of these instead: years/2026.md"):
        file_starts(path)


@pytest.mark.parametrize(
    ("page", "raw"),
    [
        ("https://github.com/o/r/blob/main/years/2026.md", "/o/r/main/years/2026.md"),
        ("https://www.github.com/o/r/blob/main/years/2026.md?plain=1#top", "/o/r/main/years/2026.md"),
        ("https://github.com/o/r/raw/main/README.md", "/o/r/main/README.md"),
        ("https://github.com/o/r", "/o/r/HEAD/README.md"),
        ("https://github.com/o/r.git", "/o/r/HEAD/README.md"),
        ("https://github.com/o/r/#readme", "/o/r/HEAD/README.md"),
        ("https://github.com/o/r/tree/main", "/o/r/main/README.md"),
    ],
)
def test_a_page_of_github_is_turned_into_the_file_itself(page: str, raw: str) -> None:
    assert raw_address(page) == f"https://raw.githubusercontent.com{raw}"


@pytest.mark.parametrize(
    "url", ["https://example.org/o/r/blob/main/a.md", "https://github.com/", "https://github.com/o"]
)
def test_other_addresses_stay_as_they_are(url: str) -> None:
    assert raw_address(url) == url


def test_an_index_on_github_is_followed_through_raw_addresses() -> None:
    texts = {"README.md": INDEX, "2026.md": section("January 5 - January 11")}
    asked: list[str] = []

    def fetch_known(url: str) -> bytes:
        asked.append(url)
        return texts[url.rsplit("/", 1)[1]].encode()

    weeks = load_weeks("https://github.com/o/r", fetch=fetch_known)
    assert asked[1] == "https://raw.githubusercontent.com/o/r/HEAD/years/2026.md"
    assert weeks[0].start == date(2026, 1, 5)


def test_ids_make_the_wanted_week_else_the_current_one() -> None:
    wanted = load_weeks("arxiv:2405.03548", fetch=no_fetch, start=date(2024, 5, 7))
    current = load_weeks("arXiv:2405.03548", fetch=no_fetch, today=date(2024, 5, 8))
    assert (wanted[0].start, current[0].start) == (date(2024, 5, 7), date(2024, 5, 6))


def test_a_malformed_id_is_an_error() -> None:
    with pytest.raises(MalformedArxivId, match="nonsense"):
        load_weeks("arxiv:nonsense", fetch=no_fetch)


def test_a_source_tells_its_importer() -> None:
    keys = [importer_for(source).key for source in ("arxiv:2405.03548", "list.md", "https://example.org/x.md")]
    assert keys == ["arxiv", "dair-ai", "dair-ai"]
    assert {key: importer.key for key, importer in IMPORTERS.items()} == {"dair-ai": "dair-ai", "arxiv": "arxiv"}


def test_a_missing_file_is_named_with_the_reason() -> None:
    with pytest.raises(UnreadableList, match=r"/nowhere/list\.md cannot be read .* No such file"):
        load_weeks("/nowhere/list.md", fetch=no_fetch)


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UnreadableList, match="Is a directory"):
        file_starts(tmp_path)


def test_an_unknown_home_is_no_list() -> None:
    with pytest.raises(UnreadableList, match="home"):
        load_weeks("~nobody-of-that-name/list.md", fetch=no_fetch)


@pytest.mark.parametrize("content", [b"\xff\xfe#\x00", b"caf\xe9", b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_utf8_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableList, match="not UTF-8"):
        decode_list(content, "list.md")


def test_an_empty_file_has_no_weeks(tmp_path: Path) -> None:
    (tmp_path / "list.md").touch()
    with pytest.raises(NoWeeks):
        file_starts(tmp_path / "list.md")


def test_a_list_may_not_pass_five_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_bytes(b" " * (MAX_LIST_BYTES + 1))
    with pytest.raises(TooLarge, match="larger than 5 MB"):
        file_starts(path)
    with pytest.raises(TooLarge):
        load_weeks_from_text(" " * (MAX_LIST_BYTES + 1), "pasted")


def test_a_pasted_text_is_read_like_a_file() -> None:
    assert load_weeks_from_text(f"\ufeff{LIST}", "2024.md")[0].start == date(2024, 5, 6)
