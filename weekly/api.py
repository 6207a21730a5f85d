"""The public JSON API, version 1: live public pages, and what readers say about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Path, Query, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import Swagger
from ninja.renderers import JSONRenderer
from ninja.responses import Status

from papers import showing
from papers.errors import BadLanguage
from papers.keyset import BadCursor
from papers.models.listed import list_newest
from weekly import lists, schemas, serializing
from weekly import tags as tag_lists
from weekly.addresses import language_of, page_address
from weekly.choices import (
    Choice,
    CommentChoice,
    CorrectionChoice,
    FormChoice,
    ListChoice,
    SearchChoice,
    WeekChoice,
)
from weekly.hearing.base import VoiceForm
from weekly.hearing.forms import CommentForm, ReportForm
from weekly.hearing.opening import SpokenPage, page_for
from weekly.hearing.speaker import Speaker, read_writer, speaker_of
from weekly.homes import public_home
from weekly.models import Comment
from weekly.models.listed import weeks_below
from weekly.search.asking import Question, ask

QUERY_NAMES = ("language", "source", "after", "limit", "page", "q", "tag", "week", "category")
MAX_BODY = 300_000  # bytes; every text at its longest, in any script, takes less
View = TypeVar("View", bound=Callable[..., object])


class Utf8Renderer(JSONRenderer):
    """Text as it is: escaped, Japanese would take twice the bytes."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Paper digest",
    version="1",
    description="Public weeks, papers and tags of the digest, comments and corrections. Follow `next` to a list's end.",
    urls_namespace="weekly:api-v1",
    # Swagger's page would otherwise ask a validator on the internet about our schema.
    docs=Swagger(settings={"validatorUrl": None}),
    renderer=Utf8Renderer(),
)
api.add_decorator(conditional_page, mode="view")


def _get(path: str, response: type[Schema], *, public: bool = True) -> Callable[[View], View]:
    """Register a view for GET, and for HEAD without a second entry in the OpenAPI document."""
    answers = {200: response, 404: schemas.Problem, 422: schemas.Problem}

    def register(view: View) -> View:
        marked = decorate_view(_public)(view) if public else view
        api.get(path, response=answers, operation_id=view.__name__)(marked)
        api.api_operation(["HEAD"], path, response=answers, include_in_schema=False)(marked)
        return view

    return register


def _public(view: View) -> View:
    """Mark what everybody gets alike."""

    def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return showing.public(view(request, *args, **kwargs), *QUERY_NAMES)

    return marked


SLUG = Path(..., max_length=255, pattern=r"^[^\x00]+$")


@_get("/weeks", schemas.Weeks)
def weeks(request: HttpRequest, choice: Query[ListChoice]) -> schemas.Weeks:
    """Weeks, newest first."""
    home = public_home(language_of(request, choice.language))
    found, after = weeks_below(home, choice.after, choice.limit) if home else ([], None)
    items = serializing.week_rows(found, request)
    return schemas.Weeks(items=items, **serializing.links_on(request, after))


@_get("/weeks/{start}", schemas.Week)
def week(request: HttpRequest, start: date, choice: Query[WeekChoice]) -> schemas.Week:
    """A week with its entries."""
    language = language_of(request, choice.language)
    found = lists.find_week(start, language, choice.source)
    if found is None:
        raise HttpError(404, f"There is no public week in {language} that starts on {start}.")
    entries = lists.entries_of([found])[found.pk]
    tags = tag_lists.tags_of(entry.shown_paper for entry in entries if entry.shown_paper)
    return serializing.week(found, entries, tags, request)


@_get("/papers", schemas.Papers)
def papers(request: HttpRequest, choice: Query[ListChoice]) -> schemas.Papers:
    """Papers, newest first."""
    found, after = list_newest(language_of(request, choice.language), choice.after, choice.limit)
    items = serializing.paper_rows(found, tag_lists.tags_of(found), request)
    return schemas.Papers(items=items, **serializing.links_on(request, after))


@_get("/papers/{slug}", schemas.Paper)
def paper(request: HttpRequest, choice: Query[Choice], slug: str = SLUG) -> schemas.Paper:
    """A paper with its questions and answers."""
    language = language_of(request, choice.language)
    found = lists.find_paper(slug, language)
    if found is None:
        raise HttpError(404, f"There is no public paper “{slug}” in {language}.")
    listing = lists.weeks_of(found)
    return serializing.paper(found, tag_lists.tags_of([found])[found.pk], listing, request)


@_get("/tags", schemas.Tags)
def tags(request: HttpRequest, choice: Query[ListChoice]) -> schemas.Tags:
    """Tags, those of most papers first."""
    found, after = tag_lists.list_tags(language_of(request, choice.language), choice.after, choice.limit)
    items = serializing.tag_rows(found, request)
    return schemas.Tags(items=items, **serializing.links_on(request, after))


