"""The reference site as the tests run it: nothing leaves this machine, nothing is paid for."""

import os

os.environ["CELERY_BROKER_URL"] = "memory://"
os.environ["LC_ALL"] = "C.UTF-8"  # commands speak English here, whoever runs the tests
os.environ["EMAIL_URL"] = "memorymail://"
for name in (
    "CACHE_URL",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "DIGEST_LLM",
    "DIGEST_LANGUAGE",
    "DIGEST_BUDGET_PER_WEEK",
):
    os.environ.pop(name, None)

from digestsite.settings import *  # noqa: E402, F403
from digestsite.settings import CACHES, DATABASES, DIGEST, WAGTAILSEARCH_BACKENDS  # noqa: E402

CLOSED = "http://127.0.0.1:9"  # nobody listens on the discard port
DIGEST |= {
    "ARXIV_API_URL": f"{CLOSED}/api/query",
    "ARXIV_PDF_URL": f"{CLOSED}/pdf/{{id}}",
    "ARXIV_DELAY": 0,
    "FETCH_ALLOW_PRIVATE": True,
}
if suffix := os.environ.get("TEST_DATABASE_SUFFIX"):  # lets two runs go on at once
    test = DATABASES["default"].setdefault("TEST", {})
    test["NAME"] = f"{test.get('NAME') or 'test_digest'}-{suffix}"
CACHES.pop("digest", None)  # tests of what is kept ask for it
# No test looks for pages in Wagtail's admin: on PostgreSQL its index makes saving slower, the more pages a test saves.
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "digest": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}
