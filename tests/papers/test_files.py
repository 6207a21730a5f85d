"""The papers' files: kept where no reader can get at them, and missed by nobody where they are not kept."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from digestsite import settings as site
from digestsite.celery import app
from papers import files, tasks
from papers.files import KEEP_PICTURES, drop_old_pictures, keep_file, keep_picture, kept_file, kept_picture

KEY = "hep-th/9901001v1"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A storage on disk, for this test alone."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "digest": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    return tmp_path


def test_a_file_comes_back_as_it_was() -> None:
    keep_file(KEY, b"%PDF-1.7")
    assert kept_file(KEY) == b"%PDF-1.7"


def test_what_was_never_kept_is_not_there() -> None:
    assert (kept_file(KEY), kept_picture(KEY, 1, "")) == (None, None)


def test_a_newer_file_takes_the_place_of_the_older(folder: Path) -> None:
    keep_file(KEY, b"old")
    keep_file(KEY, b"new")
    assert kept_file(KEY) == b"new"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("key", ["../../etc/passwd", "https://x.org/a?b=c#d", "あ" * 400, "/", ""])
def test_no_key_leads_out_of_the_folder(folder: Path, key: str) -> None:
    keep_file(key, b"data")
    assert kept_file(key) == b"data"
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["paper.pdf"]


def test_each_quote_has_a_picture_of_its_own() -> None:
    keep_picture(KEY, 3, "a quote", b"marked")
    keep_picture(KEY, 3, "", b"unmarked")
    assert [kept_picture(KEY, 3, quote) for quote in ("a quote", "", "another")] == [b"marked", b"unmarked", None]


def test_a_host_without_the_storage_keeps_nothing(settings: Any) -> None:
    settings.STORAGES = {name: entry for name, entry in settings.STORAGES.items() if name != files.ALIAS}
    keep_file(KEY, b"data")
    assert kept_file(KEY) is None


def test_a_folder_that_cannot_be_written_stops_nothing(folder: Path) -> None:
    (folder / files._hash(KEY)).write_text("a file where a folder should be")
    keep_file(KEY, b"data")
    assert kept_file(KEY) is None


def test_the_sites_storage_is_not_among_the_media() -> None:
    location = Path(site.STORAGES["digest"]["OPTIONS"]["location"])
    assert site.MEDIA_ROOT not in [location, *location.parents]
    assert type(storages.create_storage(site.STORAGES["digest"])).__name__ == "FileSystemStorage"


def age(folder: Path, by: timedelta) -> None:
    """Make all files look as if they had been written this long ago."""
    then = time.time() - by.total_seconds()
    for path in folder.rglob("*.*"):
        os.utime(path, (then, then))


def test_old_pictures_are_dropped_and_new_ones_kept(folder: Path) -> None:
    keep_picture(KEY, 1, "", b"old")
    age(folder, KEEP_PICTURES + timedelta(hours=1))
    keep_picture(KEY, 2, "", b"new")
    assert drop_old_pictures() == 1
    assert (kept_picture(KEY, 1, ""), kept_picture(KEY, 2, "")) == (None, b"new")


def test_a_picture_is_kept_for_its_time(folder: Path) -> None:
    keep_picture(KEY, 1, "", b"young")
    age(folder, KEEP_PICTURES - timedelta(hours=1))
    assert (drop_old_pictures(), kept_picture(KEY, 1, "")) == (0, b"young")


def test_an_old_pdf_is_kept(folder: Path) -> None:
    keep_file(KEY, b"%PDF-1.7")
    age(folder, KEEP_PICTURES * 2)
    assert (drop_old_pictures(), kept_file(KEY)) == (0, b"%PDF-1.7")


def test_pictures_of_all_papers_are_looked_at(folder: Path) -> None:
    for number in range(3):
        keep_picture(f"2405.0000{number}v1", 1, "", b"old")
    age(folder, KEEP_PICTURES * 2)
    assert drop_old_pictures() == 3


def test_the_nightly_task_drops_them(folder: Path) -> None:
    keep_picture(KEY, 1, "", b"old")
    age(folder, KEEP_PICTURES * 2)
    tasks.drop_old_pictures()
    assert kept_picture(KEY, 1, "") is None


def test_the_site_asks_for_it_every_night() -> None:
    scheduled = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    schedule = scheduled[tasks.drop_old_pictures.name]
    assert (len(schedule.hour), len(schedule.minute)) == (1, 1)


def test_a_folder_that_was_never_made_has_nothing_to_drop(settings: Any, tmp_path: Path) -> None:
    options = {"location": tmp_path / "not there"}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = {**settings.STORAGES, "digest": {"BACKEND": backend, "OPTIONS": options}}
    assert drop_old_pictures() == 0


def test_a_host_without_the_storage_has_nothing_to_drop(settings: Any) -> None:
    settings.STORAGES = {name: entry for name, entry in settings.STORAGES.items() if name != files.ALIAS}
    assert drop_old_pictures() == 0
