"""JSON-LD in schema.org's words: what stands on a page, and which paper it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from papers.models import PaperPage
from papers.plain_maths import plain
from papers.presenting import paper_url, pdf_url
from weekly.addresses import web_address
from weekly.citing.names import is_group
from weekly.models import DigestIndexPage, WeekEntry, WeekPage
from weekly.reversing import page_path

if TYPE_CHECKING:
    from weekly.describing.head import Head

Node = dict[str, Any]
# What would end the script element, or begin a comment in it; the last two are no line breaks in JSON but in scripts.
_ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Crumb:
    name: str
    url: str


def script(nodes: Sequence[Node]) -> SafeString:
    """The nodes as one document that can stand in a script element whatever its texts are."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return mark_safe(text)  # noqa: S308 - no text can leave the element


def breadcrumbs(crumbs: Sequence[Crumb]) -> Node:
    steps = [
        {"@type": "ListItem", "position": place, "name": crumb.name, "item": crumb.url}
        for place, crumb in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def site(title: str, url: str, description: str, home: DigestIndexPage) -> Node:
    told = {"name": title, "url": url, "description": description, "inLanguage": home.locale.language_code}
    return _known({"@type": "WebSite", "@id": f"{url}#site", **told})


def week(page: WeekPage, head: Head, request: HttpRequest, context: Mapping[str, Any]) -> list[Node]:
    """The week as a collection, with its papers in order."""
    entries: Iterable[WeekEntry] = context["entries"]()
    papers = [_entry(place, entry, head, request) for place, entry in enumerate(entries, start=1)]
    listed = {"@type": "ItemList", "numberOfItems": len(papers), "itemListElement": papers}
    about = {"temporalCoverage": f"{page.start}/{page.end}", "mainEntity": listed}
    return [_known({"@type": "CollectionPage", **_page(page.locale.language_code, head), **about})]


def _entry(place: int, entry: WeekEntry, head: Head, request: HttpRequest) -> Node:
    paper = entry.shown_paper
    name = plain((paper.title_translated or paper.title) if paper else entry.title)
    path = page_path(paper, request) if paper else None
    url = urljoin(head.url, path) if path else None
    return _known({"@type": "ListItem", "position": place, "name": name, "url": url})


def paper(page: PaperPage, head: Head, request: HttpRequest, context: Mapping[str, Any]) -> list[Node]:
    """The page with its questions, and the paper that it is about."""
    questions = [_question(key, block.value, page, head) for key, block in context["questions"]()]
    article = f"{head.url}#paper"
    kind = {"@type": "FAQPage", "mainEntity": questions} if questions else {"@type": "WebPage"}
    shown = {**_page(page.locale.language_code, head), "about": {"@id": article}}
    return [_known({**kind, **shown}), _article(page, article, [tag.name for tag in context["tags"]()])]


def _article(page: PaperPage, key: str, tags: list[str]) -> Node:
    """The paper itself, in its own language."""
    arxiv = {"@type": "PropertyValue", "propertyID": "arXiv", "value": page.arxiv_id} if page.arxiv_id else None
    told = {
        "headline": plain(page.title),
        "alternativeHeadline": plain(page.title_translated),
        "author": [_author(name) for name in page.author_list],
        "datePublished": _moment(page.published_on),
        "dateModified": _moment(page.updated_on),
        "abstract": plain(page.abstract),
        "inLanguage": page.source_language,
        "url": web_address(paper_url(page)),
        "encoding": _pdf(page),
        "identifier": arxiv,
        "keywords": tags,
    }
    return _known({"@type": "ScholarlyArticle", "@id": key, **told})


def _author(name: str) -> Node:
    return {"@type": "Organization" if is_group(name) else "Person", "name": name}


def _pdf(page: PaperPage) -> Node | None:
    url = web_address(pdf_url(page))
    return {"@type": "MediaObject", "contentUrl": url, "encodingFormat": "application/pdf"} if url else None


def _question(key: str, value: Mapping[str, Any], page: PaperPage, head: Head) -> Node:
    """An answer that was picked from the paper and not translated is told in the paper's language."""
    language = page.locale.language_code if value["answer"] else page.source_language
    answer = {"@type": "Answer", "text": plain(value["answer"] or value["answer_original"]), "inLanguage": language}
    return {
        "@type": "Question",
        "name": plain(value["question"]),
        "url": urljoin(head.url, f"#qa-{key}"),
        "acceptedAnswer": answer,
    }


def _page(language: str, head: Head) -> Node:
    return {
        "@id": head.url,
        "url": head.url,
        "name": head.title,
        "description": head.description,
        "inLanguage": language,
        "datePublished": _moment(head.published),
        "dateModified": _moment(head.modified),
        "image": head.picture,
    }


def _moment(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _known(node: Node) -> Node:
    """Without what is not known: an empty value would be a statement."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
