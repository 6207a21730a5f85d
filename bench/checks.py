"""How well the review checks see: precision and recall on labelled faults, changed numbers and quotes, and their time.

    ./run.sh bench checks [--labels DIR] [--list]

Without --labels the small set in bench/labels is taken. DIR holds errors.jsonl, negatives.jsonl and pairs.jsonl, and
the pages that they were found in as text files in DIR/../seeds. Where a page's faults are labelled only in part, a
precision is the least that it can be. --list prints every finding that no label explains, and every fault not seen.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench import number_mutations, quote_mutations
from bench.labelled import NUMBERS, Case, Label, answers, is_near, own_cases, passage_text, shared_cases
from papers.checks import BROKEN, CHECKS, run_checks
from papers.checks.base import Finding, Item, Kind, Passage, Subject
from papers.drafting.base import Citation

_GOAL = 2  # seconds for a week
_PAPERS, _QUESTIONS = 10, 10
_JAPANESE = "研究手法評価実験結果性能向上提案学習精度言語大規模推論生成訓練検証分析改善比較高速効率的"


@dataclass
class Tally:
    """What was found in all cases. A label may stand in several cases; it counts once."""

    findings: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    labels: dict[str, Label] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    unexplained: list[tuple[Case, Finding]] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)

    def add(self, case: Case) -> None:
        self.labels |= {label.id: label for label in case.labels}
        for finding in run_checks(case.subject):
            if finding.message.template == BROKEN:
                self.failed[finding.check] += 1
                continue
            self.findings[finding.check] += 1
            hit = {label.id for label in case.labels if answers(finding, label, case)}
            self.seen |= hit
            self.right[finding.check] += bool(hit)
            self.near[finding.check] += bool(hit) or any(is_near(finding, label, case) for label in case.labels)
            if not hit:
                self.unexplained.append((case, finding))

    def unseen(self) -> Iterator[Label]:
        return (label for label in self.labels.values() if label.id not in self.seen)


def tally(cases: Sequence[Case]) -> Tally:
    result = Tally()
    for case in cases:
        result.add(case)
    return result


def report(cases: Sequence[Case], result: Tally) -> None:
    """A line a check: a label counts for each of the checks that answer for it."""
    print("check             findings   right  precision  at a fault     faults    seen   recall")
    for check in CHECKS:
        found, right, near = (counts[check.id] for counts in (result.findings, result.right, result.near))
        labels = [label for label in result.labels.values() if check.id in label.checks]
        seen = sum(label.id in result.seen for label in labels)
        print(
            f"{check.id:18}{found:8}{right:8}{_ratio(right, found):>11}{_ratio(near, found):>12}"
            f"{len(labels):11}{seen:8}{_ratio(seen, len(labels)):>9}"
        )
    _totals(result)
    _clean(cases)


def _totals(result: Tally) -> None:
    found, right = result.findings.total(), result.right.total()
    near = result.near.total()
    sure = [label for label in result.labels.values() if label.sure]
    ruled = [label for label in result.labels.values() if label.checks]
    if result.failed:
        print("FAILED: " + ", ".join(f"{check} {count} times" for check, count in result.failed.items()))
    print(f"all findings: {found}, precision {_ratio(right, found)}, at any labelled fault {_ratio(near, found)}")
    for name, labels in (
        ("faults", list(result.labels.values())),
        ("sure faults", sure),
        ("faults with a rule", ruled),
    ):
        seen = sum(label.id in result.seen for label in labels)
        print(f"{name}: {len(labels)}, recall {_ratio(seen, len(labels))}")


def _clean(cases: Sequence[Case]) -> None:
    """Texts in which people found nothing wrong; for the numbers, those that have a source."""
    flagged: dict[str, int] = defaultdict(int)
    clean = [case for case in cases if case.clean]
    for case in clean:
        for check in {finding.check for finding in run_checks(case.subject)}:
            flagged[check] += 1
    print(
        f"clean texts: {len(clean)}; flagged: " + (", ".join(f"{c} {n}" for c, n in sorted(flagged.items())) or "none")
    )
    sourced = [case for case in clean if any(passage.source for passage in case.subject.passages)]
    wrong = sum(bool(_numbers(case)) for case in sourced)
    print(f"clean texts with a source: {len(sourced)}, flagged by a check of numbers {_ratio(wrong, len(sourced))}")


def _numbers(case: Case) -> list[Finding]:
    return [finding for finding in run_checks(case.subject) if finding.check in NUMBERS]


def numbers_report(cases: Sequence[Case]) -> None:
    """Faults of number and unit in pairs with a source, and wrong numbers made from clean pairs."""
    faulty = [case for case in cases if any(p.source for p in case.subject.passages) and _number_labels(case)]
    seen = sum(bool(_numbers(case)) for case in faulty)
    print(f"pairs with a wrong number: {len(faulty)}, seen {_ratio(seen, len(faulty))} (at least .95)")
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for case in cases:
        if case.clean:
            pairs[case.subject.language] += [(p.source, p.text) for p in case.subject.passages if p.source]
    for language, own in pairs.items():
        _ratios(f"numbers changed, {language}", number_mutations.measure(own, language))


def _number_labels(case: Case) -> list[Label]:
    return [label for label in case.labels if label.checks and label.checks[0] in NUMBERS]


def _ratios(name: str, counts: dict[str, tuple[int, int]]) -> None:
    right, made = (sum(column) for column in zip(*counts.values(), strict=True)) if counts else (0, 0)
    print(f"{name}: {right} of {made}  " + ", ".join(f"{how} {a}/{b}" for how, (a, b) in counts.items()))


def week(seed: int = 3) -> list[Subject]:
    """Ten papers of twelve pages with ten answers of five sentences each; every tenth quote is not in its paper."""
    return [_paper(Random(f"{seed}.{number}")) for number in range(_PAPERS)]


def _paper(random: Random) -> Subject:
    body = quote_mutations.sentences(random, 280)
    pages = quote_mutations.printed(body, random)
    items = tuple(_item(number, body, random) for number in range(1, _QUESTIONS + 1))
    abstract = Passage("abstract_translated", _text(random, 8), source=" ".join(body[:8]), translates=True)
    return Subject("ja", (abstract,), items, pages)


def _item(number: int, body: Sequence[str], random: Random) -> Item:
    quotes = [random.choice(body).replace("seed" if number else "", "seed") for _ in range(2)]
    if number == _QUESTIONS:
        quotes = [quote.replace(" of run ", " of the run ") for quote in quotes]
    question = Passage("question", f"{_text(random, 1)[:-1]}か。", Kind.QUESTION, block=str(number))
    answer = Passage("answer", _text(random, 5), Kind.ANSWER, block=str(number), source="\n".join(quotes))
    return Item(number, question, answer, tuple(Citation(1, quote) for quote in quotes))


def _text(random: Random, sentences: int) -> str:
    return "".join(
        f"{''.join(random.choices(_JAPANESE, k=30))}により、{random.randint(2, 99)}.{random.randint(1, 9)}%向上します。"
        for _ in range(sentences)
    )


def time_report() -> None:
    subjects = week()
    spent: Counter[str] = Counter()
    for subject in subjects:
        for check in CHECKS:
            began = time.perf_counter()
            run_checks(subject, [check])
            spent[check.id] += time.perf_counter() - began
    print(f"a week of ten papers: {spent.total():.2f} s (under {_GOAL} s)  " + _slowest(spent))


def _slowest(spent: Counter[str]) -> str:
    return ", ".join(f"{check} {seconds:.2f}" for check, seconds in spent.most_common(4))


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def list_all(result: Tally) -> None:
    for case, finding in result.unexplained:
        text = passage_text(finding, case)[finding.start : finding.end]
        print(f"? {case.name} {finding.block} {finding.check}: {finding.message} | {text}".replace("\n", " "))
    for label in result.unseen():
        print(f"! {label.id} {label.kind} {'/'.join(label.checks) or 'no rule'}: {label.quote}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=Path, metavar="DIR", help="a folder of labelled pages")
    parser.add_argument("--list", action="store_true", help="print findings without a label, and faults not seen")
    options = parser.parse_args()
    logging.disable(logging.ERROR)  # checks that fail are counted
    cases = shared_cases(options.labels) if options.labels else own_cases()
    result = tally(cases)
    if options.list:
        list_all(result)
    report(cases, result)
    numbers_report(cases)
    _ratios("quotes, judged rightly", quote_mutations.measure())
    time_report()


if __name__ == "__main__":
    main()
