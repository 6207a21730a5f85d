"""Which pages anyone may see."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageQuerySet, PageViewRestriction

Pages = TypeVar("Pages", bound=PageQuerySet)


def visible(pages: Pages) -> Pages:
    """Live pages on which no restriction lies, nor on a page above. Wagtail's `public()` asks a query of its own."""
    restrictions = PageViewRestriction.objects.annotate(shown=ExpressionWrapper(OuterRef("path"), CharField()))
    return pages.live().filter(~Exists(restrictions.filter(shown__startswith=F("page__path"))))
