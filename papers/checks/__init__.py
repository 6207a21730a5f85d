"""The review checks: what a deterministic reader can tell an editor about a draft."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence

from papers.checks.answer_numbers import AnswerNumbers
from papers.checks.base import Check, Finding, Severity, Subject
from papers.checks.citations import Citations
from papers.checks.cut_off import CutOff
from papers.checks.echo import Echo
from papers.checks.glossary import Glossary
from papers.checks.instructions import Instructions
from papers.checks.left_over import LeftOver
from papers.checks.metadata import Metadata
from papers.checks.names import Names
from papers.checks.number_bounds import NumberBounds
from papers.checks.number_sense import NumberSense
from papers.checks.numbers import Numbers
from papers.checks.quotes import Quotes
from papers.checks.repeats import Repeats
from papers.checks.short_abstract import ShortAbstract
from papers.checks.style import Style
from papers.errors import Notice, gettext_noop

logger = logging.getLogger(__name__)

CHECKS: tuple[Check, ...] = (
    Numbers(),
    NumberBounds(),
    NumberSense(),
    AnswerNumbers(),
    Quotes(),
    Citations(),
    Repeats(),
    Echo(),
    CutOff(),
    Names(),
    Glossary(),
    LeftOver(),
    Style(),
    Metadata(),
    ShortAbstract(),
    Instructions(),
)

# Of one fault the first of a row tells; what the later ones say of the same words is left out.
MORE_SPECIFIC_FIRST: tuple[tuple[str, ...], ...] = (
    ("glossary", "names"),
    ("numbers", "answer-numbers", "number-sense"),
)

BROKEN = gettext_noop("The check “%(check)s” itself failed and told nothing about this page: %(reason)s")


def run_checks(subject: Subject, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """All findings, the worst first, then in the page's order; a fault that two checks see is told by one of them.

    A check that fails is a finding of its own.
    """
    places = {(passage.block, passage.field): place for place, passage in enumerate(subject.passages)}
    found = _once([finding for check in checks for finding in _run(check, subject)])
    return sorted(found, key=lambda f: (f.severity.rank, places.get((f.block, f.field), len(places)), f.start, f.check))


def _once(found: list[Finding]) -> list[Finding]:
    told: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.end > finding.start:
            told[finding.block, finding.field].append(finding)
    return [one for one in found if not any(_tells(other, one) for other in told[one.block, one.field])]


def _tells(one: Finding, other: Finding) -> bool:
    """Whether a more specific check said it of all these words, and no less severely."""
    is_first = any(one.check in row and other.check in row[row.index(one.check) + 1 :] for row in MORE_SPECIFIC_FIRST)
    is_within = one.start <= other.start < other.end <= one.end
    return is_first and is_within and one.severity.rank <= other.severity.rank


def _run(check: Check, subject: Subject) -> Iterator[Finding]:
    try:
        yield from dict.fromkeys(check.run(subject))
    except Exception as error:  # a fault in one rule must never lose an editor's save; it is recorded and shown
        logger.exception("Check failed", extra={"check": check.id})
        notice = Notice(BROKEN, {"check": check.id, "reason": type(error).__name__})
        yield Finding(check.id, Severity.WARNING, notice, field="")
