"""What was corrected in public, newest first: what stood, what stands, why, and thanks to whom."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.comparing import Comparison
from papers.models import PaperPage
from papers.plain_maths import plain
from weekly.addresses import page_address
from weekly.feeds.base import Channel, DigestFeed, Item, writable
from weekly.lists import list_corrections
from weekly.models import Correction

LENGTH = 20


class CorrectionsFeed(DigestFeed):
    def title(self, channel: Channel) -> str:
        return writable(_("Corrections: %(title)s") % {"title": channel.home.title})

    def link(self, channel: Channel) -> str:
        return channel.request.build_absolute_uri(reverse("weekly:corrections"))

    def items(self, channel: Channel) -> list[Item]:
        corrections, _after = list_corrections(channel.language, "", LENGTH)
        titles = _translated_titles(corrections)
        return [_item(one, titles.get(one.page_id) or one.page.title, channel.request) for one in corrections]


def _translated_titles(corrections: list[Correction]) -> dict[int, str]:
    papers = PaperPage.objects.filter(pk__in={correction.page_id for correction in corrections})
    return dict(papers.values_list("pk", "title_translated"))


def _item(correction: Correction, title: str, request: HttpRequest) -> Item:
    comparison = Comparison(correction.place_label, plain(correction.before), plain(correction.after))
    context = {"correction": correction, "comparison": comparison}
    return Item(
        key=uuid.uuid5(correction.page.translation_key, correction.anchor).urn,
        url=f"{page_address(correction.page, request)}#{correction.anchor}",
        title=f"{title} – {correction.place_label}",
        summary=correction.reason,
        content=render_to_string("weekly/feeds/correction.html", context),
        published=correction.corrected_at,
        updated=correction.corrected_at,
    )
