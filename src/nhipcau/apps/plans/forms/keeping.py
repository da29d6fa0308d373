"""Files that came with a form and passed the gate are not asked for again when the rest has to be put right.

What was kept comes back with the form, signed for the user it was kept for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.files.models import Upload
from nhipcau.core.filegate import safe_name

SALT = "plans.evidence"
HOURS = 12


@dataclass(frozen=True, slots=True)
class KeptFile:
    upload: Upload
    name: str
    token: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps files for one user."""

    user: User

    def keep(self, file: UploadedFile[Any]) -> KeptFile:
        """Raises AttachmentRefused."""
        name = file.name or ""
        upload = attach_file(file, name, actor=self.user)
        shown = safe_name(name)  # the same bytes may have been here under another
        return KeptFile(upload, shown, self._token(upload, shown))

    def again(self, tokens: Iterable[str]) -> list[KeptFile]:
        """Those that came back; what is not signed for her is passed over."""
        found = []
        for token in tokens:
            try:
                pk, name, user = signing.loads(token, salt=SALT, max_age=HOURS * 3600)
            except (signing.BadSignature, ValueError, TypeError):
                continue
            upload = Upload.objects.filter(pk=pk, state=Upload.State.KEPT).first()
            if upload is not None and user == self.user.pk:
                found.append(KeptFile(upload, name, token))
        return found

    def _token(self, upload: Upload, name: str) -> str:
        return signing.dumps([str(upload.pk), name, self.user.pk], salt=SALT)
