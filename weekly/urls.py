"""Public addresses beside the pages themselves. Include it wherever the host site likes; names are reversed."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from weekly import views


class TagSlug(StringConverter):
    """Slugs of tags hold letters of any script, and nothing that a database would refuse."""

    regex = r"[-\w]+"


register_converter(TagSlug, "tag_slug")

app_name = "weekly"
urlpatterns = [
    path("tags/", views.tags, name="tags"),
    path("tags/<tag_slug:slug>/", views.tag, name="tag"),
]
