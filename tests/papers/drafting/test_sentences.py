"""Splitting prose into sentences."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from papers.drafting.sentences import prose, split


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One sentence. Another one! A third? Yes.", 4),
        ("Smith et al. propose this. It works.", 2),
        ("Smith et al. We follow them.", 1),
        ("See Fig. 3 and Eq. 4 in Sec. 5. Then stop.", 2),
        ("It helps, e.g. GPT-4, i.e. Large models. Done.", 2),
        ("We gain 3.5 points vs. BERT. Good.", 2),
        ("J. K. Rowling wrote. We read.", 2),
        ('He said "stop." Then he left.', 2),
        ("No full stop at the end", 1),
        ("手法を提案します。結果は良好です。以上", 3),
        ("「良い。」と言った。次に進む。", 2),
        ("방법을 제안한다. 결과는 좋다.", 2),
        ("", 0),
        ("  \n ", 0),
    ],
)
def test_it_knows_where_a_sentence_ends(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_nothing_of_the_text_is_lost() -> None:
    text = "We propose X (e.g. in Fig. 2).\nIt beats “Y.” Then  we stop! And 3.5 stays."
    assert " ".join(split(text)) == " ".join(text.split())


def test_nothing_of_a_real_abstract_is_lost(shared_data: Path) -> None:
    feed = json.loads((shared_data / "arxiv" / "q_testing_s0_m10_bc5a6c384fe9.json").read_text(encoding="utf-8"))[
        "body"
    ]
    abstracts = re.findall(r"<summary[^>]*>(.*?)</summary>", feed, re.DOTALL)
    assert len(abstracts) == 10
    assert all(" ".join(split(abstract)) == " ".join(abstract.split()) for abstract in abstracts)


PAGE = """3.1 Data and Models
We train on the public data set
with two hundred thousand files.
Table 2: Accuracy on all benchmarks that we tried here.
HumanEval 48.2 51.3 62.0 71.9 80.1 90.2 48.1 33.3.
The results show that filtering helps in every case. It
does so at no cost.

the tail of a sentence from another page ends here.
Conclusion
In this paper we have shown how to filter files.
"""


def test_prose_leaves_out_headings_captions_and_tables() -> None:
    assert prose(PAGE) == [
        "We train on the public data set with two hundred thousand files.",
        "The results show that filtering helps in every case.",
        "It does so at no cost.",
        "In this paper we have shown how to filter files.",
    ]


def test_each_point_of_a_list_stands_alone() -> None:
    page = "Three limits follow from this:\n• The first limit is that synonyms do not count\nat all.\n• The second one is noise."
    assert prose(page) == ["The first limit is that synonyms do not count at all."]


def test_too_short_and_too_long_is_no_sentence_to_quote() -> None:
    assert prose("It works. " + "Word " + "and another word " * 30 + "ends.") == []
