"""Which text a reader had before them: the passage in the version of the page that was read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wagtail.models import PageLogEntry, Revision

from papers.places import read_place
from weekly.hearing.opening import SpokenPage

_PLACE = re.compile(r"[a-z_]{1,50}|qa\.[\w-]{1,50}\.[a-z_]{1,20}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,17}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Passage:
    """A place's text, and the revision that it stands in; that is None for a page that never had one."""

    place: str
    text: str
    revision: int | None


def find_passage(page: SpokenPage, place: str, revision: str) -> Passage | None:
    """The passage as it was read. None where readers find no such place on the page as it stands now.

    A revision counts only if readers ever saw it; for any other, the passage is what stands now.
    """
    if not place:
        return Passage("", "", _read_revision(page, revision) or page.live_revision_id)
    standing = read_place(page, place) if _PLACE.fullmatch(place) else None
    if standing is None:
        return None
    number = _read_revision(page, revision)
    text = _text_in(number, place) if number else None
    return Passage(place, standing, page.live_revision_id) if text is None else Passage(place, text, number)


def _read_revision(page: SpokenPage, revision: str) -> int | None:
    """An earlier revision of this page that was published once."""
    number = int(revision) if _NUMBER.fullmatch(revision) else None
    if number in (None, page.live_revision_id):
        return None
    published = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish", revision=number)
    return number if published.exists() else None


def _text_in(number: int, place: str) -> str | None:
    revision = Revision.objects.filter(pk=number).first()
    return read_place(revision.as_object(), place) if revision else None
