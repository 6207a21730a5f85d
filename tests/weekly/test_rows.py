"""Rows that are written by hand: they say what a template of Django's says of the same values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.template import Context, Template
from django.utils.translation import override

from papers.models.listed import ListedPaper
from tests.weekly.test_remembered import said
from weekly.models.listed import ListedWeek
from weekly.tags import CountedTag, TagName

ODD = "<b> & 'x' \""
PAPER = ListedPaper(
    pk=1, sort_date=date(2026, 11, 2), live=True, url_path="/p/", slug="p", title=ODD, title_translated="", summary="",
    language="ja", source_language="en", arxiv_id=None, arxiv_version=None, source_url="", pdf_url="", authors="",
    published_on=None, updated_on=None, categories="", abstract_only=False, withdrawn=False,
)  # fmt: skip
PAPERS = [
    (PAPER, "/p/"),
    (PAPER._replace(title_translated=f"{ODD} $O(n^2)$", source_language=ODD, published_on=date(2026, 11, 2)), None),
    (PAPER._replace(title="題", summary=ODD * 40, arxiv_id=ODD), ODD),
    (PAPER._replace(title="", summary="Costs \\$5, or $x_1$."), ""),
]
TAGS = [CountedTag(1, 12345, TagName("a", ODD)), CountedTag(2, 1, TagName("タグ", ""))]
WEEK = ListedWeek(1, date(2026, 11, 2), date(2026, 11, 8), "/w/", "Week", "", "", "ja", "", "", "")
WEEKS = [(WEEK, "/w/"), (WEEK._replace(theme=f"{ODD} $x_1$" * 9, end=date(2027, 1, 3)), ODD), (WEEK, None)]
PAPERS_BY_TEMPLATE = """{% for paper, url in papers %}<li><h2>{% if paper.title_translated %}
<a href="{{ url }}">{{ paper.title_translated|inline }}</a>
<span class="original-title" lang="{{ paper.source_language }}">{{ paper.title|inline }}</span>
{% else %}<a href="{{ url }}" lang="{{ paper.source_language }}">{{ paper.title|inline }}</a>{% endif %}</h2>
<p class="meta">
{% if paper.published_on %}
<time datetime="{{ paper.published_on.isoformat }}">{{ paper.published_on|date:"DATE_FORMAT" }}</time>
{% endif %}{% if paper.arxiv_id %}<span lang="en">arXiv:{{ paper.arxiv_id }}</span>{% endif %}</p>
<p>{{ paper.summary|beginning:180|inline }}</p></li>{% endfor %}"""
WEEKS_BY_TEMPLATE = """{% for week, url in weeks %}<li><a href="{{ url }}">{% span_of week.start week.end %}</a>
{% if week.theme %}<span class="week-theme">{{ week.theme|beginning:120|inline }}</span>{% endif %}</li>{% endfor %}"""
TAGS_BY_TEMPLATE = """{% for count in counts %}<li><a href="{% url 'weekly:tag' count.tag.slug %}">
{{ count.tag.name }} <span class="number">{{ count.papers }}</span></a></li>{% endfor %}"""

CITATIONS = [
    {"page": 3, "verified": True, "quote": f"{ODD} costs $O(n)$"},
    {"page": 1200, "verified": False, "quote": ""},
    {"page": None, "verified": True, "quote": "From the abstract."},
    {"page": None, "verified": False, "quote": None},
]
CITATIONS_BY_TEMPLATE = """{% for citation in citations %}<li{% if not citation.verified %} class="unverified"{% endif %}>
{% with number=citation.page|stringformat:"d" %}{% if citation.page %}
{% if pdf|slice:":4" == "http" %}<a href="{{ pdf }}#page={{ number }}">p.{{ number }}</a>{% else %}<span>p.{{ number }}</span>{% endif %}
{% elif citation.verified %}<span>{% translate "Abstract" %}</span>{% endif %}
{% if not citation.verified %}<span class="remark">{% translate "not found in the paper" %}</span>{% endif %}
{% if citation.quote %}<details data-original><summary>{% translate "Quote" %}
{% if citation.page %}<span class="unseen"> p.{{ number }}</span>{% endif %}</summary>
<blockquote class="original" lang="{{ odd }}">{{ citation.quote|inline }}</blockquote></details>{% endif %}{% endwith %}
</li>{% endfor %}"""


def without_gaps(html: str) -> str:
    """Without white space between elements, and at their edges."""
    return "".join(f"<{piece.strip()}" for piece in html.replace(">", ">\n").split("<")).replace("\n", "")


def compare(one: str, other: str, **values: Any) -> None:
    told = [without_gaps(said(source, "dates prose remembered rows", **values)) for source in (one, other)]
    assert told[0] == told[1]


@pytest.mark.parametrize("language", ["en", "ja", "ko", "de"])
def test_rows_read_as_a_template_writes_them(language: str) -> None:
    with override(language):
        for _time in range(2):
            compare("{% paper_rows papers %}", PAPERS_BY_TEMPLATE, papers=PAPERS)
            compare("{% week_rows weeks %}", WEEKS_BY_TEMPLATE, weeks=WEEKS)
            compare("{% tag_rows counts %}", TAGS_BY_TEMPLATE, counts=TAGS)


@pytest.mark.parametrize("pdf", ["https://arxiv.org/pdf/1?a&b", "javascript:alert(1)", ""])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_citations_read_as_a_template_writes_them(language: str, pdf: str) -> None:
    with override(language):
        rows = "{% citation_rows citations pdf odd %}"
        compare(rows, CITATIONS_BY_TEMPLATE, citations=CITATIONS, pdf=pdf, odd=ODD)


def test_rows_follow_the_language() -> None:
    rows = Template("{% load rows %}{% paper_rows papers %}{% week_rows weeks %}{% tag_rows counts %}")
    found = set()
    for language in ("en", "ja", "ko", "en"):
        with override(language):
            found.add(rows.render(Context({"papers": PAPERS, "weeks": WEEKS, "counts": TAGS})))
    assert len(found) == 3


def test_numbers_are_grouped_where_the_site_groups_them(settings: Any) -> None:
    settings.USE_THOUSAND_SEPARATOR = True
    with override("en"):
        compare("{% tag_rows counts %}", TAGS_BY_TEMPLATE, counts=TAGS)
        assert "12,345" in said("{% tag_rows counts %}", "rows", counts=TAGS)
