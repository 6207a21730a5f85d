"""The reference site as the benchmarks serve it: with an empty view and a plain Wagtail page beside its own."""

import os

from digestsite.settings import *  # noqa: F403
from digestsite.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "bench.plain"]
ROOT_URLCONF = "bench.urls"
if os.environ.get("BENCH_FINDS"):
    MIDDLEWARE = [name.replace("weekly.caching.middleware.PageCache", "bench.keeping.FirstCome") for name in MIDDLEWARE]
