"""How our pages are served: in the page's own language, inside the host's base template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.apps import apps
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from papers.showing import public
from papers.standing import RESTRICTED, learn_site, remembered
from papers.statements import written_once


def base_template() -> str:
    """The template that ours extend. The app's config reads the setting: models stand below `conf`."""
    return apps.get_app_config("papers").base_template


class ReaderPage:
    """A page mixin. The interface and its dates follow the page's locale and not the reader's browser.

    `query_names` are what the page looks for in the query.
    """

    query_names: ClassVar[tuple[str, ...]] = ()

    password_required_template = "weekly/restricted.html"

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        learn_site(request)
        response = self._in_own_language(super().serve, request, *args, **kwargs)  # type: ignore[misc]
        if getattr(request, "for_one_reader", False):  # the page holds what nobody else may see, or keep
            patch_cache_control(response, private=True, no_store=True)
        return public(response, *self.query_names)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        return self._in_own_language(super().serve_preview, request, mode_name)  # type: ignore[misc]

    def serve_password_required_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        return self._in_own_language(super().serve_password_required_response, request, *args, **kwargs)  # type: ignore[misc]

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Most sites have none at all, which one query tells; Wagtail would ask for the pages above first."""
        if not remembered(RESTRICTED, PageViewRestriction.objects.exists):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, "base_template": base_template()}

    def _in_own_language(self, serve: Callable[..., TemplateResponse], *args: Any, **kwargs: Any) -> TemplateResponse:
        """Rendered here and now: a language left active would leak into the thread's next request."""
        language = self.locale.language_code  # type: ignore[attr-defined]
        with override(language):
            response = serve(*args, **kwargs).render()
        response.headers.setdefault("Content-Language", language)
        return response


class Folder:
    """A page mixin for a folder that holds pages of one kind."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The child is read whole, with its locale, in one query; Wagtail would ask three times."""
        if not path_components:
            return super().route(request, path_components)  # type: ignore[misc]
        slug, *rest = path_components
        (kind,) = self.allowed_subpage_models()  # type: ignore[attr-defined]
        child = _child(self, kind, slug)  # type: ignore[arg-type]
        if child is None:
            raise Http404
        child._cached_parent_obj = self  # as Wagtail's own route does: get_parent() asks nothing
        return child.route(request, rest)


def _child(folder: Page, kind: type[Page], slug: str) -> Page | None:
    """The page of this slug and kind right below a folder, with its locale."""
    pages = _of_slug(slug, folder.depth + 1, kind=kind)
    child = next((page for page in pages if page.is_child_of(folder)), None)
    if child is not None:
        child.locale = remembered(("locale", child.locale_id), lambda: child.locale)
    return child


@written_once
def _of_slug(slug: Any, depth: Any, *, kind: type[Page]) -> QuerySet:
    return kind.objects.filter(slug=slug, depth=depth)
