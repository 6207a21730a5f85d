"""Labelled faults, and the subjects in which checks should find them: a folder of labels from outside, or our own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.pages import read_papers
from papers.checks.base import Finding, Subject
from papers.checks.pairs import Pair, pair_subject

OWN = Path(__file__).parent / "labels"

NUMBERS = ("numbers", "number-bounds", "number-sense")
# Which checks answer for a kind of fault, by type and subtype; the empty subtype stands for all others of the type.
# What is not named here no rule can see, such as an inverted meaning or a claim given to the wrong party.
RESPONSIBLE: dict[tuple[str, str], tuple[str, ...]] = {
    ("number", ""): NUMBERS,
    ("unit", ""): NUMBERS,
    ("ungrounded", "number-compare"): NUMBERS,
    ("ungrounded", "nonanswer"): ("echo",),
    ("duplicate", "echo"): ("echo",),
    ("duplicate", "dup-item"): ("number-sense", "repeats"),
    ("duplicate", ""): ("repeats",),
    ("citation", "wrong-page"): ("citations", "quotes"),
    ("citation", ""): ("citations",),
    ("truncation", "cut-text"): ("cut-off",),
    ("truncation", "abstract-short"): ("short-abstract",),
    ("style", "missing-period"): ("cut-off",),
    ("style", "glued-heading"): ("metadata",),
    ("style", ""): ("style",),
    ("name", ""): ("names",),
    ("acronym", ""): ("names",),
    ("term", "inconsistent"): ("names",),
    ("language-mix", ""): ("left-over",),
    ("metadata", "url-glued"): ("style",),
    ("metadata", "markup-residue"): ("style",),
    ("metadata", "title-typo"): ("metadata", "names"),
    ("metadata", ""): ("metadata",),
}
# Labelled once for a whole page, and what a finding of that kind says.
EVERYWHERE = {"style/ascii-period": "“.”"}
# These judge a passage as a whole or two places of it, so that the label may stand elsewhere in the same passage.
WHOLE = {"repeats", "echo", "short-abstract", "metadata"}


@dataclass(frozen=True)
class Label:
    """A fault: `quote` stands in the passage of that `block`; any of `checks` should see it. `sure` or perhaps one."""

    id: str
    kind: str
    checks: tuple[str, ...]
    quote: str
    block: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Case:
    """What is checked, with all faults that are known in it. `clean` where people looked and found none."""

    name: str
    subject: Subject
    labels: tuple[Label, ...] = ()
    clean: bool = False


def answers(finding: Finding, label: Label, case: Case) -> bool:
    """Whether the finding is that fault: a responsible check, in its passage, and at its place."""
    return finding.check in label.checks and is_near(finding, label, case)


def is_near(finding: Finding, label: Label, case: Case) -> bool:
    """Whether the finding stands where some fault is, whichever it is."""
    if label.kind in EVERYWHERE:
        return finding.check in label.checks and EVERYWHERE[label.kind] in str(finding.message)
    if finding.block != label.block:
        return False
    if finding.check in WHOLE or finding.start == finding.end:
        return True
    at = passage_text(finding, case).find(label.quote)
    return at >= 0 and finding.start < at + len(label.quote) and at < finding.end


def passage_text(finding: Finding, case: Case) -> str:
    """The text in which the finding stands; empty for one about the page."""
    place = (finding.block, finding.field)
    return next((p.text for p in case.subject.passages if (p.block, p.field) == place), "")


def own_cases() -> list[Case]:
    """Our own sentences: `faults` is a list of check and quote."""
    return [_own(row) for path in sorted(OWN.glob("*.jsonl")) for row in _rows(path)]


def _own(row: dict[str, Any]) -> Case:
    faults = [Label(f"{row['id']}.{n}", check, (check,), quote) for n, (check, quote) in enumerate(row["faults"], 1)]
    glossary = tuple((source, target) for source, target in row.get("glossary", []))
    pair = Pair(row["id"], row["source"], row["target"], row["language"], tuple(row.get("pages", [])), glossary)
    return Case(row["id"], pair_subject(pair), tuple(faults), clean=not faults)


def shared_cases(folder: Path) -> list[Case]:
    """Labels of whole pages: errors.jsonl, negatives.jsonl and pairs.jsonl, the pages themselves in ../seeds."""
    labels = {row["id"]: (row, _label(row)) for row in _rows(folder / "errors.jsonl")}
    at: dict[str, dict[int, list[Label]]] = defaultdict(lambda: defaultdict(list))
    for row, label in labels.values():
        at[row["seed"]][row["line"]].append(label)
    pages = [case for path in sorted((folder.parent / "seeds").glob("*.txt")) for case in _page(path, at[path.name])]
    pairs = [_pair(row, at[row["seed"]][row["line"]]) for row in _rows(folder / "pairs.jsonl")]
    return [*pairs, *map(_negative, _rows(folder / "negatives.jsonl")), *pages]


def _label(row: dict[str, Any]) -> Label:
    kind, subtype = row["type"], row["subtype"]
    checks = RESPONSIBLE.get((kind, subtype), RESPONSIBLE.get((kind, ""), ()))
    return Label(row["id"], f"{kind}/{subtype}", checks, row["quote"], sure=row["confidence"] == "high")


def _pair(row: dict[str, Any], on_line: list[Label]) -> Case:
    """A pair knows some of its faults itself; others are those of its line whose words it has."""
    labels = tuple(label for label in on_line if label.quote in row["ja"])
    pair = Pair(row["id"], row["en"] or "", row["ja"], "ja")
    return Case(row["id"], pair_subject(pair), labels, clean=row["ok"] and not labels)


def _negative(row: dict[str, Any]) -> Case:
    return Case(row["id"], pair_subject(Pair(row["id"], row["en"] or "", row["text"], "ja")), clean=True)


def _page(path: Path, labels: dict[int, list[Label]]) -> Iterator[Case]:
    """Papers with their answers; every other line that is Japanese for itself."""
    text = path.read_text(encoding="utf-8")
    told: set[int] = set()
    everywhere = tuple(label for found in labels.values() for label in found if label.kind in EVERYWHERE)
    for paper in read_papers(text):
        told |= set(paper.blocks)
        found = [replace(label, block=block) for line, block in paper.blocks.items() for label in labels.get(line, [])]
        yield Case(f"{path.name}:{min(paper.blocks)}", paper.subject, (*found, *everywhere))
    for number, line in enumerate(text.splitlines(), start=1):
        if number not in told and (labels.get(number) or any("\u3040" <= letter <= "\u30ff" for letter in line)):
            subject = pair_subject(Pair(number, "", line.strip().removeprefix("- "), "ja"))
            yield Case(f"{path.name}:{number}", subject, (*labels.get(number, []), *everywhere))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
