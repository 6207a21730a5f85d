"""Comments as they wait: shown to all, declined, known as spam or answered, one by one or several at once."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from papers.messages import translated
from weekly.admin.queue import tell
from weekly.admin.readers import ReadersView, flood_of, ids_of, plain, upto
from weekly.models import Comment, CommentState
from weekly.moderation import comments as deciding
from weekly.moderation.deciding import GONE, Refused

PER_PAGE = 50
DECISIONS = {
    CommentState.APPROVED: deciding.approve,
    CommentState.DECLINED: deciding.decline,
    CommentState.SPAM: deciding.mark_spam,
}


class CommentsView(ReadersView):
    """Comments of one state, the oldest waiting ones first, of all others the newest."""

    template_name = "weekly/admin/comments.html"
    tab = "comments"
    kept: tuple[int, str] | None = None

    @cached_property
    def state(self) -> str:
        """The state that the list shows, and in which the editor saw what is decided."""
        given = self.request.GET.get("state", "")
        return given if given in CommentState.values else CommentState.WAITING

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "flood" in request.POST and self.state == CommentState.WAITING:
            return self._spam(upto(self._comments(), request.POST["flood"]))
        name, ids = self._asked()
        if name == "answer" and ids:
            return self._answer(ids[0])
        if name in DECISIONS and not ids:
            messages.error(request, _("Nothing was decided: choose comments first."))
        elif name in DECISIONS:
            mine = Comment.objects.filter(self.mine, pk__in=ids).values_list("pk", flat=True)
            tell(request, DECISIONS[name](list(mine), request.user, seen=self.state))
        return redirect(request.get_full_path())

    def _spam(self, ids: list[int]) -> HttpResponse:
        tell(self.request, deciding.mark_spam(ids, self.request.user))
        return redirect("weekly_admin:comments")

    def _asked(self) -> tuple[str, list[int]]:
        """What is to be done, and with which comments: `one` is “spam:12”, `all` is for those that are ticked."""
        name, _colon, pk = self.request.POST.get("one", "").partition(":")
        if name:
            return name, ids_of([pk])
        return self.request.POST.get("all", ""), ids_of(self.request.POST.getlist("chosen"))

    def _answer(self, pk: int) -> HttpResponse:
        text = plain(self.request.POST.get(f"text-{pk}", "")).strip()
        comment = Comment.objects.filter(self.mine, pk=pk).first()
        try:
            if comment is None:
                raise Refused(GONE)
            deciding.answer(comment, self.request.user, text)
        except Refused as error:
            messages.error(self.request, translated(error.notice))
            self.kept = (pk, text)
            return self.get(self.request)
        messages.success(self.request, _("Your answer stands under the comment."))
        return redirect(self.request.get_full_path())

    def _comments(self) -> QuerySet[Comment]:
        found = Comment.objects.filter(self.mine, state=self.state)
        found = found.select_related("page__locale", "page__content_type", "parent", "editor", "decided_by")
        return found.order_by("pk" if self.state == CommentState.WAITING else "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self._comments(), PER_PAGE).get_page(self.request.GET.get("p") or self._page_of_asked())
        comments = list(page)
        orphan = self._keep(comments, *self.kept) if self.kept else ""
        return super().get_context_data(
            state=self.state,
            states=CommentState.choices,
            decisions=[name for name in DECISIONS if name != self.state],
            page_obj=page,
            flood=flood_of(self._comments()),
            comments=comments,
            orphan=orphan,
            **kwargs,
        )

    def _page_of_asked(self) -> int:
        """The page of the list on which the comment stands that the address asks for, else the first."""
        asked = ids_of(self.request.GET.getlist("comment"))
        if not asked:
            return 1
        before = Q(pk__lt=asked[0]) if self.state == CommentState.WAITING else Q(pk__gt=asked[0])
        return self._comments().filter(before).count() // PER_PAGE + 1

    def _keep(self, comments: list[Comment], pk: int, text: str) -> str:
        """The refused answer stays under its comment, also where that has left the list; returned where it is gone."""
        if all(comment.pk != pk for comment in comments):
            comments[:0] = Comment.objects.filter(self.mine, pk=pk).select_related("page__locale", "parent")
        for comment in comments:
            comment.typed = text if comment.pk == pk else ""
        return "" if any(comment.pk == pk for comment in comments) else text
