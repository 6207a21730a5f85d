"""A feed's questions, which are written by hand: they read as a template writes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from papers.presenting import PlainQuestion
from tests.weekly.test_remembered import said

BY_TEMPLATE = """\
{% for key, block in questions %}{% with value=block.value %}<h3>{{ value.question|plain }}</h3>
{% if value.question_original %}<p lang="{{ language }}">{{ value.question_original|plain }}</p>
{% endif %}{{ value.answer|default:""|plain|linebreaks }}
{% if value.answer_original %}<blockquote lang="{{ language }}">{{ value.answer_original|plain|linebreaks }}</blockquote>
{% endif %}{% if value.citations %}<ul>{% for citation in value.citations %}<li>{% if citation.page %}\
{% if pdf_url|is_web %}<a href="{{ pdf_url }}#page={{ citation.page }}">p.{{ citation.page }}</a>\
{% else %}p.{{ citation.page }}{% endif %} {% endif %}\
{% if citation.quote %}<q lang="{{ language }}">{{ citation.quote|plain }}</q>{% endif %}\
{% if not citation.verified %} ({% translate "not found in the paper" %}){% endif %}</li>{% endfor %}</ul>
{% endif %}{% endwith %}{% endfor %}"""
ODD = "<b> & 'x' \" $O(n^2)$"
LONG = f"{ODD}\r\nnext\r\n\r\nsecond\n\n\nthird\r"
CITATIONS = [
    {"page": 3, "quote": ODD, "verified": True},
    {"page": None, "quote": "", "verified": False},
    {"page": 12, "quote": None, "verified": False},
]
BARE = {"question": "Why?", "question_original": "", "answer": None, "answer_original": "", "citations": []}
QUESTIONS = [
    ("a", PlainQuestion("a", BARE)),
    ("b", PlainQuestion("b", {**BARE, "question": ODD, "answer": LONG, "citations": CITATIONS})),
    ("c", PlainQuestion("c", {**BARE, "question_original": ODD, "answer_original": LONG, "citations": CITATIONS[:1]})),
]


@pytest.mark.parametrize("language", ["en", "ja", "ko"])
@pytest.mark.parametrize("pdf_url", ["https://example.org/?a=1&b=2", "javascript:x", ""])
def test_questions_read_as_a_template_writes_them(language: str, pdf_url: str) -> None:
    values: dict[str, Any] = {"questions": QUESTIONS, "language": ODD, "pdf_url": pdf_url}
    with override(language):
        told = said("{% question_rows questions language pdf_url %}", "feed_rows", **values)
        assert told == said(BY_TEMPLATE, "digest prose", **values)
