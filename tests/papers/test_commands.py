"""What all commands share."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from papers.errors import DigestError, UnknownPaper
from papers.management.base import DigestCommand, Result, iso_date


class Told(DigestCommand):
    """Answers, or fails as it is told to."""

    complete = True
    error: DigestError | None = None

    def work(self, **options: Any) -> Result:
        if self.error:
            raise self.error
        return Result({"名": ["論文"]}, "a paper", complete=self.complete)


def output(command: Told, **options: Any) -> str:
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


def test_it_prints_text_by_default() -> None:
    assert output(Told()) == "a paper\n"


def test_with_json_it_prints_one_object_in_readable_letters() -> None:
    printed = output(Told(), as_json=True)
    assert json.loads(printed) == {"名": ["論文"]}
    assert "論文" in printed


def test_work_done_in_part_ends_with_status_1_and_its_answer() -> None:
    command = Told()
    command.complete = False
    out = StringIO()
    with pytest.raises(SystemExit) as caught:
        call_command(command, stdout=out)
    assert (caught.value.code, out.getvalue()) == (1, "a paper\n")


def test_an_expected_failure_ends_with_status_2_and_one_line() -> None:
    command = Told()
    command.error = UnknownPaper(id="2405.\n99999")
    with override("en"), pytest.raises(CommandError) as caught:
        call_command(command, stdout=StringIO())
    assert (str(caught.value), caught.value.returncode) == ("arXiv knows no paper 2405. 99999.", 2)


def test_a_date_argument_is_read() -> None:
    assert iso_date("2024-05-06") == date(2024, 5, 6)


@pytest.mark.parametrize("text", ["", "6 May 2024", "2024-13-01", "20240506x"])
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ArgumentTypeError) as caught:
        iso_date(text)
    assert f"“{text}”" in str(caught.value)
