"""What is recorded of uploads: of a file removed for good, time, user and hash stay, in the record too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.files.models import Upload

track(Upload, hidden=("name",))
sentences(
    {
        "files.attach_file": _("attached a file"),
        "files.lock_away": _("locked a file away that bears a mark of secrecy"),
    }
)