@_get("/tags/{slug}", schemas.TagPapers)
def tag(request: HttpRequest, choice: Query[ListChoice], slug: str = SLUG) -> schemas.TagPapers:
    """The papers of a tag, newest first. A synonym's slug gives the tag that it means."""
    language = language_of(request, choice.language)
    count = tag_lists.find_tag(slug, language) or tag_lists.find_meant_tag(slug, language)
    if count is None:
        raise HttpError(404, f"No public paper in {language} carries the tag “{slug}”.")
    found, after = tag_lists.list_tagged(count.tag, language, choice.after, choice.limit)
    (row,) = serializing.tag_rows([count], request)
    items = serializing.paper_rows(found, tag_lists.tags_of(found), request)
    return schemas.TagPapers(tag=row, items=items, **serializing.links_on(request, after))


@_get("/search", schemas.Found)
def search(request: HttpRequest, choice: Query[SearchChoice]) -> schemas.Found:
    """Papers with the words in the title first, then in the summary or often, then anywhere; newest first each."""
    question = Question(language_of(request, choice.language), choice.q, choice.tag, choice.week, choice.category)
    return serializing.found(ask(question, choice.after, choice.limit), request)


@_get("/comments", schemas.Comments)
def comments(request: HttpRequest, choice: Query[CommentChoice]) -> schemas.Comments:
    """Approved comments on a page, newest first, each with its answers."""
    page = _spoken("comment", choice.page)
    found, after = lists.threads_of(page, after=choice.after, limit=choice.limit)
    items = [serializing.comment(thread, page_address(page, request)) for thread in found]
    return schemas.Comments(items=items, **serializing.links_on(request, after))


@_get("/corrections", schemas.Corrections)
def corrections(request: HttpRequest, choice: Query[CorrectionChoice]) -> schemas.Corrections:
    """What was corrected in public, newest first."""
    language = language_of(request, choice.language)
    found, after = lists.list_corrections(language, choice.after, choice.limit, choice.page)
    items = [serializing.correction(correction, request) for correction in found]
    return schemas.Corrections(items=items, **serializing.links_on(request, after))


FORMS: dict[str, type[VoiceForm]] = {"comment": CommentForm, "report": ReportForm}


@_get("/form", schemas.Form, public=False)
def form(request: HttpRequest, response: HttpResponse, choice: Query[FormChoice]) -> schemas.Form:
    """The token with which a comment or a report can be sent."""
    response["Cache-Control"] = "no-store"
    page = _spoken(choice.kind, choice.page)
    return serializing.form(FORMS[choice.kind](page=page, speaker=speaker_of(request)))


class Refused(Exception):
    def __init__(self, form: VoiceForm) -> None:
        self.form = form
        super().__init__(form.kind)


def _small(view: View) -> View:
    """A large body is refused before it is read."""

    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if not told.isdigit() or int(told) > MAX_BODY:
            return api.create_response(request, {"detail": f"At most {MAX_BODY} bytes can be sent."}, status=413)
        return view(request, *args, **kwargs)

    return wrapped


def _post(path: str, name: str) -> Callable[[View], View]:
    refusals = dict.fromkeys((422, 429), schemas.FormProblem) | dict.fromkeys((400, 404, 413), schemas.Problem)
    return api.post(path, response={201: schemas.Posted, **refusals}, operation_id=name)


@_post("/comments", "post_comment")
@decorate_view(_small)
def post_comment(request: HttpRequest, post: schemas.CommentPost) -> Status:
    """Comment on a page, or answer a comment. Most comments wait for an editor."""
    page = _spoken("comment", post.page, post.token)
    parent = Comment.objects.select_related("parent").filter(pk=post.reply, page=page.pk).first()
    if post.reply and parent is None:
        raise HttpError(404, f"There is no comment {post.reply} on this page.")
    return _kept(CommentForm(post.dict(), page=page, speaker=_speaker(request, post), parent=parent))


@_post("/reports", "post_report")
@decorate_view(_small)
def post_report(request: HttpRequest, post: schemas.ReportPost) -> Status:
    """Report an error in a passage, or in a page as a whole."""
    page = _spoken("report", post.page, post.token)
    return _kept(ReportForm(post.dict(), page=page, speaker=_speaker(request, post)))


def _spoken(kind: str, page_id: int, token: str = "") -> SpokenPage:
    page = page_for(kind, page_id, token)
    if page is None:
        raise HttpError(404, f"There is no public paper or week with the id {page_id}.")
    return page


def _speaker(request: HttpRequest, post: schemas.Post) -> Speaker:
    """No cookie counts here: what a program sends with a post says who speaks."""
    return Speaker(speaker_of(request).address, read_writer(post.writer))


def _kept(form: VoiceForm) -> Status:
    with override(form.page.locale.language_code):
        if not form.is_valid():
            raise Refused(form)
        return Status(201, serializing.posted(form.save()))


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
    """In a form, where a program sends no text but something else."""
    told = [(".".join(str(part) for part in problem["loc"][1:]), problem["msg"]) for problem in error.errors]
    body = {"detail": "; ".join(f"{place}: {message}" for place, message in told)}
    if request.method == "POST":
        body |= {"errors": {place.removeprefix("post."): [message] for place, message in told}, "token": None}
    return api.create_response(request, body, status=422)


@api.exception_handler(Refused)
def on_refused(request: HttpRequest, error: Refused) -> HttpResponse:
    full = error.form.full
    with override(error.form.page.locale.language_code):
        told = serializing.refused(error.form)
    response = api.create_response(request, told, status=429 if full else 422)
    if full:
        response["Retry-After"] = str(full.wait)
    return response
