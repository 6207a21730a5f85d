"""The child process that opens a PDF: `python -I pdf_reader.py SECONDS MEGABYTES PAGES CHARACTERS < file`.

PDFs are hostile, and PDFium aborts the process that it runs in when memory runs out. So this file runs by its path in
a process of its own, shuts itself into limits before it touches the data, and imports nothing of ours. On standard
output it writes one JSON object: {"pages": [text, …]} or {"error": "broken" | "encrypted" | "pages" | "text"}.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Iterator

MAX_OUTPUT = 64_000_000  # bytes


def confine(seconds: int, megabytes: int) -> None:
    """Limits that the kernel enforces. The alarm ends us even where nobody is left to do it."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MAX_OUTPUT,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform != "darwin":  # macOS refuses a limit on address space
        limits[resource.RLIMIT_AS] = megabytes * 2**20
    for which, limit in limits.items():
        resource.setrlimit(which, (limit, limit))
    signal.alarm(seconds + 1)


def read(data: bytes, max_pages: int, max_characters: int) -> dict[str, object]:
    import pypdfium2  # only now, within the limits

    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > max_pages:
            return {"error": "pages"}
        texts, characters = [], 0
        for text in page_texts(document):
            characters += len(text)
            if characters > max_characters:
                return {"error": "text"}
            texts.append(text)
    except pypdfium2.PdfiumError as error:
        return {"error": "encrypted" if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD else "broken"}
    return {"pages": texts} if texts else {"error": "broken"}


def page_texts(document: Iterator) -> Iterator[str]:
    for page in document:
        textpage = page.get_textpage()
        yield textpage.get_text_range()
        textpage.close()
        page.close()


def main() -> None:
    seconds, megabytes, max_pages, max_characters = map(int, sys.argv[1:])
    confine(seconds, megabytes)
    result = read(sys.stdin.buffer.read(), max_pages, max_characters)
    json.dump(result, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # PDFium need not tidy up


if __name__ == "__main__":
    main()
