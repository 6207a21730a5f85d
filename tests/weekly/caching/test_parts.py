"""Pages are put together from parts: what did not change is not made anew, and what changed is, in all that shows it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory

from papers.models import PaperPage
from papers.showing import Later, noting, noting_part, page, shows, tag
from tests.factories import make_comment, make_correction, make_editor, make_paper, make_week
from tests.weekly.caching.reading import Reader
from weekly.caching.parts import Parts
from weekly.caching.shelf import Shelf
from weekly.moderation import comments

pytestmark = pytest.mark.django_db
Done = Callable[[], AbstractContextManager[Any]]
OWN, WEEK = "/papers/own/", "/weeks/2024-05-06/"


@pytest.fixture
def own(reader: Reader) -> PaperPage:
    """A paper in its week among others that have something in common with it; every page was read once."""
    own, *others = (make_paper(live=True, slug=slug, tags=["agents"], qas=3) for slug in ("own", "other", "third"))
    make_week(own, *others, live=True)
    reader.fill(OWN, WEEK, "/papers/other/")
    return own


@pytest.fixture
def anew() -> Reader:
    """A reader whose pages are made whole each time."""
    reader = Reader(Client())
    reader.client.cookies.load({"messages": "none"})
    return reader


def test_after_a_comment_the_rest_of_the_page_is_not_made_anew(
    reader: Reader, anew: Reader, own: PaperPage, done: Done
) -> None:
    waiting = make_comment(own, text="Is it really faster?")
    with done():
        comments.approve([waiting.pk], make_editor())
    answer = reader.get(OWN)
    assert "Is it really faster?" in answer.text
    assert not answer.was_kept
    asked = reader.asked
    assert answer.content == anew.get(OWN).content
    assert asked <= anew.asked - 5  # neither tags, weeks, neighbours nor related papers were asked for


def test_a_correction_stands_in_every_part_that_tells_of_it(
    reader: Reader, anew: Reader, own: PaperPage, done: Done
) -> None:
    assert "#corrections" not in reader.get(OWN).text
    with done():
        make_correction(own)
    answer = reader.get(OWN)
    assert answer.text.count('href="#corrections"') == 2  # in the contents, and as the day of the last one
    assert 'id="corrections"' in answer.text
    assert answer.content == anew.get(OWN).content


def test_a_new_neighbour_leaves_the_text_as_it_is(reader: Reader, anew: Reader, own: PaperPage, done: Done) -> None:
    before = reader.get(OWN)
    with done():
        make_paper(live=True, slug="newest", title="The newest", tags=["agents"], published_on=own.published_on)
    answer = reader.get(OWN)
    assert "The newest" in answer.text
    assert "The newest" not in before.text
    assert answer.content == anew.get(OWN).content


def test_a_paper_is_corrected_in_its_week_as_well(reader: Reader, anew: Reader, own: PaperPage, done: Done) -> None:
    own.summary = "Put in other words."
    with done():
        own.save_revision(user=make_editor()).publish()
    for address in (OWN, WEEK):
        answer = reader.get(address)
        assert "Put in other words." in answer.text
        assert answer.content == anew.get(address).content


def test_a_query_gets_no_parts_of_the_page_without(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        thread = make_comment(own, text="The first of all", state="approved")
        make_comment(own, text="A later one", state="approved")
    reader.fill(OWN)
    answer = reader.get(f"{OWN}?comments={thread.pk + 1}")
    assert "The first of all" in answer.text
    assert "A later one" not in answer.text
    assert "A later one" in reader.get(OWN).text


def test_a_preview_shows_the_draft(reader: Reader, own: PaperPage, admin_client: Client) -> None:
    own.summary = "Not for readers yet."
    own.save_revision()
    assert "Not for readers yet." in admin_client.get(f"/admin/pages/{own.pk}/view_draft/").text
    assert "Not for readers yet." not in reader.get(OWN).text


def test_no_part_of_a_page_with_a_forms_token_is_kept(settings: Any, tmp_path: Path, digest: Any) -> None:
    """The frame of a host that has a form of its own in the head."""
    frame = (Path(settings.BASE_DIR) / "templates" / "base.html").read_text(encoding="utf-8")
    framed = frame.replace("{% block head %}", "{% block head %}{% csrf_token %}")
    (tmp_path / "framed.html").write_text(framed, encoding="utf-8")
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], tmp_path]}]
    digest(BASE_TEMPLATE="framed.html")
    make_paper(live=True, slug="framed")
    one, other = (Client().get("/papers/framed/").text for _time in range(2))
    assert "csrfmiddlewaretoken" in one
    assert one != other


def test_what_a_part_sets_is_not_known_behind_it() -> None:
    """Or a page would look different once the part is kept."""
    text = '{% load i18n parts %}{% part "one" %}{% translate "Tags" as word %}{{ word }}{% endpart %}({{ word }})'
    assert Template(text).render(Context()).endswith("()")


@pytest.mark.parametrize("bad", ["{% part %}{% endpart %}", '{% part "one" page more %}{% endpart %}'])
def test_a_part_without_a_name_or_with_too_much_is_told(bad: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="part takes a name"):
        Template("{% load parts %}" + bad)


def test_what_is_shown_twice_counts_for_both_parts() -> None:
    made = Later(lambda: shows(page(1)) or "shown")
    with noting() as whole:
        with noting_part() as first:
            assert made() == "shown"
        with noting_part([tag(2)]) as second:
            made()
    assert page(1) in first.names & second.names
    assert {page(1), tag(2)} <= whole.names
    assert page(1) not in whole.own


def test_a_prefix_that_one_request_names_is_no_other_readers(reader: Reader, anew: Reader, own: PaperPage) -> None:
    """Some servers take it from a header."""
    reader.client.get("/papers/third/", SCRIPT_NAME="/evil")
    for address in ("/papers/third/", "/papers/other/"):
        assert "/evil" not in reader.get(address).text
    reader.client.get("/", SCRIPT_NAME="/papers/own")
    assert reader.get(OWN).content == anew.get(OWN).content


def test_a_name_that_stands_twice_is_not_kept() -> None:
    text = "{% load parts %}{% for word in words %}{% part 'one' page %}{{ word }}{% endpart %}{% endfor %}"
    page, shelf = make_paper(live=True), Shelf("digest")
    for _time in range(2):
        request = RequestFactory().get("/")
        request.parts = Parts(shelf, shelf.begin())
        assert Template(text).render(Context({"request": request, "page": page, "words": "ab"})) == "ab"
        request.parts.keep()


@pytest.mark.parametrize("missing", [None, "", object()])
def test_a_part_of_nothing_is_not_shared(missing: Any) -> None:
    shelf = Shelf("digest")
    for word in "ab":
        request = RequestFactory().get("/")
        request.parts = Parts(shelf, shelf.begin())
        context = Context({"request": request, "page": missing, "word": word})
        assert Template("{% load parts %}{% part 'one' page %}{{ word }}{% endpart %}").render(context) == word
        request.parts.keep()
