"""The site's own address: SITE_URL is the truth, Wagtail's Site row a copy of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def apply_site_url() -> None:
    """Make absolute addresses in pages, feeds and API those of SITE_URL."""
    parts = urlsplit(settings.SITE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=parts.hostname, port=port):
        site.hostname, site.port = parts.hostname, port
        site.save()
