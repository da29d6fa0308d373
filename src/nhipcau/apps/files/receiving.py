"""Where a large upload waits while it arrives: in the data folder, not in a folder that all users share."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from nhipcau.apps.files import store


class ScratchFileUploadHandler(TemporaryFileUploadHandler):
    """Django's, which writes into FILE_UPLOAD_TEMP_DIR and expects that folder to be there."""

    file: TemporaryUploadedFile

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        store.scratch()
        super().new_file(*args, **kwargs)
