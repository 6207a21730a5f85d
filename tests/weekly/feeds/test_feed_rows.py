"""What feeds write by hand reads as a template writes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from papers.models import PaperPage
from papers.presenting import PlainQuestion
from tests.weekly.test_remembered import said
from weekly.models import WeekEntry

QUESTIONS_BY_TEMPLATE = """\
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
ABSTRACT = """\
{{ paper.abstract_translated|plain|linebreaks }}{% if paper.abstract %}\
<div lang="{{ paper.source_language }}">{{ paper.abstract|plain|linebreaks }}</div>{% endif %}
"""
ENTRIES_BY_TEMPLATE = f"""\
{{% for entry, url in papers %}}<li>{{% if url %}}{{% with paper=entry.shown_paper %}}<p>\
<a href="{{{{ url }}}}"{{% if not paper.title_translated %}} lang="{{{{ paper.source_language }}}}"{{% endif %}}>\
{{{{ paper.title_translated|default:paper.title|plain }}}}</a>{{% if paper.title_translated %}}<br>\
<span lang="{{{{ paper.source_language }}}}">{{{{ paper.title|plain }}}}</span>{{% endif %}}</p>
{{{{ paper.summary|plain|linebreaks }}}}{ABSTRACT}{{% endwith %}}{{% else %}}\
<p lang="en">{{{{ entry.title|plain }}}}</p>{{% endif %}}\
{{% if entry.note %}}<blockquote lang="en">{{{{ entry.note|plain|linebreaks }}}}</blockquote>{{% endif %}}</li>
{{% endfor %}}"""
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
        assert told == said(QUESTIONS_BY_TEMPLATE, "digest prose", **values)


def entry(paper: PaperPage | None = None, **texts: str) -> WeekEntry:
    made = WeekEntry(**texts)
    made.shown_paper = paper
    return made


def test_papers_of_a_week_read_as_a_template_writes_them() -> None:
    plain = PaperPage(title=ODD, source_language=ODD)
    translated = PaperPage(title="A", title_translated=ODD, summary=LONG, abstract=LONG, abstract_translated=LONG)
    papers = [
        (entry(title=ODD, note=LONG), None),
        (entry(plain, title="T"), ODD),
        (entry(translated, title="T", note="n"), "/p/"),
        (entry(translated, title=ODD), ""),
    ]
    assert said("{% entry_rows papers %}", "feed_rows", papers=papers) == said(
        ENTRIES_BY_TEMPLATE, "prose", papers=papers
    )
    for paper in (plain, translated):
        assert said("{% abstract_of paper %}", "feed_rows", paper=paper) == said(ABSTRACT, "prose", paper=paper)


@pytest.mark.parametrize("text", ["", ODD, LONG, "\n\na\n", "a\r\rb"])
def test_paragraphs_are_djangos(text: str) -> None:
    told = said("{{ text|paragraphs }}", "feed_rows", text=text)
    assert told == said("{{ text|plain|linebreaks }}", "prose", text=text)
