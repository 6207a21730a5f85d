"""Tags of Django and Wagtail under their own names, with their answers remembered. Load it after `i18n` and `static`.

A page of ours says the same words and leads to the same addresses dozens of times; to look them up anew each time takes
as long as all the rest of it. What the tags answer, and what they take, is as it is without this.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.template import defaultfilters, defaulttags
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token, render_value_in_context
from django.template.context import Context
from django.templatetags import i18n
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.formats import get_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import catalog
from wagtail.models import Page
from wagtail.templatetags import wagtailcore_tags

from papers.addressing import standpoint
from papers.models import PaperPage
from papers.models.listed import ListedPaper
from weekly.models import WeekPage
from weekly.reversing import page_path, path_of

register = template.Library()
DATES = 4096
FILES = 256
STANDPOINTS = 16  # in a language


class Words(Node):
    """A constant that is translated. By catalogue, which is another object once it was read anew."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self.asvar, node.asvar = node.asvar, None
        self.known: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def render(self, context: Context) -> str:
        language = catalog()
        words = self.known.get(language)
        if words is None:
            words = self.known[language] = self.node.render(context)
        if not self.asvar:
            return words
        context[self.asvar] = words
        return ""


class Sentence(Node):
    """Words with values among them, without a plural."""

    child_nodelists = ()

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        self.node = node
        self.source, self.names = node.render_token_list(node.singular)
        self.asvar = node.asvar
        self.known: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def render(self, context: Context) -> str:
        language = catalog()
        words = self.known.get(language)
        if words is None:
            words = self.known[language] = gettext(self.source)
        given = {name: value.resolve(context) for name, value in self.node.extra_context.items()}
        try:
            values = {name: given[name] if name in given else context[name] for name in self.names}
            said = words % {name: render_value_in_context(value, context) for name, value in values.items()}
        except (KeyError, ValueError):  # a value that is missing, or a wrong translation: Django knows what to do
            return self.node.render(context)
        if not self.node.asvar:
            return said
        context[self.node.asvar] = SafeString(said)
        return ""


class Constant(Node):
    """Words and addresses of views alone. They follow from the language, and from where the host includes ours."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.known: WeakKeyDictionary[Any, dict[Any, str]] = WeakKeyDictionary()

    def render(self, context: Context) -> str:
        known = self.known.setdefault(catalog(), {})
        around = *standpoint(), current_app(context), context.autoescape
        found = known.get(around)
        if found is None:
            if len(known) >= STANDPOINTS:
                known.clear()
            found = known[around] = self.nodelist.render(context)
        return found


class Address(defaulttags.URLNode):
    """The address of a view. It follows the language, and where the host includes ours."""

    def render(self, context: Context) -> str:
        arguments = [argument.resolve(context) for argument in self.args]
        if self.kwargs or not all(isinstance(argument, str) for argument in arguments):
            return super().render(context)
        try:
            url = path_of(self.view_name.resolve(context), *arguments, current_app=current_app(context))
        except NoReverseMatch:
            return super().render(context)
        if self.asvar is None:
            return conditional_escape(url) if context.autoescape else url
        context[self.asvar] = url
        return ""


class StaticFile(StaticNode):
    """The address of a static file, where that has its version in its name: so it changes with the release."""

    def url(self, context: Context) -> str:
        storage = staticfiles_storage._wrapped
        if settings.DEBUG or not isinstance(storage, ManifestStaticFilesStorage):
            return super().url(context)
        return _address_of(storage, self.path.resolve(context))


@lru_cache(FILES)
def _address_of(storage: ManifestStaticFilesStorage, name: str) -> str:
    return storage.url(name)


def current_app(context: Mapping[str, Any]) -> str | None:
    """Which instance of an app the request came to, as Django's tag finds it."""
    request = getattr(context, "request", None)
    if hasattr(request, "current_app"):
        return request.current_app
    match = getattr(request, "resolver_match", None)
    return match.namespace if match else None


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    told = [node.filter_expression, *filter(None, [node.message_context])]
    return Words(node) if all(map(_is_constant, told)) else node


def _is_constant(expression: FilterExpression) -> bool:
    is_literal = isinstance(expression.var, str) or getattr(expression.var, "literal", None) is not None
    return is_literal and not expression.filters


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    return Sentence(node) if not (node.plural or node.message_context) else node


@register.tag
def constant(parser: Parser, token: Token) -> Node:
    """What stands up to `endconstant` is the same on all pages: text, words without values, and addresses of views."""
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    if not all(map(_is_same_everywhere, nodelist)):
        raise template.TemplateSyntaxError("constant takes text, words without values, and addresses of views.")
    return Constant(nodelist)


def _is_same_everywhere(node: Node) -> bool:
    if isinstance(node, Address):
        return not node.asvar and not node.kwargs and all(map(_is_constant, [node.view_name, *node.args]))
    if isinstance(node, Sentence):
        return not node.asvar and not node.names
    return isinstance(node, TextNode) or (isinstance(node, Words) and not node.asvar)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    return StaticFile.handle_token(parser, token)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = defaulttags.url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag(takes_context=True)
def pageurl(context: Mapping[str, Any], page: Page | ListedPaper, fallback: str | None = None) -> str | None:
    """Papers, weeks and the digest's sections lie in few folders, of which Wagtail is asked once."""
    request = context.get("request")
    if request is None or not (type(page) is Page or isinstance(page, PaperPage | WeekPage | ListedPaper)):
        return wagtailcore_tags.pageurl(context, page, fallback)
    return page_path(page, request)


@register.filter("date", expects_localtime=True, is_safe=False)
def date_in_words(day: Any, form: str | None = None) -> str:
    """A day of the calendar is remembered; a moment is another one in each time zone."""
    if type(day) is not date or form is None:
        return defaultfilters.date(day, form)
    return _date_in_words(day, form, get_format(form), get_language())


@lru_cache(DATES)
def _date_in_words(day: date, form: str, spelt: str, language: str | None) -> str:
    """`spelt` is what a form such as DATE_FORMAT stands for in the language."""
    return defaultfilters.date(day, form)
