"""Work of the worker for letters."""

from __future__ import annotations

import structlog
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from procrastinate.contrib.django import app

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import AttachmentRefused
from nhipcau.apps.reporting.letter_pdf import LETTER_PDF, keep_pdf, pdf_of
from nhipcau.apps.reporting.models import ReminderLetter
from nhipcau.core.planreader.refusal import Refusal

_log = structlog.get_logger("nhipcau.reporting")


@app.task(name=LETTER_PDF, queue="reporting")
def letter_pdf(letter_id: int, user_id: int) -> None:
    """Made twice it is one; what cannot be made is left out, the Word file is there."""
    owner = User.objects.get(pk=user_id)
    letter = ReminderLetter.objects.select_related("upload").get(pk=letter_id)
    if letter.pdf_id is not None:
        return
    try:
        data = pdf_of(letter)
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            with transaction.atomic():
                keep_pdf(letter, data, actor=owner)
        else:
            with acting(owner):
                keep_pdf(letter, data, actor=owner)
    except (Refusal, AttachmentRefused, OSError) as refused:
        _log.warning("letter as PDF not made", letter=letter.pk, cause=type(refused).__name__)
