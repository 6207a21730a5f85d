"""What the public JSON promises: clear refusals, its own description, and what an answer costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_comment, make_correction, make_paper, make_week
from weekly.hearing.tokens import issue
from weekly.models import WeekPage

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
Get = Callable[..., Any]
MAX_QUERIES = 10

# Bad questions

LISTS = ["weeks", "papers", "tags", "tags/agents", "corrections"]
BAD_CURSORS = [
    "x",
    ".",
    "1.",
    "2024-13-01.5",
    "2024-05-06.",
    "2024-05-06.9999999999999999999",
    "\x00",
    "２０２４-05-06.1",
    "-1.-1",
]


BAD_LIMITS = ["0", "-1", "101", "9" * 20, "9" * 5000, "1e3", "nan", "ten", "\x00"]


@pytest.mark.parametrize("path", LISTS)
def test_a_broken_cursor_is_refused_in_words(get: Get, path: str) -> None:
    make_week(make_paper(live=True, tags=["agents"]), live=True)
    for cursor in BAD_CURSORS:
        assert "no place in this list" in get(path, status=422, after=cursor)["detail"]


@pytest.mark.parametrize("path", LISTS)
def test_an_absurd_limit_is_refused_in_words(get: Get, path: str) -> None:
    make_week(make_paper(live=True, tags=["agents"]), live=True)
    for limit in BAD_LIMITS:
        assert get(path, status=422, limit=limit)["detail"].startswith("limit: ")


@pytest.mark.parametrize("language", ["x_y", "日本語", "\x00", "'; drop", "a" * 36])
def test_a_tag_that_is_no_language_is_refused(get: Get, language: str) -> None:
    assert "language" in get("papers", status=422, language=language)["detail"]


@pytest.mark.parametrize("start", ["2024-05-32", "1715000000", "2024-05-06T10:00", "yesterday", "9" * 400, "%00"])
def test_a_start_that_is_no_day_is_refused(get: Get, start: str) -> None:
    assert get(f"weeks/{start}", status=422)["detail"].startswith("start: ")


@pytest.mark.parametrize("path", ["papers/%00", "tags/%00", f"papers/{'a' * 300}", "weeks/2024-05-06?source=%00"])
def test_what_no_database_takes_never_reaches_it(get: Get, path: str) -> None:
    assert get(path, status=422)["detail"]


@pytest.mark.parametrize(
    "path", ["papers/nix", "tags/%E3%81%AA%E3%81%84", "weeks/2024-05-06", "nix", "papers/a/b", "weeks/"]
)
def test_what_is_not_there_is_told_in_json(get: Get, path: str) -> None:
    assert list(get(path, status=404)) == ["detail"]


def test_nothing_can_be_written(client: Client) -> None:
    assert client.post("/api/v1/papers", {}).status_code == 405


# As a program sees it


def test_head_tells_what_get_would(client: Client) -> None:
    make_paper(live=True)
    assert client.head("/api/v1/papers").status_code == 200
    assert client.head("/api/v1/papers/nix").status_code == 404


def test_an_answer_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    paper = make_paper(live=True)
    tag = client.get("/api/v1/papers")["ETag"]
    assert client.get("/api/v1/papers", headers={"If-None-Match": tag}).status_code == 304
    paper.unpublish()
    assert client.get("/api/v1/papers", headers={"If-None-Match": tag}).status_code == 200


# The description


@pytest.fixture
def document(get: Get) -> Json:
    return get("openapi.json")


def conforms(value: Any, schema: Json, document: Json) -> bool:
    """Whether a value is as a schema of the document describes it, with no key more and none less."""
    if "$ref" in schema:
        return conforms(value, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], document)
    if "anyOf" in schema:
        return any(conforms(value, option, document) for option in schema["anyOf"])
    if schema["type"] == "object" and "additionalProperties" in schema:
        return all(conforms(item, schema["additionalProperties"], document) for item in value.values())
    if schema["type"] == "object":
        fields = schema["properties"]
        return (
            value is not None
            and set(value) == set(fields)
            and all(conforms(value[name], fields[name], document) for name in fields)
        )
    if schema["type"] == "array":
        return isinstance(value, list) and all(conforms(item, schema["items"], document) for item in value)
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
    return type(value) is kinds[schema["type"]]


ADDRESSES = ["weeks", "weeks/{start}", "papers", "papers/{slug}", "tags", "tags/{slug}", "search"]
SPOKEN = ["comments", "corrections", "form"]
POSTED = ["comments", "reports"]


@pytest.mark.parametrize("path", ADDRESSES)
def test_every_answer_is_as_described(get: Get, document: Json, path: str) -> None:
    paper = make_paper(live=True, qas=2, tags=["agents"])
    make_week(paper, make_paper(), live=True)
    slug = "agents" if path.startswith("tags") else paper.slug
    told = document["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert conforms(get(path.format(start="2024-05-06", slug=slug)), told, document)


@pytest.mark.parametrize("path", SPOKEN)
def test_what_readers_said_is_as_described(get: Get, document: Json, path: str) -> None:
    paper = make_paper(live=True)
    make_comment(paper, parent=make_comment(paper, state="approved"), state="approved")
    make_correction(paper)
    told = document["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    choice = {"kind": "report"} if path == "form" else {}
    assert conforms(get(path, page=paper.pk, **choice), told, document)


@pytest.mark.parametrize("path", POSTED)
@pytest.mark.parametrize(("words", "status"), [("So.", 201), ("", 422)])
def test_answers_to_posts_are_as_described(client: Client, document: Json, path: str, words: str, status: int) -> None:
    paper = make_paper(live=True)
    token = issue(path.removesuffix("s"), paper.pk, 10)
    body = {"page": paper.pk, "token": token, "name": "Bob", "text": words, "message": words}
    answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
    told = document["paths"][f"/api/v1/{path}"]["post"]["responses"][str(status)]["content"]["application/json"]
    assert (answer.status_code, conforms(answer.json(), told["schema"], document)) == (status, True)


def test_errors_are_as_described(get: Get, document: Json) -> None:
    responses = document["paths"]["/api/v1/papers/{slug}"]["get"]["responses"]
    for status in ("404", "422"):
        told = responses[status]["content"]["application/json"]["schema"]
        assert conforms(get("papers/nix" if status == "404" else "papers/%00", status=int(status)), told, document)


def test_the_description_is_whole(document: Json) -> None:
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    references = set(re.findall(r"#/components/schemas/(\w+)", str(document)))
    assert document["openapi"].startswith("3.1")
    assert {path.removeprefix("/api/v1/") for path in document["paths"]} == {*ADDRESSES, *SPOKEN, *POSTED}
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert references <= set(document["components"]["schemas"])


def test_the_pages_about_the_api_load_nothing_from_elsewhere(client: Client) -> None:
    html = client.get("/api/v1/docs").content.decode()
    assert "//" not in re.sub(r"/\*.*?\*/", "", html, flags=re.S)
    assert '"validatorUrl": null' in html


# What it costs


def many(count: int) -> None:
    """Weeks, papers with answers and tags, all public."""
    papers = [make_paper(live=True, qas=3, tags=["agents", f"t{number}"]) for number in range(count)]
    for number in range(count):
        make_week(*papers, live=True, start=date(2024, 5, 6) + timedelta(weeks=number))


@pytest.mark.parametrize("path", ["weeks", "weeks/2024-05-06", "papers", "tags", "tags/agents", "papers/one"])
def test_an_answer_takes_as_many_queries_for_two_as_for_seven(
    client: Client, path: str, django_assert_max_num_queries: Any
) -> None:
    make_week(make_paper(live=True, slug="one", qas=9, tags=["agents"]), live=True, start=date(2024, 4, 29))
    counts = []
    for more in (2, 5):
        WeekPage.objects.filter(start__gte=date(2024, 5, 6)).delete()
        many(more)
        client.get(f"/api/v1/{path}")  # the site's root paths are now in the cache
        with django_assert_max_num_queries(MAX_QUERIES) as seen:
            assert client.get(f"/api/v1/{path}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
