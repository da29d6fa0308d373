"""Giving a kept file back. Who may have it is the caller's question: it is seen with what it goes with."""

from __future__ import annotations

from django.http import FileResponse, Http404

from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "tiff": "image/tiff",
}


def send(upload: Upload) -> FileResponse:
    """The file as a download under its own name, never shown inside a page of ours; 404 for a removed one."""
    path = store.path_of(upload.sha256)
    if upload.state != Upload.State.KEPT or not path.is_file():
        raise Http404
    answer = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=upload.name,
        content_type=TYPES.get(upload.format, "application/octet-stream"),
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
