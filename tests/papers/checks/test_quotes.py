"""Quotes: every alteration is caught, every true quote passes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from papers.checks import run_checks
from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.quotes import Quotes
from papers.drafting.base import Citation
from papers.paper import PageText

HEAD, FOOT = "Attention to Small Things", "Preprint. Under review."

# Each page as a PDF gives it: running heads, ligatures, words broken at line ends, reference marks, page breaks.
BODIES = (
    "We train a model with 34 billion parameters on 1.5 trillion to-\nkens of ﬁltered text [3, 5–7]. It does not need\n"
    "labelled data, and it improves the accuracy on GSM8K from 36.7% to 68.4%. The gain is not explained by more steps",
    "of training alone. Our method uses 2.9× less memory than the base-\nline, at most 80 GB on a single device.\n"
    "The smaller model never reaches the accuracy of the larger one, even with twice the data, and this genera-",
    "lisation gap remains. All annotators agreed in 95 of 100 cases; without the ﬁlter, only 61 did.\n"
    "Neither dropout nor weight decay changes this “plateau” between 10k and 40k steps.",
    "References\n[3] Someone. A title about something. 2021.\n[5] Another. A second title. 2022.",
)
PAGES = tuple(PageText(n, f"{HEAD}\n{body}\n{FOOT} {n}") for n, body in enumerate(BODIES, start=1))

TRUE = [
    ("We train a model with 34 billion parameters on 1.5 trillion tokens of filtered text", 1),
    ("We train a model with 34 billion parameters on 1.5 trillion tokens of filtered text [3, 5-7].", 1),
    ("it improves the accuracy on GSM8K from 36.7% to 68.4%", 1),
    ("The gain is not explained by more steps of training alone.", 1),
    ("Our method uses 2.9× less memory than the baseline, at most 80 GB on a single device.", 2),
    ("The smaller model never reaches the accuracy of the larger one, even with twice the data", 2),
    ("even with twice the data, and this generalisation gap remains", 2),
    ("All annotators agreed in 95 of 100 cases; without the filter, only 61 did.", 3),
    ('Neither dropout nor weight decay changes this "plateau" between 10k and 40k steps.', 3),
]

NEGATIONS = [
    ("does not", "does"),
    ("is not", "is"),
    (" never", ""),
    ("Neither", "Both"),
    ("without", "with"),
    (" only", ""),
]
OPPOSITES = [
    ("less", "more"),
    ("smaller", "larger"),
    ("improves", "reduces"),
    ("at most", "at least"),
    ("even", "except"),
]
INVENTED = [
    "We release all code and weights under a permissive licence.",
    "The model outperforms GPT-4 on every benchmark by a wide margin.",
    "Human experts preferred the baseline in most of the cases.",
]


def item(quote: str, page: int | None, number: int = 1) -> Item:
    answer = Passage("answer", "モデルは大きいです。", Kind.ANSWER, block="b1")
    return Item(number, Passage("question", "何ですか。", Kind.QUESTION), answer, (Citation(page, quote),))


def findings(quote: str, page: int | None = 1, pages: tuple[PageText, ...] = PAGES) -> list[Finding]:
    return run_checks(Subject("ja", items=(item(quote, page),), pages=pages), [Quotes()])


@pytest.mark.parametrize(("quote", "page"), TRUE)
def test_a_true_quote_passes(quote: str, page: int) -> None:
    assert findings(quote, page) == []


def altered() -> Iterator[tuple[str, int]]:
    """Every digit changed, every negation and every comparison turned round, a word left out, of every true quote."""
    for quote, page in TRUE:
        quote = quote.removesuffix(" [3, 5-7].")
        for digit in re.finditer(r"\d", quote):
            other = str((int(digit[0]) + 1) % 10)
            yield quote[: digit.start()] + other + quote[digit.end() :], page
        for old, new in NEGATIONS + OPPOSITES:
            if old in quote:
                yield quote.replace(old, new, 1), page
        words = quote.split()
        yield " ".join(words[: len(words) // 2] + words[len(words) // 2 + 1 :]), page


@pytest.mark.parametrize(("quote", "page"), list(altered()))
def test_an_altered_quote_is_an_error(quote: str, page: int) -> None:
    assert [finding.severity for finding in findings(quote, page)] == [Severity.ERROR]


@pytest.mark.parametrize("quote", INVENTED)
def test_an_invented_quote_is_an_error(quote: str) -> None:
    assert [str(f.message).split(":")[0] for f in findings(quote)] == ["Quote 1 is not in the paper"]


@pytest.mark.parametrize(("quote", "page"), TRUE)
def test_a_wrong_page_is_an_error_with_the_right_one(quote: str, page: int) -> None:
    wrong = page % len(PAGES) + 1
    found = findings(quote, wrong)
    assert [(f.severity, f.suggestion) for f in found] == [(Severity.ERROR, str(page))]


def test_a_thousand_random_pages_are_all_caught_or_passed() -> None:
    chance = random.Random(7)
    words = [f"{a}{b}" for a in ("ba", "ke", "li", "mo", "tu") for b in ("rn", "st", "mp", "ld", "x")]
    pages = tuple(PageText(n, " ".join(chance.choices(words, k=200))) for n in range(1, 21))
    cut = [(page, page.text.split()[at : at + 8]) for page in pages for at in range(0, 190, 20)]
    assert not any(findings(" ".join(part), page.number, pages) for page, part in cut)
    assert all(findings(" ".join([*part[:4], "zzz", *part[5:]]), page.number, pages) for page, part in cut)


def test_the_nearest_passage_is_shown_with_its_difference() -> None:
    (found,) = findings("We train a model with 35 billion parameters on 1.5 trillion tokens")
    assert found.message.params["difference"] == "34 → 35"
    assert found.source == "We train a model with 34 billion parameters on 1.5 trillion tokens"


def test_what_is_shown_beside_a_message_is_not_told_in_it_too() -> None:
    (found,) = findings("We train a model with 35 billion parameters on 1.5 trillion tokens")
    assert found.source
    assert found.source not in str(found.message)


def test_a_finding_stands_at_the_citation_of_its_answer() -> None:
    (found,) = findings(INVENTED[0])
    assert (found.field, found.block, found.start, found.end) == ("citations", "b1", 0, 0)


@pytest.mark.parametrize(
    ("quote", "severity"),
    [
        ("of the model", Severity.WARNING),
        ("", Severity.WARNING),
        ("34 billion", Severity.WARNING),
        ("a state-of-the-art model", Severity.WARNING),
    ],
)
def test_a_few_words_are_no_evidence(quote: str, severity: Severity) -> None:
    assert [finding.severity for finding in findings(quote)] == [severity]


def test_a_missing_page_is_proposed() -> None:
    found = findings(TRUE[7][0], None)
    assert [(f.severity, f.suggestion) for f in found] == [(Severity.INFO, "3")]


def test_without_pages_it_says_once_that_nothing_could_be_looked_up() -> None:
    subject = Subject("ja", items=(item(INVENTED[0], 1), item(INVENTED[1], 2, 2)))
    assert [finding.severity for finding in Quotes().run(subject)] == [Severity.INFO]


def test_without_pages_and_quotes_there_is_nothing_to_say() -> None:
    assert list(Quotes().run(Subject("ja"))) == []


@pytest.mark.parametrize("other", [("Another quote that is not here", 1), (INVENTED[0], 2)])
def test_a_judgement_is_void_when_quote_or_page_change(other: tuple[str, int]) -> None:
    assert findings(INVENTED[0])[0].judged != findings(*other)[0].judged


def test_a_judgement_is_void_when_the_papers_text_is_read_anew() -> None:
    assert findings(INVENTED[0])[0].judged != findings(INVENTED[0], pages=PAGES[:2])[0].judged
