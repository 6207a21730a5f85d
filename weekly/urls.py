"""Public addresses beside the pages themselves. Include it wherever the host site likes; names are reversed."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import conditional_page

from weekly import citations, citing, searching, speaking, subscribing, views
from weekly.api import api
from weekly.feeds import FEEDS, FORMATS, TagFeed
from weekly.health import healthz
from weekly.sharing.views import share
from weekly.unsubscribing import unsubscribe_view


class TagSlug(StringConverter):
    """Slugs of tags hold letters of any script, and nothing that a database would refuse."""

    regex = r"[-\w]+"


class Ending(StringConverter):
    regex = "|".join(citing.FORMATS)


register_converter(TagSlug, "tag_slug")
register_converter(Ending, "cite_ending")

app_name = "weekly"
urlpatterns = [
    path("tags/", views.tags, name="tags"),
    path("tags/<tag_slug:slug>/", views.tag, name="tag"),
    path("search/", searching.search, name="search"),
    path("papers/<tag_slug:slug>/cite.<cite_ending:ending>", conditional_page(citations.cite_paper), name="cite-paper"),
    path("weeks/<tag_slug:slug>/cite.<cite_ending:ending>", conditional_page(citations.cite_week), name="cite-week"),
    path("comments/new/", speaking.comment, name="comment"),
    path("reports/new/", speaking.report, name="report"),
    path("reports/thanks/", speaking.report_thanks, name="report-thanks"),
    path("corrections/", views.corrections, name="corrections"),
    path("comments/unsubscribe/<str:token>/", unsubscribe_view, name="unsubscribe"),
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/asked/", subscribing.asked, name="subscribe-asked"),
    path("subscribe/confirm/<str:token>/", subscribing.confirm, name="subscribe-confirm"),
    path("subscription/<str:token>/", subscribing.subscription, name="subscription"),
    path("subscription/<str:token>/end/", subscribing.end, name="subscription-end"),
    path("api/v1/", api.urls),
    re_path(r"^share/(?P<kind>weeks|papers)/(?P<slug>[-\w]+)\.png$", share, name="share"),
    path("healthz", healthz, name="healthz"),
]
urlpatterns += [
    path(f"feeds/{name}.{suffix}", conditional_page(feed(kind)), name=f"{name}-{suffix}")
    for name, feed in FEEDS.items()
    for suffix, kind in FORMATS.items()
]
urlpatterns += [
    path(f"tags/<tag_slug:slug>/feed.{suffix}", conditional_page(TagFeed(kind)), name=f"tag-{suffix}")
    for suffix, kind in FORMATS.items()
]
