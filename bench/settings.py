"""The reference site as the benchmarks serve it: with an empty view and a plain Wagtail page beside its own."""

import os

from bench.rows import BARE, PAGES
from digestsite.settings import *  # noqa: F403
from digestsite.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "bench.plain"]
ROOT_URLCONF = "bench.urls"
_CACHE = "weekly.caching.middleware.PageCache"
_finds = os.environ.get("BENCH_FINDS", PAGES)
if _finds == BARE:
    MIDDLEWARE = [name for name in MIDDLEWARE if name != _CACHE]
elif _finds != PAGES:
    MIDDLEWARE = [name.replace(_CACHE, "bench.keeping.FirstCome") for name in MIDDLEWARE]
