"""The comparison's pages: the same texts as our papers have."""

from __future__ import annotations

from typing import Any

PAGES = 200
_COPIED = ("arxiv_id", "authors", "published_on", "categories", "abstract", "title_translated", "summary")


def fill_plain(papers: list[Any], home: Any) -> None:
    """A page for each of these papers, below a digest's home."""
    from taggit.models import Tag
    from wagtail.models import Page

    from bench.archive import add_pages
    from bench.plain.models import PlainPage, PlainTag

    folder = home.add_child(instance=Page(title="Plain", slug="plain", locale=home.locale, live=True))
    pages = [_plain(PlainPage, paper, home.locale) for paper in papers]
    add_pages(pages, folder, 1)
    Page.objects.filter(pk=folder.pk).update(numchild=len(pages))
    names = {tag.name: tag.slug for paper in papers for tag in paper.tags.all()}
    tags = {tag.name: tag for tag in Tag.objects.bulk_create(Tag(name=name, slug=names[name]) for name in names)}
    PlainTag.objects.bulk_create(
        PlainTag(content_object=page, tag=tags[tag.name])
        for page, paper in zip(pages, papers, strict=True)
        for tag in paper.tags.all()
    )


def _plain(model: Any, paper: Any, locale: Any) -> Any:
    copied = {name: getattr(paper, name) for name in (*_COPIED, "abstract_translated", "title")}
    return model(slug=f"plain-{paper.pk}", locale=locale, live=True, qa=paper.qa.raw_data, **copied)
