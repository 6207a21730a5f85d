"""The letter of a mailing: composed once, with nothing of a person in it but the two links that each reader gets."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from weekly.mailings.contents import Contents, contents_of, draft_contents
from weekly.models import Mailing, Subscriber, WeekPage
from weekly.subscriptions import change_link, unsubscribe_headers, unsubscribe_link

KEPT = 5  # seconds
MOST = 95_000  # bytes of HTML; Gmail shows 102 kB, links and headers of its own included


@dataclass(frozen=True)
class Issue:
    """One publication as a letter, to be made out to as many readers as there are: that asks the database nothing."""

    contents: Contents
    _mark: str = field(default_factory=lambda: secrets.token_hex(8))  # stands where the links of a person come

    @property
    def subject(self) -> str:
        return self.contents.subject

    @cached_property
    def _bodies(self) -> tuple[str, str]:
        """Plain text and HTML with the same papers, as many as there is room for."""
        shown = len(self.contents.items)
        while True:
            text, html = (self._render(f"weekly/mail/digest.{kind}", shown) for kind in ("txt", "html"))
            size = len(html.encode())
            if size <= MOST or not shown:
                return text, html
            shown = min(shown - 1, shown * MOST // size)

    def _render(self, template: str, shown: int) -> str:
        items = self.contents.items
        context = {"letter": self.contents, "items": items[:shown], "left_out": len(items) - shown}
        context |= {"change": f"change-{self._mark}", "unsubscribe": f"unsubscribe-{self._mark}"}
        with override(self.contents.language):
            return render_to_string(template, context)

    def bodies(self, subscriber: Subscriber | None = None) -> tuple[str, str]:
        """Plain text and HTML for a reader. Without one there is no link to change or end anything."""
        text, html = self._bodies
        if subscriber is None:
            with override(self.contents.language):
                own = _("(each reader's own link)")
            return self._filled(text, own, own), re.sub(f' href="(change|unsubscribe)-{self._mark}"', "", html)
        links = change_link(subscriber, self._root), unsubscribe_link(subscriber, self._root)
        return self._filled(text, *links), self._filled(html, *map(escape, links))

    def _filled(self, body: str, change: str, unsubscribe: str) -> str:
        return body.replace(f"change-{self._mark}", change).replace(f"unsubscribe-{self._mark}", unsubscribe)

    def letter(self, subscriber: Subscriber | None = None, to: Sequence[str] = ()) -> EmailMultiAlternatives:
        """The letter to a reader; without one, a preview for the addresses in `to`."""
        text, html = self.bodies(subscriber)
        headers = {"List-ID": self._list_id, "Auto-Submitted": "auto-generated"}
        if subscriber:
            to, headers = [subscriber.email], headers | unsubscribe_headers(unsubscribe_link(subscriber, self._root))
        letter = EmailMultiAlternatives(self.subject, text, to=to, headers=headers)
        letter.attach_alternative(html, "text/html")
        return letter

    @property
    def _root(self) -> str:
        """Scheme and host of the site that the digest stands on."""
        home = urlsplit(self.contents.home)
        return f"{home.scheme}://{home.netloc}" if home.netloc else settings.WAGTAILADMIN_BASE_URL.rstrip("/")

    @property
    def _list_id(self) -> str:
        """What mail programs sort by (RFC 2919): the same in all letters of a language and frequency."""
        return f"<{self.contents.frequency}.{self.contents.language.lower()}.{urlsplit(self._root).hostname}>"


def issue_of(mailing: Mailing) -> Issue | None:
    """A mailing's letter, to be made out to each reader; None where nothing of it is public any more."""
    contents = contents_of(mailing)
    return Issue(contents) if contents else None


def preview_of(week: WeekPage) -> Issue:
    """The letter that a week would be, as its newest draft stands."""
    return Issue(draft_contents(week))


def compose(mailing: Mailing, subscriber: Subscriber | None) -> EmailMultiAlternatives | None:
    """The letter in the mailing's language, or None where nothing of it is public any more.

    Without a subscriber it is a preview: it goes to nobody, and its links lead nowhere personal. What all letters share
    is kept with this instance of the mailing for a few seconds, so a page that is withdrawn meanwhile soon goes to
    nobody.
    """
    made, issue = mailing.__dict__.get("_issue", (-inf, None))
    if monotonic() - made > KEPT:
        made, issue = mailing.__dict__["_issue"] = (monotonic(), issue_of(mailing))
    return issue.letter(subscriber) if issue else None
