"""The evidence of a citation: the page's text with the quote marked, its sentences to pick from, and its picture."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from papers.admin.evidence_text import Evidence, gather
from papers.admin.permissions import DeskView, refusal
from papers.conf import pdf_url
from papers.errors import DigestError, NoSuchPage, SourceUnavailable
from papers.files import keep_picture, kept_picture
from papers.messages import notice_text, translated
from papers.models import PaperPage, PaperSource
from papers.paper import PageText
from papers.quotes import QuoteIndex
from papers.reading import paper_file
from papers.sources.pdf_picture import TYPE, paint_page

LONGEST_QUOTE = 5_000  # characters
LONGEST_NUMBER = 8  # digits of a page or an offset


def evidence_part(page: Any) -> dict[str, Any]:
    """No query. Only papers have evidence."""
    if not isinstance(page, PaperPage):
        return {}
    urls = {name: reverse(f"papers_admin:{name}", args=[page.pk]) for name in ("evidence", "verify")}
    return {"urls": urls, "texts": {f"evidence_{name}": text for name, text in _texts().items()}}


class CitationView(DeskView):
    """A citation as it stands in the form, saved or not. Raises Http404 for a page that has no questions."""

    http_method_names = ("post",)

    @cached_property
    def source(self) -> PaperSource | None:
        if not isinstance(self.page, PaperPage):
            raise Http404(_("Only papers have evidence."))
        return PaperSource.objects.filter(key=self.page.source_key).first() if self.page.source_key else None

    @property
    def pages(self) -> tuple[PageText, ...]:
        return self.source.page_texts if self.source else ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.quote = request.POST.get("quote", "")
        self.number = _number(request.POST.get("page", ""))
        if len(self.quote) > LONGEST_QUOTE:
            return refusal(_("The quote is too long: at most %(count)d characters.") % {"count": LONGEST_QUOTE})
        return super().dispatch(request, *args, **kwargs)


class EvidenceView(CitationView):
    """Text and picture of the page on which the quote stands, or of the page that `show` names."""

    def post(self, request: HttpRequest) -> JsonResponse:
        show = _number(request.POST.get("show", ""))
        evidence = gather(self.pages, self.quote, self.number, show)
        return JsonResponse({**evidence.as_json(), **self._links(evidence), "problem": self._problem()})

    def _links(self, evidence: Evidence) -> dict[str, Any]:
        if not self.page.source_key:
            return {"picture": "", "link": "", "language": self.page.source_language}
        picture = reverse("papers_admin:evidence_picture", args=[self.page.pk, evidence.shown])
        start, end = evidence.place
        link = f"{link_of(self.page)}#page={evidence.shown}"
        return {
            "picture": f"{picture}?start={start}&end={end}",
            "link": link,
            "language": self.page.source_language,
        }

    def _problem(self) -> str:
        """Why there is no text to show; empty where there is."""
        if self.pages:
            return ""
        if not self.page.source_key:
            return _("This page names no paper that could be read.")
        reason = notice_text(self.source.error) if self.source else ""
        return reason or _("The paper's text has not been read yet. Drafting the questions reads it.")


class VerifyView(CitationView):
    """Search a quote anew. Found on another page than the one it names, it is verified for that page."""

    def post(self, request: HttpRequest) -> JsonResponse:
        found = QuoteIndex(self.pages).find(self.quote, self.number)
        return JsonResponse({"verified": found is not None, "page": found.page if found else self.number})


class PictureView(CitationView):
    """The picture of a page; what stands from `start` to `end` in its text is marked. Costs no more than one fetch."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        quote = self._part(number, request.GET)
        if not self.page.source_key:
            raise Http404(_("This page names no paper that could be read."))
        try:
            picture = self._picture(number, quote)
        except NoSuchPage as error:
            return refusal(translated(error.notice), 404)
        except DigestError as error:
            return refusal(translated(error.notice), 503 if isinstance(error, SourceUnavailable) else 422)
        # It comes from a process that a hostile file may have taken over: nothing but a picture may be made of it.
        response = HttpResponse(picture, content_type=TYPE, headers={"X-Content-Type-Options": "nosniff"})
        patch_cache_control(response, private=True)
        return response

    def _part(self, number: int, asked: Any) -> str:
        text = next((page.text for page in self.pages if page.number == number), "")
        return text[_number(asked.get("start", "")) or 0 : _number(asked.get("end", "")) or 0]

    def _picture(self, number: int, quote: str) -> bytes:
        key = self.page.source_key
        if (kept := kept_picture(key, number, quote)) is not None:
            return kept
        picture = paint_page(paper_file(self.page), number, quote=quote)
        keep_picture(key, number, quote, picture)
        return picture


def link_of(page: PaperPage) -> str:
    """Where the paper's PDF is published."""
    return pdf_url(str(page.arxiv_ref)) if page.arxiv_id else page.pdf_url


def _number(text: str) -> int | None:
    """A whole number from 0 as a form sends it, or None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def _texts() -> dict[str, str]:
    return {
        "button": _("Evidence"),
        "button_of": _("Evidence for quote %(number)s"),
        "title": _("%(place)s, quote %(number)s"),
        "close": _("Close the evidence"),
        "verified": _("Found in the paper, page %(page)s"),
        "unverified": _("Not found in the paper"),
        "elsewhere": _("Found on page %(page)s, not on page %(cited)s"),
        "take_page": _("Set page %(page)s"),
        "near": _("The marked passage is the nearest, not the quote."),
        "page": _("Page %(page)s"),
        "of": _("Page %(page)s of %(count)s"),
        "previous": _("Previous page"),
        "next": _("Next page"),
        "text": _("Text of the page"),
        "picture": _("Picture of the page"),
        "picture_alt": _("Page %(page)s of the paper"),
        "loading": _("Loading…"),
        "open": _("Open the PDF at this page"),
        "sentences": _("Quote another sentence of this page"),
        "pick": _("Quote this"),
        "selection": _("Quote the selected words"),
        "nothing_selected": _("Select some words in the text of the page first."),
        "again": _("Search the quote again"),
        "picked": _("The quote was replaced."),
        "refused": _("The search does not find these words; the quote was left as it was."),
        "gone": _("This quote is gone from the form."),
        "is_verified": _("Found in the paper"),
        "none": _("This question has no quote."),
    }
