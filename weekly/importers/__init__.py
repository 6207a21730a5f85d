"""Importers read weeks of entries from a source; `IMPORTERS` lists them by the key that a week's identity holds."""

from weekly.importers.base import Importer
from weekly.importers.paper_ids import PaperIdsImporter
from weekly.importers.reading_list import ReadingListImporter

IMPORTERS: dict[str, type[Importer]] = {
    ReadingListImporter.key: ReadingListImporter,
    PaperIdsImporter.key: PaperIdsImporter,
}
