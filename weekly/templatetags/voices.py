"""What readers said on a page and what was corrected in it, for the reader's templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from django import template
from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from papers.comparing import Comparison
from papers.keyset import BadCursor
from papers.places import block_of
from papers.presenting import qa_key
from papers.showing import Later
from weekly.hearing.opening import discussion_of, is_public
from weekly.hearing.speaker import speaker_of
from weekly.lists import corrections_of, cursor_to, threads_of
from weekly.models import Comment, CommentState, Correction, DiscussionSettings
from weekly.reversing import path_of

register = template.Library()
# How much of the unchanged text is shown on each side of a change, in characters.
CONTEXT = 48


class Threads(NamedTuple):
    """Comments on a page. `older` is the cursor of earlier ones; `has_newer` tells of later ones."""

    shown: list[Comment]
    older: str | None
    has_newer: bool


@dataclass(frozen=True)
class Voices:
    """What a page shows of its readers, asked for where it stands."""

    page: Any
    is_public: bool
    threads: Later[Threads]
    corrections: Later[list[Correction]]
    rules: Later[DiscussionSettings]

    @property
    def may_comment(self) -> bool:
        return self.is_public and self.page.comments_open and self.rules().comments_open

    @property
    def may_report(self) -> bool:
        return self.is_public and self.rules().reports_open


@register.simple_tag(takes_context=True)
def voices_of(context: Mapping[str, Any], page: Any) -> Voices | None:
    """Comments and corrections of a page, and whether readers may speak, as on public ones alone; None in previews.

    A reader's own waiting comments are among them: the answer is then marked as theirs alone, see papers.serving.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return None
    threads = Later(lambda: _threads(request, page))
    if speaker_of(request).writer:
        request.for_one_reader = _has_waiting(threads())
    # Nobody passes a restriction without a session, so that for most readers this asks nothing.
    public = settings.SESSION_COOKIE_NAME not in request.COOKIES or is_public(page)
    return Voices(page, public, threads, Later(lambda: corrections_of(page)), Later(lambda: discussion_of(page)))


def _has_waiting(threads: Threads) -> bool:
    said = [comment for thread in threads.shown for comment in (thread, *thread.shown_answers)]
    return any(comment.state == CommentState.WAITING for comment in said)


def _threads(request: HttpRequest, page: Page) -> Threads:
    """The threads that are asked for: those after a cursor, those around one comment, or the newest."""
    writer, asked = speaker_of(request).writer, request.GET
    after = asked.get("comments", "") or cursor_to(page, writer, asked.get("comment", ""))
    try:
        return Threads(*threads_of(page, writer, after), bool(after))
    except BadCursor as error:
        raise Http404(str(error)) from error


@register.simple_tag
def report_url(page: Page, place: str = "") -> str:
    """Where an error in a passage is reported, with the version of the page that is being read."""
    asked = {"page": page.pk, "revision": page.live_revision_id, "place": quote_plus(place)}
    return f"{path_of('weekly:report')}?{'&'.join(f'{name}={value}' for name, value in asked.items() if value)}"


@register.filter
def place_anchor(place: str) -> str:
    """The id of the element that holds a place, empty where the page has none for it."""
    if block := block_of(place):
        return f"qa-{qa_key(block)}"
    return {"abstract_translated": "abstract", "overview": "overview"}.get(place, "")


@register.filter
def is_original(place: str) -> bool:
    """Whether a place holds the paper's own words, in its own language."""
    return place.endswith(".answer_original")


@register.filter
def stood(correction: Correction) -> SafeString:
    """What stood before a correction: the changes marked, and what surrounds them."""
    return _marked(correction, "del")


@register.filter
def stands(correction: Correction) -> SafeString:
    """What stands since a correction: the changes marked, and what surrounds them."""
    return _marked(correction, "ins")


def _marked(correction: Correction, mark: str) -> SafeString:
    """One side of a change. The sameness at both ends is cut off first: it makes comparing long passages quick."""
    head = _head(correction.before, correction.after)
    before, after = correction.before[len(head) :], correction.after[len(head) :]
    tail = _head(before[::-1], after[::-1])[::-1]
    before, after = before.removesuffix(tail), after.removesuffix(tail)
    pieces = [("", head), *Comparison("", before, after).merged, ("", tail)]
    shown = [(kind, text) for kind, text in pieces if text and kind in ("", mark)]
    return format_html_join("", "{}", ((piece,) for piece in _pieces(shown)))


def _head(one: str, other: str) -> str:
    """What two texts begin with alike, without the word that the difference lies in."""
    head = commonprefix([one, other])
    while head and head[-1].isascii() and head[-1].isalnum():
        head = head[:-1]
    return head


def _pieces(pieces: list[tuple[str, str]]) -> Iterator[str]:
    for number, (kind, text) in enumerate(pieces):
        if kind:
            yield format_html("<{0}>{1}</{0}>", kind, text)
        else:
            yield _shortened(text, first=number == 0, last=number == len(pieces) - 1)


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Unchanged text, of which only what lies beside a change is shown."""
    begin, end = ("" if first else text[:CONTEXT]), ("" if last else text[-CONTEXT:])
    return text if len(text) <= len(begin) + len(end) + 8 else f"{begin} … {end}"
