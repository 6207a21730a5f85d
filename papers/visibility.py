"""Which pages anyone may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import BooleanField, Func
from wagtail.models import Page, PageQuerySet, PageViewRestriction

Pages = TypeVar("Pages", bound=PageQuerySet)


class Open(Func):
    """Whether no restriction lies on the page of this path, nor on a page above.

    Written out, since it stands in several queries of each page and Django's own takes longer to make than to ask. The
    path of a restriction's page is asked for and not joined: in a join SQLite begins with the pages, all of them, for
    a table that was empty when it counted rows is a large one to it.
    """

    output_field = BooleanField()
    template = (
        f"NOT EXISTS (SELECT 1 FROM {PageViewRestriction._meta.db_table} restriction WHERE %(expressions)s LIKE "
        f"(SELECT above.path FROM {Page._meta.db_table} above WHERE above.id = restriction.page_id) || '%%%%')"
    )


def visible(pages: Pages) -> Pages:
    """Live pages on which no restriction lies, nor on a page above. Wagtail's `public()` asks a query of its own."""
    return pages.live().filter(Open("path"))
