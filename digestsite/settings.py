"""Every value comes from the environment, with a default that runs.

DEBUG=1 is the default so that a checkout runs at once; it serves this machine only. A public site sets DEBUG=0,
which refuses to start without a SECRET_KEY of its own.
"""

import os
from pathlib import Path
from urllib.parse import quote

import environ
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

# An empty value means the default, since compose files hand one on for a variable that is not set. Not so for DEBUG,
# whose default is the less safe one.
env = environ.Env()
env.ENVIRON = {name: value for name, value in os.environ.items() if value or name == "DEBUG"}
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEMO_SECRET_KEY = "demo-key-for-this-machine-only"
DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default=DEMO_SECRET_KEY)
if not DEBUG and SECRET_KEY == DEMO_SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a value of your own: with DEBUG=0 the default is refused.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE_URL.startswith("https:") else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")

INSTALLED_APPS = [
    "digestsite",
    "weekly",
    "papers",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "weekly.caching.middleware.PageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "digestsite.missing.MissingPage",
]

ROOT_URLCONF = "digestsite.urls"
WSGI_APPLICATION = "digestsite.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# A web process and a worker write to one SQLite file: WAL lets readers go on, IMMEDIATE and a timeout make
# writers queue. Never with ATOMIC_REQUESTS: every GET would take the write lock.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA journal_size_limit=27103364",
}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{quote(str(VAR_DIR / 'digest.sqlite3'))}")}
# Opening a connection takes longer than most pages ask the database for; SQLite reads its schema anew each time.
DATABASES["default"] = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, **DATABASES["default"]}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
    # A test database on disk, since tests read it from several threads and processes.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHE = env.cache_url("CACHE_URL", default="locmemcache://?max_entries=10000")
CACHES = {
    "default": {name.upper(): value for name, value in CACHE.items()}
}  # environ writes some of a Redis' own small
if CACHES["default"]["BACKEND"].endswith("RedisCache"):  # seconds that a reader waits for one that hangs
    limits = {"socket_connect_timeout": 1, "socket_timeout": 1}
    CACHES["default"]["OPTIONS"] = limits | CACHES["default"].get("OPTIONS", {})
# Whole pages for readers: every process has to see what another one drops.
if not env.str("CACHE_URL", default=""):
    CACHES["digest"] = {"BACKEND": "weekly.caching.files.FileCache", "LOCATION": VAR_DIR / "pages"}
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
EMAIL_TIMEOUT = 30  # seconds; far less than a letter's lease

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    # PDFs and pictures of their pages, for editors only: not under MEDIA_ROOT, and without an address.
    "digest": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "papers", "file_permissions_mode": 0o600},
    },
}

# BCP 47 tag of the drafts; the pages' Wagtail locale. Checked by papers.conf, so that a bad tag is told clearly.
DIGEST_LANGUAGE = env.str("DIGEST_LANGUAGE", default="ja")
LANGUAGES = [("ja", "日本語"), ("ko", "한국어"), ("en", "English")]
# A tag that is none is refused wherever drafts are made (papers.conf); the interface still has to start.
tag = DIGEST_LANGUAGE.lower() if DIGEST_LANGUAGE.replace("-", "").isalnum() else "en"
if tag not in dict(LANGUAGES):
    LANGUAGES.append((tag, DIGEST_LANGUAGE))
# Django has no texts for some languages that papers can be drafted in, and does not start in one of them.
LANGUAGE_CODE = tag if {tag, tag.split("-")[0]} & LANG_INFO.keys() else "en"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "weekly" / "locale"]  # holds the strings of templates/ as well
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("ja", "日本語"), ("ko", "한국어")]
WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Paper Digest")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # the editor's browser asks nobody outside
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "login.html"
TAGGIT_CASE_INSENSITIVE = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # ten Q&As with citations are some hundred form fields

DIGEST = {
    "LANGUAGE": DIGEST_LANGUAGE,
    "LLM": env.str("DIGEST_LLM", default="auto"),
    "OPENAI_API_KEY": env.str("OPENAI_API_KEY", default=""),
    "OPENAI_BASE_URL": env.str("OPENAI_BASE_URL", default=""),
    "LLM_MODEL": env.str("DIGEST_LLM_MODEL", default="gpt-5-mini"),
    "LLM_TIMEOUT": env.float("DIGEST_LLM_TIMEOUT", default=120),
    "LLM_MAX_RETRIES": env.int("DIGEST_LLM_MAX_RETRIES", default=4),
    "LLM_PRICES": env.json("DIGEST_LLM_PRICES", default={}),
    "BUDGET_PER_WEEK": env.str("DIGEST_BUDGET_PER_WEEK", default="") or None,
    "ARXIV_API_URL": env.str("ARXIV_API_URL", default="https://export.arxiv.org/api/query"),
    "ARXIV_PDF_URL": env.str("ARXIV_PDF_URL", default="https://arxiv.org/pdf/{id}"),
    "ARXIV_DELAY": env.float("ARXIV_DELAY", default=3),
    "MAX_PDF_BYTES": env.int("MAX_PDF_BYTES", default=50_000_000),
    "MAX_PDF_PAGES": env.int("MAX_PDF_PAGES", default=200),
    "FETCH_ALLOW_PRIVATE": env.bool("FETCH_ALLOW_PRIVATE", default=False),
    "PROXIES": env.int("DIGEST_PROXIES", default=0),
    "SHARE_FONT": env.str("DIGEST_SHARE_FONT", default=""),
    "MAIL_HOUR": env.int("DIGEST_MAIL_HOUR", default=8),
}

BROKER_DIR = VAR_DIR / "broker"
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="safe-filesystem://localhost")
if CELERY_BROKER_URL.startswith("safe-filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_TASK_DEFAULT_QUEUE", default="digest")
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_TASK_SOFT_TIME_LIMIT = 1800
CELERY_TASK_TIME_LIMIT = 1860
CELERY_TIMEZONE = "UTC"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
