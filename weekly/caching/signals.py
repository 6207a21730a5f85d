"""What changes drop which answers: one function for each kind of thing that answers show.

Signals and not admin hooks, so that API, schedules, commands and bulk actions drop as well. A drop comes after the
last row of its change was written: where Wagtail writes some later (tags, the log), signals of their own follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.db.models.signals import post_delete, post_init, post_save, pre_save
from django.dispatch import Signal
from wagtail.models import Locale, Page, PageLogEntry, PageViewRestriction, Site, get_page_models
from wagtail.signals import page_published, page_unpublished, post_page_move

from papers import showing
from papers.models import PaperIndexPage, PaperPage, PaperTag, TagDescription, TaggedPaper
from papers.signals import listing_changed, untagged
from papers.standing import DRAFTS, RESTRICTED
from papers.tagging import tag_merged
from weekly.caching.shelf import drop
from weekly.models import (
    Comment,
    CommentState,
    Correction,
    DigestIndexPage,
    DiscussionSettings,
    WeekEntry,
    WeekIndexPage,
    WeekPage,
)
from weekly.models.voices import voices_changed

LISTS = (showing.SEARCH, showing.SITEMAP)
FOLDERS = (DigestIndexPage, WeekIndexPage, PaperIndexPage)


# What is noted by itself wherever it is read


def on_page_read(instance: Page, **kwargs: Any) -> None:
    showing.shows(showing.page(instance.pk))


def on_tag_read(instance: PaperTag, **kwargs: Any) -> None:
    showing.shows(showing.tag(instance.pk))


def on_person_read(instance: Model, **kwargs: Any) -> None:
    showing.shows(showing.person(instance.pk))


# Pages


def on_page_saved(
    instance: Page, update_fields: Iterable[str] | None = None, created: bool = False, **kwargs: Any
) -> None:
    """Written by code, which need not publish; and a week's day, whose neighbours change with it."""
    if update_fields is not None and DRAFTS.issuperset(update_fields):
        return
    drop(showing.page(instance.pk), showing.slug(instance.slug), showing.SITEMAP)
    drop(showing.translations(instance.translation_key))
    if isinstance(instance, WeekPage):
        _drop_week_lists(instance)
    else:
        _drop_what_is_below(instance)
    if created and not isinstance(instance, PaperPage | WeekPage) and instance.get_next_sibling():
        drop(showing.SITE)  # it was put before others, which got new paths


def on_page_changed(instance: Page, **kwargs: Any) -> None:
    """A page was published, or taken back."""
    drop(showing.page(instance.pk), showing.slug(instance.slug), *LISTS)
    drop(showing.translations(instance.translation_key))
    if isinstance(instance, WeekPage):
        _drop_week(instance)
    else:
        _drop_what_is_below(instance)


def on_page_deleted(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, PaperPage):
        drop(*_paper_places(instance, {(instance.language, instance.sort_date)}))
    on_page_changed(instance)


def on_subtree(instance: Page, **kwargs: Any) -> None:
    """A page came to another place, with all below it."""
    page = instance.specific
    drop(*LISTS)
    if isinstance(page, PaperPage | WeekPage):
        on_page_changed(page)
    else:
        _drop_what_is_below(page)


def on_move(instance: Page, **kwargs: Any) -> None:
    """Pages beside it get new paths: there may be homes and folders among them."""
    drop(showing.SITE)
    on_subtree(instance)


def on_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    drop(RESTRICTED)
    on_subtree(instance.page)


def _drop_what_is_below(page: Page) -> None:
    """Homes and folders stand in every page's masthead; any page may be above ours, or the root of a site."""
    kind = page.specific_class or type(page)
    if issubclass(kind, PaperPage | WeekPage):
        return  # nothing is, and papers.signals tells of papers
    is_ours = issubclass(kind, FOLDERS) or any(folder.objects.descendant_of(page).exists() for folder in FOLDERS)
    if is_ours or Site.objects.filter(root_page=page.pk).exists():
        drop(showing.SITE)


# Papers and weeks


def on_listing(page_id: int, places: Iterable[tuple[str, Any]] = (), retagged: bool = False, **kwargs: Any) -> None:
    paper = PaperPage.objects.get(pk=page_id)
    drop(showing.page(page_id), showing.slug(paper.slug), *LISTS)
    if places:
        drop(*_paper_places(paper, places))
    if places or retagged:
        drop(*_tag_places([page_id], {paper.language, *(language for language, _day in places)}))


def _paper_places(paper: PaperPage, places: Iterable[tuple[str, Any]]) -> set[str]:
    """Lists in which a paper stands, or stood."""
    weeks = WeekEntry.objects.filter(paper=paper.pk).values_list("week", flat=True)
    found = {showing.papers_of(week) for week in weeks} | {showing.translations(paper.translation_key)}
    for language, day in places:
        found |= {showing.papers(language), showing.corrections(language), *showing.papers_near(language, [day])}
    return found


def _tag_places(papers: Iterable[int], languages: set[str]) -> set[str]:
    """Lists by the tags that papers carry."""
    tags = set(TaggedPaper.objects.filter(content_object__in=papers).values_list("tag", flat=True))
    found = {showing.tagged(tag, language) for tag in tags for language in languages}
    return found | {showing.tags(language) for language in languages}


