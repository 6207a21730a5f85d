"""Tags whose answers are remembered: what they answer is what Django's own do, whatever changed since."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.urls import NoReverseMatch, clear_script_prefix, include, path, set_script_prefix
from django.utils import timezone as time_zones
from django.utils.translation import override
from wagtail.models import Site

from papers.models import PaperPage
from tests.factories import make_paper, make_week
from weekly.reversing import path_of

urlpatterns = [path("elsewhere/", include("weekly.urls"))]


def said(source: str, own: str = "remembered", **values: Any) -> str:
    return Template(f"{{% load i18n {own} %}}{source}").render(Context(values))


@pytest.mark.parametrize("language", ["en", "ja", "ko", "de"])
@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Quote" %}',
        '{% translate "Answer" context "a comment" %}',
        '{% translate "100% of <b>" %}',
        '{% translate "Quote" as words %}[{{ words }}]',
        '{% translate "Quote" noop %}',
        '{% translate "Quote"|upper %}',
        "{% translate word %}",
        "{% blocktranslate %}Link to question {{ number }}{% endblocktranslate %}",
        "{% blocktranslate with number=odd|lower %}question {{ number }}{% endblocktranslate %}",
        "{% blocktranslate asvar words with number=odd %}question {{ number }}{% endblocktranslate %}[{{ words }}]",
        "{% blocktranslate trimmed %}\n  Thanks to {{ missing }}.\n{% endblocktranslate %}",
        "{% blocktranslate %}100% of {{ odd }}{% endblocktranslate %}",
        "{% autoescape off %}{% blocktranslate with name=odd %}Thanks to {{ name }}.{% endblocktranslate %}{% endautoescape %}",
        "{% blocktranslate count number=number %}{{ number }} paper{% plural %}{{ number }} papers{% endblocktranslate %}",
        "{% url 'weekly:tags' %} {% url view 'a' as tag %}{{ tag }} {% url 'weekly:tag' slug='ü' %}",
        "{% url 'weekly:tag' number %} {% url 'weekly:nothing' as none %}[{{ none }}]",
        "{% autoescape off %}{% url 'weekly:tag' 'ü' %}{% endautoescape %}",
        '{{ day|date:"DATE_FORMAT" }} {{ day|date:"c" }} {{ day|date }} {{ none|date:"DATE_FORMAT" }}',
        '{{ moment|date:"DATE_FORMAT" }} {{ moment|date:"c" }}',
    ],
)
def test_it_says_what_django_says_the_first_time_and_the_second(language: str, source: str) -> None:
    values = {
        "word": "Quote", "number": 12345, "odd": "<A & B> %s", "view": "weekly:tag",
        "day": date(2026, 11, 2), "moment": datetime(2026, 11, 2, 23, 30, tzinfo=UTC),
    }  # fmt: skip
    quick = Template(f"{{% load i18n remembered %}}{source}")
    with override(language):
        plain = said(source, "", **values)
        assert [quick.render(Context(values)) for _time in range(2)] == [plain, plain]


def test_a_template_follows_the_language() -> None:
    template = Template('{% load i18n remembered %}{% translate "Quote" %} {{ day|date:"DATE_FORMAT" }}')
    found = {}
    for language in ("en", "ja", "ko", "en"):
        with override(language):
            found.setdefault(language, set()).add(template.render(Context({"day": date(2026, 11, 2)})))
    assert [len(told) for told in found.values()] == [1, 1, 1]
    assert len(set.union(*found.values())) == 3


def test_a_moment_follows_the_time_zone() -> None:
    moment = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    template = Template('{% load remembered %}{{ moment|date:"Y-m-d" }}')
    days = []
    for zone in (UTC, timezone(timedelta(hours=9))):
        with time_zones.override(zone):
            days.append(template.render(Context({"moment": moment})))
    assert days == ["2026-11-02", "2026-11-03"]


def test_a_value_is_not_remembered_with_its_sentence() -> None:
    template = Template("{% load remembered %}{% blocktranslate %}question {{ number }}{% endblocktranslate %}")
    assert template.render(Context({"number": 1})) != template.render(Context({"number": 2}))


def test_an_address_follows_the_language_the_prefix_and_the_hosts_own_ones(settings: Any) -> None:
    with override("ja"):
        first = path_of("weekly:tag", "a")
        with override("ko"):
            korean = path_of("weekly:tag", "a")
        set_script_prefix("/below/")
        below = path_of("weekly:tag", "a")
        clear_script_prefix()
        settings.ROOT_URLCONF = __name__
        elsewhere = path_of("weekly:tag", "a")
    assert [first, korean, below, elsewhere] == ["/tags/a/", "/ko/tags/a/", "/below/tags/a/", "/elsewhere/tags/a/"]


def test_what_is_constant_follows_the_language_the_prefix_and_the_hosts_own_addresses(settings: Any) -> None:
    source = """<a href="{% url 'weekly:tag' 'ü' %}">{% translate "Quote" %}</a>
        {% blocktranslate trimmed %} Written by the editors. {% endblocktranslate %}"""
    quick = Template(f"{{% load i18n remembered %}}{{% constant %}}{source}{{% endconstant %}}")
    found = []

    def compare() -> None:
        told = [quick.render(Context()) for _time in range(2)]
        assert told == [said(source, "")] * 2
        found.append(told[0])

    for language in ("en", "ja", "ko", "en"):
        with override(language):
            compare()
            set_script_prefix("/below/")
            compare()
            clear_script_prefix()
    settings.ROOT_URLCONF = __name__
    with override("ko"):
        compare()
    assert len(set(found)) == 7


@pytest.mark.parametrize(
    "inner",
    [
        "{{ word }}",
        "{% translate word %}",
        '{% translate "Quote" as words %}',
        "{% blocktranslate %}question {{ number }}{% endblocktranslate %}",
        "{% url view %}",
        "{% url 'weekly:tag' slug %}",
        "{% url 'weekly:tags' as address %}",
        "{% if word %}{% endif %}",
        '{% include "weekly/includes/range.html" %}',
    ],
)
def test_nothing_is_constant_that_follows_from_a_value(inner: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        said(f"{{% constant %}}{inner}{{% endconstant %}}")


def test_a_static_file_has_the_address_of_its_release(settings: Any, tmp_path: Path) -> None:
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    quick = Template('{% load static remembered %}{% static "a.js" %} {% static name as b %}{{ b }}')
    plain = Template('{% load static %}{% static "a.js" %} {% static name as b %}{{ b }}')
    for version in ("1", "2"):
        paths = {"a.js": f"a.{version}.js", "b.js": f"b.{version}.js"}
        (tmp_path / "staticfiles.json").write_text(json.dumps({"paths": paths, "version": "1.1", "hash": ""}))
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
        told = [one.render(Context({"name": "b.js"})) for one in (quick, quick, plain)]
        assert told == [f"/static/a.{version}.js /static/b.{version}.js"] * 3


def test_an_address_that_nobody_has_is_a_fault_each_time() -> None:
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            path_of("weekly:nothing")
        with pytest.raises(NoReverseMatch):
            said("{% url 'weekly:nothing' %}")


@pytest.mark.django_db
def test_pages_lie_where_wagtail_says() -> None:
    papers = [make_paper(live=True, slug=slug, title=slug) for slug in ("one", "two", "ein-ü", "three")]
    week = make_week(*papers, live=True)
    pages = [*papers, week, week.get_parent(), papers[0].get_parent(), PaperPage(title="A draft")]
    source = "{% for page in pages %}{% pageurl page %} {% endfor %}"
    for request in (RequestFactory().get("/"), None):
        values = {"pages": pages, "request": request}
        assert said(source, **values) == said(source, "wagtailcore_tags", **values)
    with override("ko"):
        assert said(source, **values) == said(source, "wagtailcore_tags", **values)


@pytest.mark.django_db
def test_a_page_that_no_site_holds_has_no_address() -> None:
    paper = make_paper(live=True)
    values = {"page": paper, "request": RequestFactory().get("/")}
    Site.objects.all().delete()
    assert said("{% pageurl page as url %}[{{ url }}]", **values) == "[None]"


class TwoOfOne:
    """A host that has the digest's views twice."""

    urlpatterns = [
        path("one/", include("weekly.urls", namespace="one")),
        path("two/", include("weekly.urls", namespace="two")),
    ]


@pytest.mark.parametrize("instance", ["one", "two"])
def test_of_two_digests_on_a_site_each_leads_to_itself(settings: Any, instance: str) -> None:
    settings.ROOT_URLCONF = TwoOfOne
    request = RequestFactory().get("/")
    request.current_app = instance
    template = Template("{% load remembered %}{% url 'weekly:tags' %}")
    assert template.render(RequestContext(request)) == f"/{instance}/tags/"
