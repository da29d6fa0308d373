"""Mails as files: for trying, and for tests that count them. A file a mail, which mail programs open."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmailBackend(BaseEmailBackend):
    """Writes into EMAIL_FILE_PATH; a file is there as a whole or not at all."""

    def __init__(self, file_path: str | Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{timezone.localtime():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:8]}"
            part = self.folder / f".{name}.part"
            part.touch(mode=0o600)
            part.write_bytes(message.message().as_bytes())
            part.replace(self.folder / f"{name}.eml")
        return len(email_messages)
