"""Where the parts of the reference site stand."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from digestsite import views

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("weekly.root_urls")),
    path("sample/<str:note>.pdf", views.sample_pdf, name="sample-pdf"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
# The default language stands at the root, every other one under its tag: /weeks/…, /ko/weeks/…
urlpatterns += i18n_patterns(
    path("", include("weekly.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
