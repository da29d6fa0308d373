"""A file that goes with something else: evidence, minutes, a draft for consultation. It is kept, not read."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files import store
from nhipcau.apps.files.gate import gate
from nhipcau.apps.files.marks import SHEETS, first_look
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.removed import SECRET, forget, lock_hash
from nhipcau.core.filegate import Admitted, Gate, Rejected, admit
from nhipcau.core.filegate.gate import DOCUMENTS
from nhipcau.core.planreader.refusal import Refusal

LOOK = "files.look_for_mark"


class AttachmentRefused(Exception):
    """A file that was not kept. `message()` says why and what to do, in the active language."""

    def __init__(self, reason: Rejected | Refusal) -> None:
        super().__init__(reason.code)
        self.reason = reason

    def message(self) -> str:
        return self.reason.message(translation.get_language() or "vi")


def attach_file(file: store.Incoming, name: str, *, actor: User) -> Upload:
    """The upload of the file; the same bytes twice are one upload. Call it before the action that uses it:
    of a refused file with a secrecy mark, time, user and hash stay recorded.

    Raises AttachmentRefused. Marks of secrecy are looked for at once where the file has text; in scans and
    old Word files by a job, which locks away what bears one.
    """
    reason: Rejected | Refusal | None = None
    upload = None
    with act(actor, "files.attach_file", Upload, permission="create") as entry:
        passed = gate()
        passed = Gate(allowed=(*DOCUMENTS, *SHEETS), scanner=passed.scanner)
        with store.received(file, passed.most) as path:
            try:
                admitted = admit(path, name, passed)
                lock_hash(admitted.sha256)
                mark, seen = _mark(admitted, path)
            except Rejected as rejected:
                reason = rejected
            else:
                if mark:
                    reason = Refusal(SECRET, mark=mark)
                    upload = _refused(admitted, actor)
                else:
                    upload = _kept(admitted, actor)
                    store.keep(path, admitted.sha256)
                    if not seen:
                        look_later(upload)
                        upload.refresh_from_db()
        entry.subject = upload
        note(entry, refusal=reason.code if reason else None)
    if reason is not None or upload is None:
        raise AttachmentRefused(reason or Rejected("damaged"))
    return upload


def _mark(admitted: Admitted, path: Path) -> tuple[str, bool]:
    """The secrecy mark of the file, or that it was refused for before; and whether it could be looked at."""
    if Upload.objects.filter(sha256=admitted.sha256, refusal=SECRET).exists():
        return "MẬT", True
    return first_look(path, admitted.kind)


def look_later(upload: Upload) -> None:
    """Store the job that looks for a mark; run it at once where settings say so."""
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[LOOK](str(upload.pk))
    else:
        app.configure_task(LOOK).defer(upload_id=str(upload.pk))


def _kept(admitted: Admitted, actor: User) -> Upload:
    found = Upload.objects.filter(sha256=admitted.sha256, state=Upload.State.KEPT).first()
    return found or Upload.objects.create(
        sha256=admitted.sha256, size=admitted.size, name=admitted.name, format=admitted.kind, created_by=actor
    )


def _refused(admitted: Admitted, actor: User) -> Upload:
    now = timezone.now()
    transaction.on_commit(lambda: forget(admitted.sha256, now))
    return Upload.objects.create(
        sha256=admitted.sha256,
        size=0,
        state=Upload.State.REFUSED,
        refusal=SECRET,
        removed_at=now,
        created_by=actor,
    )
