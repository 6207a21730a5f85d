"""The public JSON API, version 1: read-only, live public pages only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import Swagger
from ninja.renderers import JSONRenderer
from pydantic import Field

from papers.errors import BadLanguage
from papers.keyset import PAGE_SIZE, BadCursor
from weekly import lists, schemas, serializing
from weekly.addresses import language_of
from weekly.models import WeekPage

MAX_LIMIT = 100
View = TypeVar("View", bound=Callable[..., object])


class Utf8Renderer(JSONRenderer):
    """Text as it is: escaped, Japanese would take twice the bytes."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Paper digest",
    version="1",
    description="Public weeks, papers and tags of the digest. Follow `next` to the end of a list.",
    urls_namespace="weekly:api-v1",
    # Swagger's page would otherwise ask a validator on the internet about our schema.
    docs=Swagger(settings={"validatorUrl": None}),
    renderer=Utf8Renderer(),
)
api.add_decorator(conditional_page, mode="view")


class Choice(Schema):
    language: str | None = Field(None, max_length=35, description="BCP 47 tag, such as ja; the site's own by default")


class WeekChoice(Choice):
    source: str | None = Field(
        None, max_length=50, pattern=r"^[^\x00]*$", description="Key of the reading list, where several have that week"
    )


class ListChoice(Choice):
    after: str = Field("", max_length=40, description="Cursor from the page before")
    limit: int = Field(PAGE_SIZE, ge=1, le=MAX_LIMIT, description="Items on a page")


def _get(path: str, response: type[Schema]) -> Callable[[View], View]:
    """Register a view for GET, and for HEAD without a second entry in the OpenAPI document."""
    answers = {200: response, 404: schemas.Problem, 422: schemas.Problem}

    def register(view: View) -> View:
        api.get(path, response=answers, operation_id=view.__name__)(view)
        api.api_operation(["HEAD"], path, response=answers, include_in_schema=False)(view)
        return view

    return register


SLUG = Path(..., max_length=255, pattern=r"^[^\x00]+$")


@_get("/weeks", schemas.Weeks)
def weeks(request: HttpRequest, choice: Query[ListChoice]) -> schemas.Weeks:
    """Weeks, newest first."""
    home = lists.public_home(language_of(request, choice.language))
    found, after = lists.list_weeks(home, choice.after, choice.limit)
    items = [serializing.week_row(week, request) for week in found]
    return schemas.Weeks(items=items, **serializing.links_on(request, after))


@_get("/weeks/{start}", schemas.Week)
def week(request: HttpRequest, start: date, choice: Query[WeekChoice]) -> schemas.Week:
    """A week with its entries."""
    language = language_of(request, choice.language)
    found = lists.find_week(start, language, choice.source)
    if found is None:
        raise HttpError(404, f"There is no public week in {language} that starts on {start}.")
    entries = lists.entries_of([found])[found.pk]
    tags = lists.tags_of(entry.shown_paper for entry in entries if entry.shown_paper)
    return serializing.week(found, entries, tags, request)


@_get("/papers", schemas.Papers)
def papers(request: HttpRequest, choice: Query[ListChoice]) -> schemas.Papers:
    """Papers, newest first."""
    found, after = lists.list_papers(language_of(request, choice.language), choice.after, choice.limit)
    tags = lists.tags_of(found)
    items = [serializing.paper_row(paper, tags[paper.pk], request) for paper in found]
    return schemas.Papers(items=items, **serializing.links_on(request, after))


@_get("/papers/{slug}", schemas.Paper)
def paper(request: HttpRequest, choice: Query[Choice], slug: str = SLUG) -> schemas.Paper:
    """A paper with its questions and answers."""
    language = language_of(request, choice.language)
    found = lists.find_paper(slug, language)
    if found is None:
        raise HttpError(404, f"There is no public paper “{slug}” in {language}.")
    listing = WeekPage.objects.listing(found)
    return serializing.paper(found, lists.tags_of([found])[found.pk], listing, request)


@_get("/tags", schemas.Tags)
def tags(request: HttpRequest, choice: Query[ListChoice]) -> schemas.Tags:
    """Tags, those of most papers first."""
    found, after = lists.list_tags(language_of(request, choice.language), choice.after, choice.limit)
    items = [serializing.tag_row(count, request) for count in found]
    return schemas.Tags(items=items, **serializing.links_on(request, after))


@_get("/tags/{slug}", schemas.TagPapers)
def tag(request: HttpRequest, choice: Query[ListChoice], slug: str = SLUG) -> schemas.TagPapers:
    """The papers of a tag, newest first."""
    language = language_of(request, choice.language)
    count = lists.find_tag(slug, language)
    if count is None:
        raise HttpError(404, f"No public paper in {language} carries the tag “{slug}”.")
    found, after = lists.list_tagged(count.tag, language, choice.after, choice.limit)
    tags = lists.tags_of(found)
    items = [serializing.paper_row(paper, tags[paper.pk], request) for paper in found]
    return schemas.TagPapers(
        tag=serializing.tag_row(count, request), items=items, **serializing.links_on(request, after)
    )


@api.api_operation(["GET", "HEAD"], "/{path:rest}", include_in_schema=False)
def unknown(request: HttpRequest, rest: str) -> None:
    """Programs get JSON for a wrong address as well."""
    raise HttpError(404, f"The API has nothing at “{rest}”.")


@api.exception_handler(BadLanguage)
@api.exception_handler(BadCursor)
def on_bad_choice(request: HttpRequest, error: BadLanguage | BadCursor) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    told = [f"{'.'.join(str(part) for part in problem['loc'][1:])}: {problem['msg']}" for problem in error.errors]
    return api.create_response(request, {"detail": "; ".join(told)}, status=422)