def on_week_begins_to_change(instance: WeekPage, raw: bool = False, **kwargs: Any) -> None:
    """Remember where lists have a week, to know afterwards whether they change."""
    instance.stood = _standing(instance.pk)


def _standing(pk: int | None) -> tuple[Any, ...] | None:
    return WeekPage.objects.filter(pk=pk).values_list("live", "start", "locale", "path").first() if pk else None


def _drop_week(week: WeekPage) -> None:
    papers = WeekEntry.objects.filter(week=week.pk, paper__isnull=False).values_list("paper", flat=True)
    drop(showing.papers_of(week.pk), *(showing.weeks_of(paper) for paper in papers))
    _drop_week_lists(week)


def _drop_week_lists(week: WeekPage) -> None:
    """Lists that show the week now or showed it before; where only its texts changed, they have these noted."""
    stood, stands = getattr(week, "stood", ()), _standing(week.pk)
    was_shown = stood == () or (stood and stood[0])  # not saved just now: it was moved, restricted or deleted
    if stood != stands and (was_shown or (stands and stands[0])):
        language = week.locale.language_code
        drop(showing.weeks(language), showing.corrections(language), *showing.weeks_near(language, [week.start]))


# Tags


def on_tag(instance: PaperTag, created: bool = False, **kwargs: Any) -> None:
    if not created:
        drop(showing.tag(instance.pk), showing.SEARCH)


def on_description(instance: TagDescription, **kwargs: Any) -> None:
    drop(showing.tag(instance.tag_id))


def on_untagged(page_id: int, tag_id: int, language: str, **kwargs: Any) -> None:
    drop(showing.tagged(tag_id, language), showing.SEARCH, *_tag_places([page_id], {language}))


def on_merge(source: PaperTag, target: PaperTag, page_ids: list[int], **kwargs: Any) -> None:
    """Every list of a tag that stands beside the two."""
    beside = TaggedPaper.objects.filter(
        content_object__in=TaggedPaper.objects.filter(tag=target).values("content_object")
    )
    pairs = {*beside.filter(live=True).values_list("tag", "language")}
    languages = {language for _tag, language in pairs}
    drop(showing.tag(source.pk), showing.tag(target.pk), showing.SEARCH)
    drop(*(showing.tagged(*pair) for pair in pairs), *(showing.tagged(source.pk, language) for language in languages))
    drop(*(showing.tags(language) for language in languages))


# Voices and corrections


def on_comment(instance: Comment, created: bool = False, **kwargs: Any) -> None:
    """A comment that begins to wait is shown to nobody but its writer, whose pages are not kept."""
    if not created or instance.state == CommentState.APPROVED:
        drop(showing.voices(instance.page_id))


def on_correction(instance: Correction, **kwargs: Any) -> None:
    on_voices({instance.page_id}, {instance.language})


def on_voices(pages: Iterable[int], languages: Iterable[str] = (), **kwargs: Any) -> None:
    """Comments, or with their languages corrections."""
    kept = showing.corrected if languages else showing.voices
    drop(*map(kept, pages), *map(showing.corrections, languages))


# What stands around all pages


def on_site(**kwargs: Any) -> None:
    drop(showing.SITE)


def on_person(instance: Model, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    if set(update_fields or ()) != {"last_login"}:
        drop(showing.person(instance.pk))


def on_logged(instance: PageLogEntry, **kwargs: Any) -> None:
    """Who published a page is written last."""
    if instance.action == "wagtail.publish":
        drop(showing.page(instance.page_id))


def connect() -> None:
    _connect_reading()
    _connect_pages()
    both = (post_save, post_delete)
    _listen(both, on_tag, PaperTag)
    _listen(both, on_description, TagDescription)
    _listen(both, on_comment, Comment)
    _listen(both, on_correction, Correction)
    _listen(both, on_person, get_user_model())
    _listen(both, on_restriction, PageViewRestriction)
    for model in (Site, Locale, DiscussionSettings):
        _listen(both, on_site, model)
    _listen([post_save], on_logged, PageLogEntry)
    _listen([listing_changed], on_listing)
    _listen([untagged], on_untagged)
    _listen([tag_merged], on_merge)
    _listen([voices_changed], on_voices)


def _connect_reading() -> None:
    for model in get_page_models():
        _listen([post_init], on_page_read, model)
    _listen([post_init], on_tag_read, PaperTag)
    _listen([post_init], on_person_read, get_user_model())


def _connect_pages() -> None:
    for model in get_page_models():
        _listen([post_save], on_page_saved, model)
        _listen([post_delete], on_page_deleted, model)
    _listen([pre_save], on_week_begins_to_change, WeekPage)
    _listen([page_published, page_unpublished], on_page_changed)
    _listen([post_page_move], on_move)


def _listen(signals: Iterable[Signal], receiver: Any, sender: type[Model] | None = None) -> None:
    for number, signal in enumerate(signals):
        name = f"weekly.caching.{receiver.__name__}.{sender and sender._meta.label}.{number}"
        signal.connect(receiver, sender=sender, dispatch_uid=name)
