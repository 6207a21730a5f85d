"""Public addresses beside the pages themselves. Include it wherever the host site likes; names are reversed."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import conditional_page

from weekly import speaking, views
from weekly.api import api
from weekly.feeds import CorrectionsAtom, CorrectionsRss, WeeksAtom, WeeksRss
from weekly.health import healthz
from weekly.unsubscribing import unsubscribe_view


class TagSlug(StringConverter):
    """Slugs of tags hold letters of any script, and nothing that a database would refuse."""

    regex = r"[-\w]+"


register_converter(TagSlug, "tag_slug")

app_name = "weekly"
urlpatterns = [
    path("tags/", views.tags, name="tags"),
    path("tags/<tag_slug:slug>/", views.tag, name="tag"),
    path("comments/new/", speaking.comment, name="comment"),
    path("reports/new/", speaking.report, name="report"),
    path("reports/thanks/", speaking.report_thanks, name="report-thanks"),
    path("corrections/", views.corrections, name="corrections"),
    path("comments/unsubscribe/<str:token>/", unsubscribe_view, name="unsubscribe"),
    path("feeds/weeks.rss", conditional_page(WeeksRss()), name="weeks-rss"),
    path("feeds/weeks.atom", conditional_page(WeeksAtom()), name="weeks-atom"),
    path("feeds/corrections.rss", conditional_page(CorrectionsRss()), name="corrections-rss"),
    path("feeds/corrections.atom", conditional_page(CorrectionsAtom()), name="corrections-atom"),
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
]
