"""What the review checks say about texts from elsewhere, one pair a line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from papers.checks import run_checks
from papers.checks.base import Finding
from papers.checks.pairs import BrokenPair, UnreadablePairs, pair_subject, read_pair
from papers.errors import Notice, gettext_noop
from papers.management.base import DigestCommand, Result
from papers.messages import translated

EMPTY = gettext_noop("there are no pairs in it.")


@dataclass
class Judged:
    """One JSON object for each line that is not empty, and what was wrong with the lines that could not be used."""

    pairs: list[dict[str, Any]] = field(default_factory=list)
    errors: list[BrokenPair] = field(default_factory=list)


class Command(DigestCommand):
    help = (
        "Check pairs of a source text and its rendering: each line of FILE is a JSON object with id, source, target, "
        "language, and perhaps pages and glossary; each line of the answer has its id and findings. Needs no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", metavar="FILE.jsonl", help="a file in JSON Lines; - reads standard input")

    def work(self, *, file: str, **options: Any) -> Result:
        judged = _judge(_lines(file))
        if not judged.pairs:
            raise UnreadablePairs(name=file, reason=Notice(EMPTY))
        if judged.errors and len(judged.errors) == len(judged.pairs):
            raise judged.errors[0]
        self._report(judged)
        text = "\n".join(json.dumps(pair, ensure_ascii=False) for pair in judged.pairs)
        return Result({"pairs": judged.pairs}, text, complete=not judged.errors)

    def _report(self, judged: Judged) -> None:
        if judged.errors:
            told = _("%(broken)d of %(all)d lines cannot be used.") % {
                "broken": len(judged.errors),
                "all": len(judged.pairs),
            }
            self.stderr.write(f"{told} {translated(judged.errors[0].notice)}")


def _lines(file: str) -> Iterator[tuple[int, bytes]]:
    """Number and content of each line that is not empty. Raises UnreadablePairs."""
    try:
        content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:  # a ValueError for a NUL in the name
        raise UnreadablePairs(name=file, reason=getattr(error, "strerror", None) or str(error)) from error
    return ((number, line) for number, line in enumerate(content.split(b"\n"), start=1) if line.strip())


def _judge(lines: Iterator[tuple[int, bytes]]) -> Judged:
    judged = Judged()
    for number, line in lines:
        try:
            pair = read_pair(line, number)
        except BrokenPair as error:
            judged.errors.append(error)
            judged.pairs.append({"id": None, "findings": [], "error": translated(error.notice)})
        else:
            findings = run_checks(pair_subject(pair))
            judged.pairs.append({"id": pair.id, "findings": [_finding_json(finding) for finding in findings]})
    return judged


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": translated(finding.message),
        "start": finding.start,
        "end": finding.end,
        "suggestion": finding.suggestion,
        "source": finding.source,
    }
