"""What only the reference site shows."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from digestsite.sample.notes import load_notes


def sample_pdf(request: HttpRequest, note: str) -> FileResponse:
    """The PDF of a sample note, to which the demo's citations link."""
    found = load_notes().get(note)
    if found is None:
        raise Http404
    return FileResponse(found.pdf.open("rb"), content_type="application/pdf")
