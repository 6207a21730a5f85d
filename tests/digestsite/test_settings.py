"""The environment decides; a public site does not start half set up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOW = "from django.conf import settings; print(getattr(settings, '{}'))"


def run(name: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A setting's value in a process of its own."""
    return run_code(SHOW.format(name), tmp_path, **environment)


def run_code(code: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    passed = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "digestsite.settings"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=passed | environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_without_any_environment_it_runs_on_this_machine(tmp_path: Path) -> None:
    assert run("ALLOWED_HOSTS", tmp_path).stdout.strip() == "['localhost', '127.0.0.1', '[::1]']"


def test_a_public_site_refuses_the_default_secret(tmp_path: Path) -> None:
    done = run("SECRET_KEY", tmp_path, DEBUG="0")
    assert done.returncode != 0
    assert "Set SECRET_KEY" in done.stderr


def test_a_public_site_starts_with_a_secret_of_its_own(tmp_path: Path) -> None:
    assert run("DEBUG", tmp_path, DEBUG="0", SECRET_KEY="x" * 50).stdout.strip() == "False"


def test_sqlite_is_told_to_let_a_worker_write_beside_the_web(tmp_path: Path) -> None:
    shown = run("DATABASES", tmp_path).stdout
    assert "IMMEDIATE" in shown
    assert "journal_mode=WAL" in shown


@pytest.mark.parametrize(
    ("environment", "setting", "shown"),
    [
        ({"DATABASE_URL": "postgres://u:p@db/digest"}, "DATABASES", "postgresql"),
        ({"CELERY_BROKER_URL": "redis://r:6379/0"}, "CELERY_BROKER_URL", "redis://r:6379/0"),
        ({"CACHE_URL": "redis://r:6379/1"}, "CACHES", "RedisCache"),
        ({"CACHE_URL": "redis://r:6379/1"}, "CACHES", "'socket_timeout': 1"),
        ({"CACHE_URL": "redis://r:6379/1?key_prefix=digest"}, "CACHES", "'KEY_PREFIX': 'digest'"),
        ({}, "CACHES", "weekly.caching.files.FileCache"),
        ({"DIGEST_LANGUAGE": "ko"}, "LANGUAGE_CODE", "ko"),
        ({"DIGEST_LANGUAGE": "pt-br"}, "LANGUAGES", "pt-br"),
        ({"DIGEST_LLM_PRICES": '{"m": {"input": 1}}'}, "DIGEST", "{'m': {'input': 1}}"),
        ({"ARXIV_DELAY": "0.5"}, "DIGEST", "'ARXIV_DELAY': 0.5"),
        ({"EMAIL_URL": "smtp://u:p@mail:25"}, "EMAIL_HOST", "mail"),
        ({"DATABASE_URL": "", "CACHE_URL": "", "EMAIL_URL": "", "DIGEST_LLM_PRICES": ""}, "DATABASES", "sqlite3"),
        ({"ARXIV_DELAY": "", "CELERY_BROKER_URL": ""}, "CELERY_BROKER_URL", "safe-filesystem:"),
        ({"DEBUG": "", "SECRET_KEY": "x" * 50}, "DEBUG", "False"),
        ({"DIGEST_LANGUAGE": "tlh"}, "LANGUAGES", "tlh"),
        ({"DIGEST_LANGUAGE": "tlh"}, "LANGUAGE_CODE", "en"),
    ],
)
def test_the_environment_reaches_the_settings(
    environment: dict[str, str], setting: str, shown: str, tmp_path: Path
) -> None:
    assert shown in run(setting, tmp_path, **environment).stdout


def test_the_database_lies_in_its_folder_whatever_that_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "c++ #1 100%"
    shown = run("DATABASES", folder).stdout
    assert str(folder / "digest.sqlite3") in shown


def test_a_public_site_loads_before_its_static_files_are_collected(tmp_path: Path) -> None:
    """So that migrate can run first; with hashed names every early look at a widget's files would fail."""
    load = (
        "import django; django.setup(); from django.urls import get_resolver; print(len(get_resolver().url_patterns))"
    )
    done = run_code(load, tmp_path, DEBUG="0", SECRET_KEY="x" * 50)
    assert done.returncode == 0, done.stderr
