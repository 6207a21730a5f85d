"""A paper's page for a row of a list: the one that stands, or a new draft."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.models import Locale, PageQuerySet

from papers.blocks import text_hash
from papers.models import PaperIndexPage, PaperPage
from papers.paper import Paper
from papers.reading import write_metadata
from weekly.homes import child_of, open_home, untranslated
from weekly.importers.base import Entry
from weekly.models import WeekPage

MAX_SLUG = 80  # characters; long titles make unreadable addresses


def paper_page(week: WeekPage, entry: Entry, paper: Paper | None) -> PaperPage:
    """The paper's page in the week's language. `paper` is what arXiv says of it, where it could be asked."""
    locale = week.locale
    if entry.arxiv_id and (found := PaperPage.objects.for_arxiv(entry.arxiv_id, locale.language_code).first()):
        return found
    page = PaperPage(
        **untranslated(_twins(week, entry).order_by("pk").values_list("translation_key", flat=True), locale),
        title=entry.title[:255],
        slug="",
        locale=locale,
        arxiv_id=entry.arxiv_id,
        arxiv_version=entry.arxiv_version,
        source_url=first_address(entry),
        pdf_url="" if entry.arxiv_id else _pdf_address(entry),
        listed_note=entry.description,
        listed_title=entry.title[:500],
        listed_on=week.start,
        live=False,
        provenance={"title": {"hash": text_hash(entry.title[:255])}},
    )
    if paper is not None:
        write_metadata(page, paper)
    page.slug = _free_slug(page)
    child_of(open_home(locale), PaperIndexPage).add_child(instance=page)
    page.save_revision(clean=False, log_action=False)
    return page


def _twins(week: WeekPage, entry: Entry) -> PageQuerySet:
    """The paper's pages in other languages. Without an arXiv id it is known by its address in the same week's list."""
    others = PaperPage.objects.exclude(locale=week.locale)
    if entry.arxiv_id:  # looked up by the index, which begins with the language
        return others.filter(arxiv_id=entry.arxiv_id, language__in=Locale.objects.values("language_code"))
    address = first_address(entry)
    return others.filter(source_url=address, listed_on=week.start) if address else others.none()


def _free_slug(page: PaperPage) -> str:
    """A short slug from the title that no other paper has."""
    base = slugify(page.title, allow_unicode=True)[:MAX_SLUG].strip("-") or (page.arxiv_id or "paper").replace("/", "-")
    taken = set(PaperPage.objects.filter(locale=page.locale, slug__startswith=base).values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def first_address(entry: Entry) -> str:
    """Where readers find the paper: the link that the list calls Paper, else its first."""
    ranked = sorted(entry.links, key=lambda link: link.label.lower() != "paper")
    return next((link.url for link in ranked if link.url.startswith("http")), "")


def _pdf_address(entry: Entry) -> str:
    """A link that is a PDF by its look; whether it is one shows when it is read."""
    addresses = (link.url for link in entry.links)
    return next((url for url in addresses if url.split("?")[0].lower().endswith(".pdf") or "/pdf?" in url), "")
