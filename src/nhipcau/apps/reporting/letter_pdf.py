"""A letter of reminder as PDF too, made by the worker where LibreOffice is."""

from __future__ import annotations

import io

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.reporting.models import ReminderLetter
from nhipcau.core.officialdoc.pdf import can_make_pdf, to_pdf

LETTER_PDF = "reporting.letter_pdf"


def begin_pdf(letter: ReminderLetter, owner: User) -> None:
    """Store the job in the running transaction; run it at once where settings say so."""
    if not can_make_pdf():
        return
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[LETTER_PDF](letter_id=letter.pk, user_id=owner.pk)
    else:
        app.configure_task(LETTER_PDF).defer(letter_id=letter.pk, user_id=owner.pk)


def pdf_of(letter: ReminderLetter) -> bytes:
    """Raises planreader's Refusal."""
    return to_pdf(store.path_of(letter.upload.sha256).read_bytes(), scratch=store.scratch())


def keep_pdf(letter: ReminderLetter, data: bytes, *, actor: User) -> None:
    """Raises AttachmentRefused."""
    upload = attach_file(io.BytesIO(data), f"cong-van-don-doc-{letter.period_id}.pdf", actor=actor)
    ReminderLetter.objects.filter(pk=letter.pk, pdf=None).update(pdf=upload)
