"""What an upload leaves behind when it is refused, and the job that reads one that is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.files.removed import SECRET, forget
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import SENTENCES, Refused
from nhipcau.core.planreader.refusal import REASONS, Refusal

READ = "plans.read_document"
STEPS = 3


def message_of(document: Document) -> str:
    """Why the document was refused, in the active language; empty for one that was not."""
    refusal = document.refusal or {}
    code, values = str(refusal.get("code", "")), refusal.get("values") or {}
    language = translation.get_language() or "vi"
    if code in REASONS:
        return Refusal(code, **values).message(language)
    return Refused(code).message() if code in SENTENCES else ""


def refuse(document: Document, code: str, values: dict[str, str | int]) -> None:
    """Close an upload that is not read. Of a document that bears a secrecy mark, time, user and hash stay."""
    upload, now = document.upload, timezone.now()
    secret = code == SECRET
    document.state = Document.State.REFUSED
    document.refusal = {"code": code, "values": values}
    document.reading = None
    if document.work is not None:
        document.work.state, document.work.finished_at = LongWork.State.FAILED, now
        document.work.outcome = {"document": document.pk, "refusal": code}
        document.work.save()
    document.save()
    if upload is not None and secret:
        upload.state, upload.refusal = Upload.State.REFUSED, code
        upload.name, upload.format, upload.size, upload.removed_at = "", "", 0, now
        upload.save()
        transaction.on_commit(lambda: forget(upload.sha256, now))


def begin_reading(document: Document, owner: User) -> None:
    """Have the document read by a job that is stored in the running transaction; at once where settings
    say so.
    """
    document.state, document.refusal = Document.State.READING, None
    document.work = LongWork.objects.create(
        kind="read-document", owner=owner, total=STEPS, outcome={"document": document.pk}
    )
    document.save()
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[READ](document.pk)
    else:
        app.configure_task(READ).defer(document_id=document.pk)
