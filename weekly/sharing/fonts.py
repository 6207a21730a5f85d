"""A font of this machine that can write a language: looked for among the system's fonts, never downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf.locale import LANG_INFO
from PIL import ImageFont

from papers.errors import SettingsError

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
# Beginnings of file names, those that look best first. Bold, since a picture is read at the size of a stamp.
NAMES = (
    "NotoSansCJK-Bold",
    "NotoSansCJKjp-Bold",
    "NotoSansJP-Bold",
    "NotoSansKR-Bold",
    "SourceHanSans-Bold",
    "SourceHanSansJP-Bold",
    "NotoSansCJK",
    "NotoSansJP",
    "NotoSansKR",
    "ヒラギノ角ゴシック W6",
    "AppleSDGothicNeo",
    "YuGothB",
    "meiryob",
    "malgunbd",
    "ipaexg",
    "ipagp",
    "VL-PGothic",
    "TakaoPGothic",
    "fonts-japanese-gothic",
    "NanumGothicBold",
    "wqy-zenhei",
    "DroidSansFallback",
    "NotoSans-Bold",
    "DejaVuSans-Bold",
    "Arial",
)
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
# Of one file with faces for several languages, which ends its name in what.
ENDINGS = {"ja": " JP", "ko": " KR", "zh-hans": " SC", "zh-hant": " TC"}
_FACES = 64  # no collection has more


@dataclass(frozen=True, slots=True)
class Face:
    """One font of a file; `index` counts the fonts of a collection."""

    path: str
    index: int = 0

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(self.path, size, index=self.index)


@cache
def find_face(language: str, configured: str = "") -> Face | None:
    """The font for a language, the configured file's where there is one; None where this machine has none.

    Found once in the life of a process. Raises SettingsError for a configured file that is no font.
    """
    if configured:
        return _configured(language, configured)
    faces = (face for path in candidates() for face in _faces(path, language))
    return next((face for face in faces if covers(face, sample(language))), None)


def _configured(language: str, path: str) -> Face:
    faces = _faces(Path(path), language)
    if not faces:
        raise SettingsError(name="SHARE_FONT", reason=f"“{path}” is no font that can be read")
    return next((face for face in faces if covers(face, sample(language))), faces[0])


@cache
def candidates() -> tuple[Path, ...]:
    """The known fonts that this machine has, best first."""
    found = [path for folder in FOLDERS if folder.is_dir() for path in _files(folder)]
    ranked = [(rank, path) for path in found if (rank := _rank(path)) is not None]
    return tuple(path for _rank_, path in sorted(ranked))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def _rank(path: Path) -> int | None:
    return next((rank for rank, name in enumerate(NAMES) if path.name.startswith(name)), None)


def _faces(path: Path, language: str) -> list[Face]:
    """The fonts of a file, that which is drawn for the language first; none where the file cannot be read."""
    named: list[tuple[bool, Face]] = []
    ending = ENDINGS.get(language, ENDINGS.get(language.split("-")[0], ""))
    for index in range(_FACES):
        try:
            family = ImageFont.truetype(str(path), 10, index=index).getname()[0] or ""
        except OSError:
            break
        named.append((not (ending and family.endswith(ending)), Face(str(path), index)))
    return [face for _other, face in sorted(named, key=lambda pair: pair[0])]


def covers(face: Face, text: str) -> bool:
    """Whether the font has a sign for every letter: a missing one is drawn as the sign for what is missing.

    Letter by letter: laid out as a text, a lone accent and what is never seen would look unlike it.
    """
    font = ImageFont.truetype(face.path, 32, index=face.index, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(letter)) != missing for letter in set("".join(text.split())))


def sample(language: str) -> str:
    """Letters that a font for the language must have: those of its own name."""
    known = LANG_INFO.get(language) or LANG_INFO.get(language.split("-")[0]) or {}
    return known.get("name_local", "English") + ("かな" if language == "ja" else "")
