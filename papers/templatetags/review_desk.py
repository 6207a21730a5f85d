"""The review desk's data in the page editor. A tag, since panels belong to models, which know no views."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from papers.admin.desk_data import desk_data

register = template.Library()


@register.simple_tag
def desk_script(page: Any) -> SafeString:
    """The data as JSON in a script element."""
    return json_script(desk_data(page), "digest-desk-data")
