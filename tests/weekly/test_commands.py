"""The commands as scripts call them: JSON on standard output, exit statuses, one clear line on standard error."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import PageLogEntry

from papers.models import Finding
from tests.factories import make_paper, make_qa, make_week
from tests.servers.arxiv import ArxivServer, Listed
from tests.servers.site import reading_list
from weekly.management.commands import import_week
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db


def call(*arguments: str) -> tuple[int, Any]:
    """Exit status and JSON of a command."""
    out, status = StringIO(), 0
    try:
        call_command(*arguments, "--json", stdout=out)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, json.loads(out.getvalue())


@pytest.fixture
def path(tmp_path: Path) -> str:
    file = tmp_path / "README.md"
    file.write_text(reading_list(2))
    return str(file)


@pytest.fixture(autouse=True)
def _arxiv(digest: Any) -> Any:
    papers = [Listed(f"2405.{n:05d}", title=f"Paper number {n}", version=2) for n in (1, 2)]
    with ArxivServer(*papers) as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        yield


def test_import_week_says_what_became_of_each_row(path: str) -> None:
    status, answer = call("import_week", path)
    (week,) = answer["weeks"]
    assert (status, week["start"], week["end"]) == (0, "2024-05-06", "2024-05-12")
    assert set(week["entries"][0]) == {"rank", "title", "arxiv_id", "arxiv_version", "url", "status", "warnings"}
    assert [entry["status"] for entry in week["entries"]] == ["created", "created"]


def test_import_week_again_skips_all(path: str) -> None:
    call("import_week", path)
    _status, answer = call("import_week", path, "--week", "2024-05-06")
    assert [entry["status"] for entry in answer["weeks"][0]["entries"]] == ["skipped", "skipped"]


def test_import_week_by_ids_takes_titles_from_arxiv() -> None:
    status, answer = call("import_week", "arxiv:2405.00001,2405.00002", "--week", "2024-05-06")
    assert (status, [e["title"] for e in answer["weeks"][0]["entries"]]) == (0, ["Paper number 1", "Paper number 2"])


def test_an_unknown_id_among_known_ones_is_done_in_part() -> None:
    status, answer = call("import_week", "arxiv:2405.00001,2405.99999", "--week", "2024-05-06")
    assert status == 1
    assert [entry["status"] for entry in answer["weeks"][0]["entries"]] == ["created", "skipped"]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["arxiv:nonsense"], "not an arXiv id"),
        (["arxiv:2405.99999"], "Nothing was imported"),
        (["/no/such/file.md"], "cannot be read"),
        (["{path}", "--week", "2024-05-07"], "no week that starts on 2024-05-07"),
        (["{path}", "--week", "May 6"], "not a date"),
        (["{path}", "--language", "no tag"], "not a language tag"),
        (["{path}", "--language", "fr"], "lacks fr"),
    ],
)
def test_bad_input_ends_with_status_2_and_one_line(arguments: list[str], line: str, path: str) -> None:
    with pytest.raises(CommandError) as error:
        call_command("import_week", *(argument.replace("{path}", path) for argument in arguments))
    assert line in str(error.value)
    assert error.value.returncode == 2 or "argument" in str(error.value)
    assert "\n" not in str(error.value)


def test_nothing_is_written_where_the_input_is_bad(path: str) -> None:
    with pytest.raises(CommandError):
        call_command("import_week", path, "--week", "2024-05-07")
    assert not WeekPage.objects.exists()


def test_an_import_into_another_language_makes_a_home_there(path: str) -> None:
    call("import_week", path, "--language", "ko")
    assert WeekPage.objects.get().get_url().startswith("/ko/")


def test_draft_week_answers_with_a_row_a_run(path: str) -> None:
    call("import_week", path)
    status, answer = call("draft_week", "2024-05-06")
    assert status == 0
    assert [run["scope"] for run in answer["runs"]] == ["abstract", "abstract", "qa", "qa", "overview"]
    wanted = {"paper", "scope", "status", "error", "attempts", "prompt_tokens", "cached_tokens", "completion_tokens"}
    assert wanted | {"calls", "seconds"} <= set(answer["runs"][0])
    assert answer["runs"][0]["paper"] == "2405.00001"


def test_draft_week_knows_one_part_alone(path: str) -> None:
    call("import_week", path)
    _status, answer = call("draft_week", "2024-05-06", "--only", "overview")
    assert [run["scope"] for run in answer["runs"]] == ["overview"]


def test_a_week_that_was_not_imported_cannot_be_drafted() -> None:
    with pytest.raises(CommandError) as error:
        call_command("draft_week", "2024-05-06")
    assert error.value.returncode == 2


def test_publish_week_refuses_with_a_list_of_what_is_missing() -> None:
    make_week(make_paper(summary=""), theme="")
    status, answer = call("publish_week", "2024-05-06")
    assert (status, answer["published"]) == (1, [])
    assert [gap["field"] for gap in answer["missing"]] == ["theme", "summary"]


def test_publish_week_publishes() -> None:
    make_week(make_paper(qas=1))
    status, answer = call("publish_week", "2024-05-06")
    assert (status, answer["missing"], len(answer["published"])) == (0, [], 2)
    assert WeekPage.objects.get().live


def test_publish_week_names_what_an_override_would_help() -> None:
    paper = make_paper(qa=[make_qa(1, approved=False)])
    make_week(paper)
    status, answer = call("publish_week", "2024-05-06")
    assert (status, answer["published"], answer["overridden"]) == (1, [], [])
    assert [gap["field"] for gap in answer["missing"]] == [f"qa.{paper.qa[0].id}"]


def test_publish_week_publishes_with_a_reason() -> None:
    make_week(make_paper(qa=[make_qa(1, approved=False)]))
    status, answer = call("publish_week", "2024-05-06", "--override", "Read twice")
    assert (status, len(answer["published"]), len(answer["overridden"])) == (0, 2, 1)
    assert PageLogEntry.objects.get(action="papers.override").data["reason"] == "Read twice"


def test_no_reason_makes_publish_week_overlook_what_is_missing() -> None:
    make_week(make_paper(summary="", qa=[make_qa(1, approved=False)]))
    status, answer = call("publish_week", "2024-05-06", "--override", "Read twice")
    assert (status, answer["published"], answer["overridden"]) == (1, [], [])
    assert [gap["field"] for gap in answer["missing"]] == ["summary"]


def test_an_error_that_nobody_has_looked_at_yet_is_found_before_publishing() -> None:
    paper = make_paper(abstract_translated="うまくいくと")
    make_week(paper)
    Finding.objects.all().delete()
    status, answer = call("publish_week", "2024-05-06")
    assert (status, [gap["field"] for gap in answer["missing"]]) == (1, ["abstract_translated"])


def test_the_three_weeks_of_the_model_pages_import_whole(shared_data: Path) -> None:
    source = str(shared_data / "reading-lists" / "old-layout-excerpt.md")
    for start, on_arxiv in (("2023-05-29", 10), ("2024-03-11", 8), ("2024-05-06", 8)):
        _status, answer = call("import_week", source, "--week", start)
        entries = answer["weeks"][0]["entries"]
        assert (len(entries), sum(e["arxiv_id"] is not None for e in entries)) == (10, on_arxiv)


def test_a_command_speaks_the_language_of_who_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    with pytest.raises(CommandError, match="arXiv") as error:
        call_command("import_week", "arxiv:nonsense")
    assert "is not an" not in str(error.value)


def test_bad_usage_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        import_week.Command().run_from_argv(["manage.py", "import_week"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
