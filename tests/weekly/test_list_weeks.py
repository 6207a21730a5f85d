"""The command list_weeks, in this process and as its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.servers.base import Answer, Server
from tests.weekly.importers.lists import row, section
from tests.weekly.importers.test_reading_list import INDEX

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "years-2024.md"
    body = f"{row(1, 'Ünïcode')}\n{row(2, links='[Paper](https://a.org/x.pdf), [Tweet]()')}"
    path.write_text(section("May 6 - May 12", body), encoding="utf-8")
    return path


def called(*args: str) -> str:
    out = StringIO()
    call_command("list_weeks", *args, stdout=out)
    return out.getvalue()


def listing(*args: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(called(*args, "--json"))
    return answer


def run(*args: str) -> subprocess.CompletedProcess[str]:
    """The command as its own process, with a database that cannot be reached."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DIGEST_LANGUAGE": "en"}
    command = [sys.executable, "manage.py", "list_weeks", *args]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_it_prints_one_json_object_of_the_agreed_keys(listed: Path) -> None:
    (week,) = listing(str(listed))["weeks"]
    assert set(week) == {"start", "end", "heading", "entries", "warnings"}
    keys = {"rank", "title", "description", "links", "arxiv_id", "arxiv_version", "warnings"}
    assert [set(entry) for entry in week["entries"]] == [keys, keys]


def test_its_values_are_those_of_the_list(listed: Path) -> None:
    (week,) = listing(str(listed))["weeks"]
    assert (week["start"], week["end"]) == ("2024-05-06", "2024-05-12")
    first, second = week["entries"]
    assert (first["title"], first["arxiv_id"], first["arxiv_version"]) == ("Ünïcode", "2401.00001", None)
    assert second["links"] == [{"label": "Paper", "url": "https://a.org/x.pdf"}]
    assert [type(warning) for warning in second["warnings"]] == [str]


def test_json_is_readable_in_any_script(listed: Path) -> None:
    assert "Ünïcode" in called(str(listed), "--json")


def test_it_prints_text_for_people(listed: Path) -> None:
    lines = called(str(listed)).splitlines()
    assert lines[0] == "2024-05-06 – 2024-05-12  Top AI Papers of the Week (May 6 - May 12)"
    assert lines[1].startswith("   1. Ünïcode (arXiv 2401.00001)")
    assert lines[3].lstrip().startswith("! ")


def test_it_lists_ids_by_hand() -> None:
    (week,) = listing("arxiv:2405.03548,hep-th/9901001")["weeks"]
    assert [entry["arxiv_id"] for entry in week["entries"]] == ["2405.03548", "hep-th/9901001"]


def test_it_follows_an_index_at_an_address(settings: Any) -> None:
    settings.DIGEST = {**settings.DIGEST, "FETCH_ALLOW_PRIVATE": True}
    with Server() as server:
        server.script(Answer(INDEX.encode()), Answer(section("January 5 - January 11").encode()))
        (week,) = listing(f"{server.url}/README.md")["weeks"]
    assert week["start"] == "2026-01-05"


def test_it_fetches_nothing_from_private_addresses(settings: Any) -> None:
    settings.DIGEST = {**settings.DIGEST, "FETCH_ALLOW_PRIVATE": False}
    with Server() as server, pytest.raises(CommandError) as caught:
        called(f"{server.url}/README.md")
    assert (caught.value.returncode, server.seen) == (2, [])


def test_as_a_process_it_needs_no_database_and_ends_with_0(listed: Path) -> None:
    done = run(str(listed), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["weeks"]) == 1


@pytest.mark.parametrize("source", ["nowhere.md", "README", "arxiv:nonsense"])
def test_as_a_process_it_ends_with_2_and_one_line_on_bad_input(source: str) -> None:
    done = run(source, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_as_a_process_it_names_the_files_behind_an_index(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(INDEX)
    done = run(str(tmp_path / "README.md"))
    assert done.returncode == 2
    assert "years/2026.md, years/2025.md" in done.stderr


def test_as_a_process_it_ends_with_2_on_bad_usage() -> None:
    done = run("--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "SOURCE" in done.stderr
    assert "Traceback" not in done.stderr
