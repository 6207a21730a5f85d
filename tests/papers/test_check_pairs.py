"""The command that checks pairs from elsewhere."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

PAGES = ["A short page about nothing.", "We train a model with 34 billion parameters on clean data."]
TRUE = {
    "id": "t",
    "source": PAGES[1],
    "target": "340億パラメータのモデルを学習します。(p.2)",
    "language": "ja",
    "pages": PAGES,
}
CUT = {"id": 7, "source": "It is better.", "target": "精度を向上させるために", "language": "ja"}


def write(folder: Path, *pairs: Any) -> str:
    lines = [pair if isinstance(pair, bytes) else json.dumps(pair, ensure_ascii=False).encode() for pair in pairs]
    path = folder / "pairs.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return str(path)


def check(*arguments: Any, **options: Any) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("check_pairs", *arguments, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_has_its_answer(tmp_path: Path) -> None:
    found = check(write(tmp_path, TRUE, b"", CUT))
    assert [pair["id"] for pair in found] == ["t", 7]
    assert [[finding["check"] for finding in pair["findings"]] for pair in found] == [[], ["cut-off"]]


def test_a_finding_has_its_place_and_message(tmp_path: Path) -> None:
    ((pair,)) = check(write(tmp_path, CUT))
    (finding,) = pair["findings"]
    assert {key: finding[key] for key in ("severity", "start", "end")} == {"severity": "error", "start": 0, "end": 11}
    assert finding["message"] == "The text breaks off in mid-sentence: “… 精度を向上させるために”"


@pytest.mark.parametrize(
    ("changes", "checks"),
    [
        ({"source": PAGES[1].replace("34", "35")}, {"quotes"}),
        ({"source": PAGES[1].replace("We train", "We do not train")}, {"quotes"}),
        ({"target": TRUE["target"].replace("p.2", "p.1")}, {"quotes"}),
        ({"target": TRUE["target"].replace("p.2", "p.9")}, {"quotes", "citations"}),
    ],
)
def test_with_pages_quotes_are_looked_up(tmp_path: Path, changes: dict[str, str], checks: set[str]) -> None:
    (pair,) = check(write(tmp_path, {**TRUE, **changes}))
    assert checks <= {finding["check"] for finding in pair["findings"]}


def test_pages_do_not_double_what_is_wrong_with_the_text(tmp_path: Path) -> None:
    target = "ImageNet [6]で優れています。ImageNetで優れている結果を示し"
    alone, paged = check(write(tmp_path, {**CUT, "target": target}, {**CUT, "target": target, "pages": PAGES}))
    told = [(f["check"], f["start"], f["end"]) for f in paged["findings"] if f["check"] != "quotes"]
    assert told == [(f["check"], f["start"], f["end"]) for f in alone["findings"]]


def test_with_json_it_prints_one_object(tmp_path: Path) -> None:
    ((answer,)) = check(write(tmp_path, TRUE, CUT), as_json=True)
    assert [pair["id"] for pair in answer["pairs"]] == ["t", 7]


def test_where_some_lines_are_broken_the_others_are_checked(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command("check_pairs", write(tmp_path, CUT, b"{", TRUE), stdout=out, stderr=err)
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (caught.value.code, [pair["id"] for pair in found]) == (1, [7, None, "t"])
    assert err.getvalue().startswith(f"1 of 3 lines cannot be used. {found[1]['error']}")


@pytest.mark.parametrize(
    ("content", "told"),
    [((b"{", b"[]"), "Line 1 cannot be used"), ((b"",), "there are no pairs in it")],
)
def test_where_nothing_can_be_used_it_says_why(tmp_path: Path, content: tuple[bytes, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told) as caught:
        check(write(tmp_path, *content))
    assert caught.value.returncode == 2


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="cannot be read") as caught:
        check(f"{tmp_path}/{name}")
    assert caught.value.returncode == 2


def test_it_reads_standard_input_needs_no_database_and_speaks_the_terminals_language() -> None:
    settings = {"DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3", "LC_ALL": "en_GB.UTF-8", "DEBUG": "1"}
    command = [sys.executable, "manage.py", "check_pairs", "-"]
    done = subprocess.run(
        command, input=json.dumps(CUT).encode(), capture_output=True, check=True, env={**os.environ, **settings}
    )
    assert json.loads(done.stdout)["findings"][0]["check"] == "cut-off"
    assert done.stderr == b""
