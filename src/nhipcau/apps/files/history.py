"""What is recorded of uploads: of a file removed for good, time, user and hash stay, in the record too."""

from __future__ import annotations

from nhipcau.apps.audit.rows import track
from nhipcau.apps.files.models import Upload

track(Upload, hidden=("name",))
