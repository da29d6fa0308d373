"""Changes of files: one verb a file."""

from nhipcau.apps.files.actions.attach_file import AttachmentRefused, attach_file
from nhipcau.apps.files.actions.lock_away import lock_away

__all__ = ["AttachmentRefused", "attach_file", "lock_away"]
