"""What has to lie at the root of a site, outside any prefix and language: include it there."""

from django.urls import path

from weekly.crawlers import favicon, llms, robots
from weekly.sitemaps import sitemap

app_name = "weekly_root"
urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("llms.txt", llms, name="llms"),
    path("favicon.ico", favicon, name="favicon"),
]
