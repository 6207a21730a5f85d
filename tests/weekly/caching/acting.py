"""A small site, and all that editors and readers do to it, as the product itself does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site

from papers.models import PaperPage, PaperTag, TagDescription
from papers.tagging import merge_tag
from tests.factories import make_comment, make_correction, make_editor, make_home, make_paper, make_report, make_week
from weekly.erasing import erase_reader
from weekly.models import Comment, Correction, DigestIndexPage, DiscussionSettings, WeekEntry, WeekPage
from weekly.moderation import comments
from weekly.moderation.amending import amend
from weekly.moderation.deciding import Refused
from weekly.moderation.reports import take

TAGS = ("agents", "memory", "vision", "speech", "safety")
FIRST = date(2024, 1, 1)


@dataclass
class Cast:
    """Who acts, by which chance, and what has had an address so far."""

    alice: Any
    chance: Random
    count: int = 0
    slugs: set[str] = field(default_factory=set)

    def number(self) -> int:
        self.count += 1
        return self.count

    def word(self) -> str:
        """Another one each time; a number would be looked for in the paper."""
        return "".join("あいうえおかきくけこ"[int(digit)] for digit in str(self.number()))

    def written(self, model: Any, **wanted: Any) -> Any:
        """A page that people write; an alias follows another one."""
        return self.one_of(model.objects.filter(alias_of=None, **wanted))

    def one_of(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.chance.choice(found) if found else None

    def paper(self, **wanted: Any) -> PaperPage | None:
        return self.written(PaperPage, **wanted)

    def week(self, **wanted: Any) -> WeekPage | None:
        return self.written(WeekPage, **wanted)

    def tags(self) -> list[str]:
        return self.chance.sample(TAGS, self.chance.randint(0, 3))

    def day(self) -> date:
        return FIRST + timedelta(weeks=self.chance.randrange(100))


def make_site(seed: int) -> Cast:
    cast = Cast(make_editor(), Random(seed))
    make_home("ko")
    for _number in range(4):
        new_paper(cast)
    for _number in range(2):
        new_week(cast)
    comment = make_comment(cast.paper(), email="bob@example.org", state="approved")
    make_comment(comment.page, parent=comment, text="So it is.", state="approved")
    make_correction(cast.paper())
    return cast


def publish(cast: Cast, page: Any, **changes: Any) -> None:
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=cast.alice).publish(user=cast.alice)


# Papers


def new_paper(cast: Cast) -> None:
    day, number = cast.day(), cast.number()
    title = "On " + "".join("abcdefghij"[int(digit)] for digit in str(number))
    fields = {
        "title": title,
        "published_on": day,
        "tags": cast.tags(),
        "slug": f"p{number}",
        "arxiv_id": f"2301.{number:05d}",
    }
    cast.slugs.add(fields["slug"])
    make_paper(live=True, qas=1, **fields)


def edit_paper(cast: Cast) -> None:
    if paper := cast.paper():
        publish(cast, paper, summary=f"要約{cast.word()}です。", title_translated=f"題{cast.word()}")


def edit_draft(cast: Cast) -> None:
    if paper := cast.paper():
        draft = paper.get_latest_revision_as_object()
        draft.summary = f"下書き{cast.word()}です。"
        draft.save_revision(user=cast.alice)


def unpublish_paper(cast: Cast) -> None:
    if paper := cast.paper(live=True):
        paper.unpublish(user=cast.alice)


def publish_paper(cast: Cast) -> None:
    if paper := cast.paper(live=False):
        publish(cast, paper)


def tag_paper(cast: Cast) -> None:
    if paper := cast.paper():
        draft = paper.get_latest_revision_as_object()
        draft.tags.set(cast.tags(), clear=True)
        draft.save_revision(user=cast.alice).publish(user=cast.alice)


def date_paper(cast: Cast) -> None:
    if paper := cast.paper():
        publish(cast, paper, published_on=cast.day())


def rename_paper(cast: Cast) -> None:
    if paper := cast.paper():
        slug = f"p{cast.number()}"
        cast.slugs.add(slug)
        publish(cast, paper, slug=slug)


def delete_paper(cast: Cast) -> None:
    if PaperPage.objects.count() > 3:
        cast.paper().delete()


def restore_paper(cast: Cast) -> None:
    """An older version goes out again, with the tags that it had."""
    if paper := cast.paper():
        revision = cast.one_of(Revision.objects.filter(object_id=str(paper.pk)))
        revision.publish(user=cast.alice)


def schedule_paper(cast: Cast) -> None:
    if paper := cast.paper(live=True):
        publish(cast, paper, expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")


def translate_paper(cast: Cast) -> None:
    paper, ko = cast.paper(live=True, locale__language_code="ja"), Locale.objects.get(language_code="ko")
    if paper and not paper.has_translation(ko):
        publish(cast, paper.copy_for_translation(ko))


def alias_paper(cast: Cast) -> None:
    paper, ko = cast.paper(live=True, locale__language_code="ja"), Locale.objects.get(language_code="ko")
    if paper and not paper.has_translation(ko):
        paper.copy_for_translation(ko, alias=True)


# Weeks


def new_week(cast: Cast) -> None:
    start = cast.day()
    while WeekPage.objects.filter(slug=start.isoformat()).exists():
        start += timedelta(weeks=1)
    cast.slugs.add(start.isoformat())
    papers = list(PaperPage.objects.filter(locale__language_code="ja").order_by("pk"))
    make_week(*cast.chance.sample(papers, min(3, len(papers))), live=True, start=start)


def edit_week(cast: Cast) -> None:
    if week := cast.week():
        publish(cast, week, theme=f"主題{cast.word()}", title=f"週{cast.word()}")


def unpublish_week(cast: Cast) -> None:
    if week := cast.week(live=True):
        week.unpublish(user=cast.alice)


def publish_week(cast: Cast) -> None:
    if week := cast.week(live=False):
        publish(cast, week)


def date_week(cast: Cast) -> None:
    if week := cast.week():
        start = cast.day()
        publish(cast, week, start=start, end=start + timedelta(days=6))


def fill_week(cast: Cast) -> None:
    """An entry goes, another one comes, and one is not chosen any more."""
    week, paper = cast.week(), cast.paper(locale__language_code="ja")
    if week and paper:
        draft = week.get_latest_revision_as_object()
        rows = list(draft.entries.all())
        draft.entries = [*rows[1:], WeekEntry(title=f"列{cast.number()}", paper=paper, sort_order=99)]
        for row in rows[1:2]:
            row.chosen = not row.chosen
        draft.save_revision(user=cast.alice).publish(user=cast.alice)


def delete_week(cast: Cast) -> None:
    if WeekPage.objects.count() > 1:
        cast.week().delete()


# Tags


def rename_tag(cast: Cast) -> None:
    if tag := cast.one_of(PaperTag.objects.filter(merged_into=None)):
        tag.name = f"{tag.name.split(' ')[0]} {cast.number()}"
        tag.save()


def move_tag(cast: Cast) -> None:
    if tag := cast.one_of(PaperTag.objects.filter(merged_into=None)):
        tag.slug = f"{tag.slug.split('-')[0]}-{cast.number()}"
        tag.save()


def describe_tag(cast: Cast) -> None:
    if tag := cast.one_of(PaperTag.objects.all()):
        words = {"text": f"説明{cast.number()}"}
        TagDescription.objects.update_or_create(tag=tag, language="ja", defaults=words)


def merge_tags(cast: Cast) -> None:
    tags = list(PaperTag.objects.filter(merged_into=None).order_by("pk"))
    if len(tags) > 3:
        merge_tag(*cast.chance.sample(tags, 2))


def delete_tag(cast: Cast) -> None:
    if PaperTag.objects.count() > 3:
        cast.one_of(PaperTag.objects.all()).delete()


# Voices


def say(cast: Cast) -> None:
    if paper := cast.paper(live=True):
        make_comment(paper, text=f"Is it {cast.number()}?", email="bob@example.org")


def approve(cast: Cast) -> None:
    if comment := cast.one_of(Comment.objects.waiting()):
        comments.approve([comment.pk], cast.alice)


def take_down(cast: Cast) -> None:
    if comment := cast.one_of(Comment.objects.filter(state="approved")):
        comments.decline([comment.pk], cast.alice, seen="approved")


def answer(cast: Cast) -> None:
    """Below a thread that was taken down, nobody would see it."""
    shown = Comment.objects.filter(state="approved").exclude(parent__state="declined")
    if comment := cast.one_of(shown):
        comments.answer(comment, cast.alice, f"Yes, {cast.number()}.")


def forget_bob(cast: Cast) -> None:
    erase_reader("bob@example.org", texts=True)


def correct(cast: Cast) -> None:
    if paper := cast.paper(live=True):
        report = make_report(paper, email="bob@example.org", thanks=True)
        words = {"text": f"正しい要約{cast.word()}です。", "reason": "A slip.", "thanks": "Bob", "is_typo": False}
        take(report, cast.alice, **words)


def amend_correction(cast: Cast) -> None:
    if correction := cast.one_of(Correction.objects.all()):
        try:
            amend(correction, cast.alice, reason=f"{cast.number()}", thanks="", is_typo=not correction.is_typo)
        except Refused:
            return


# The site


def restrict(cast: Cast) -> None:
    if page := cast.one_of(Page.objects.filter(depth__gt=3)):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def open_again(cast: Cast) -> None:
    if restriction := cast.one_of(PageViewRestriction.objects.all()):
        restriction.delete()


def restrict_folder(cast: Cast) -> None:
    if page := cast.one_of(Page.objects.filter(depth=3)):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def rename_folder(cast: Cast) -> None:
    if page := cast.one_of(Page.objects.filter(depth=3)):
        page.slug = page.slug.removesuffix("-b") if page.slug.endswith("-b") else f"{page.slug}-b"
        page.save()


def turn_folder(cast: Cast) -> None:
    """It is taken back, or published again."""
    if page := cast.one_of(Page.objects.filter(depth=3).specific()):
        page.unpublish() if page.live else publish(cast, page)


def put_before(cast: Cast) -> None:
    """A plain page comes to stand before a home or a folder, which gets another path."""
    if beside := cast.one_of(Page.objects.filter(depth__in=[2, 3])):
        slug = f"plain-{cast.number()}"
        plain = beside.get_parent().add_child(instance=Page(title=slug, slug=slug, locale=beside.locale))
        plain.move(Page.objects.get(pk=beside.pk), pos="left")


def name_site(cast: Cast) -> None:
    site = Site.objects.get()
    site.hostname = "localhost" if site.hostname == "testserver" else "testserver"
    site.save()


def edit_home(cast: Cast) -> None:
    publish(cast, cast.one_of(DigestIndexPage.objects.all()), title=f"Digest {cast.number()}")


def rename_editor(cast: Cast) -> None:
    cast.alice.first_name, cast.alice.last_name = "Alice", f"A{cast.number()}"
    cast.alice.save()


def close_discussion(cast: Cast) -> None:
    found, _made = DiscussionSettings.objects.get_or_create(site=Site.objects.get())
    found.comments_open = not found.comments_open
    found.save()


def close_comments(cast: Cast) -> None:
    if paper := cast.paper():
        publish(cast, paper, comments_open=not paper.comments_open)


ACTIONS: tuple[Callable[[Cast], None], ...] = (
    new_paper,
    edit_paper,
    edit_draft,
    unpublish_paper,
    publish_paper,
    tag_paper,
    date_paper,
    rename_paper,
    delete_paper,
    restore_paper,
    schedule_paper,
    translate_paper,
    alias_paper,
    new_week,
    edit_week,
    unpublish_week,
    publish_week,
    date_week,
    fill_week,
    delete_week,
    rename_tag,
    move_tag,
    describe_tag,
    merge_tags,
    delete_tag,
    say,
    approve,
    take_down,
    answer,
    forget_bob,
    correct,
    amend_correction,
    restrict,
    open_again,
    restrict_folder,
    rename_folder,
    turn_folder,
    put_before,
    name_site,
    edit_home,
    rename_editor,
    close_discussion,
    close_comments,
)


def addresses(cast: Cast) -> list[str]:
    """All that had an address, even where nothing stands any more."""
    lists = ["/", "/ko/", "/weeks/", "/papers/", "/ko/papers/", "/tags/", "/ko/tags/", "/corrections/", "/search/"]
    lists += [
        "/search/?q=要約",
        "/search/?tag=agents",
        "/feeds/weeks.json",
        "/feeds/papers.atom",
        "/ko/feeds/papers.rss",
    ]
    lists += ["/feeds/corrections.json", "/sitemap.xml", "/api/v1/weeks", "/api/v1/papers", "/api/v1/tags"]
    lists += [
        "/api/v1/corrections",
        "/api/v1/papers?language=ko",
        "/papers/?after=2024-06-01.99",
        "/weeks-b/",
        "/papers-b/",
        "/tags/agents/feed.rss",
    ]
    for slug in PaperTag.objects.values_list("slug", flat=True):
        lists += [f"/tags/{slug}/", f"/api/v1/tags/{slug}"]
    papers, weeks = ({slug for slug in cast.slugs if slug.startswith(kind)} for kind in ("p", "2"))
    for slug in papers:
        lists += [f"/papers/{slug}/", f"/ko/papers/{slug}/", f"/api/v1/papers/{slug}", f"/papers/{slug}/cite.json"]
    for slug in weeks:
        lists += [f"/weeks/{slug}/", f"/weeks/{slug}/cite.bib", f"/api/v1/weeks/{slug}"]
    said = Comment.objects.values_list("page", flat=True).distinct()
    return lists + [f"/api/v1/comments?page={page}" for page in said]
