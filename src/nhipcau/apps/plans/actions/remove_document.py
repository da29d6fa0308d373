"""A document uploaded by mistake is removed for good: what is left says when, by whom, and the hash of
the file.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.removed import blank
from nhipcau.apps.notices.actions import forget as forget_messages
from nhipcau.apps.plans import registers
from nhipcau.apps.plans.amending import NOT_CONTINUED
from nhipcau.apps.plans.forgetting import forget, taught_by
from nhipcau.apps.plans.models import Citation, Document, OwnPlanDuty, ReportingDuty, Task, TaskWording
from nhipcau.apps.plans.putting_back import give_back
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import person


def remove_document(document: Document, *, reason: str, actor: Actor) -> Document:
    """Delete the file, the reading, drafts and tasks of the document, in every place; the next backup has
    none of it.

    `reason` is recorded and must not repeat the content. Raises Refused("reason"),
    Refused("has-amendments") when an approved amendment continues it. Doing it twice is doing it once.
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "plans.remove_document", document, permission="remove", reason=reason.strip()) as entry:
        locked = Document.objects.select_for_update(of=("self",)).select_related("upload").get(pk=document.pk)
        if locked.amendments.filter(state=Document.State.APPROVED).exists():
            raise Refused("has-amendments")
        if locked.state != Document.State.REMOVED:
            note(entry, tasks=locked.tasks.count(), sha256=locked.upload.sha256 if locked.upload else None)
            taught = taught_by(locked)
            _blank(locked, actor)
            registers.removed(locked, actor)
            _delete_parts(locked, actor)
            forget(taught)
            _forget_file(locked)
    return locked


def _blank(document: Document, actor: Actor) -> None:
    """First of all: the state opens what approval froze."""
    document.state = Document.State.REMOVED
    document.removed_by, document.removed_at = person(actor), timezone.now()
    document.reading = document.refusal = document.issued_on = document.as_of = None
    document.number = document.title = document.issuer_name = document.type_name = ""
    document.save()


def _delete_parts(document: Document, actor: Actor) -> None:
    amends = document.amends_id
    worded = Task.objects.filter(Q(document=document) | Q(earlier_wordings__document=document))
    forget_messages("plans.task", worded.values_list("pk", flat=True), actor=actor)
    forget_messages("plans.document", [document.pk], actor=actor)
    document.draft_changes.all().delete()
    document.not_assigning.all().delete()
    document.drafts.all().delete()
    give_back(document, actor)
    if amends is not None and document.approved_at is not None:
        _take_up_again(document.approved_at)
    shown = list(Upload.objects.filter(evidence__update__assignment__task__document=document).distinct())
    Task.objects.filter(document=document).delete()
    for upload in shown:
        _forget_upload(upload, document)
    for part in (TaskWording, Citation, ReportingDuty, OwnPlanDuty):
        part.objects.filter(document=document).delete()


def _take_up_again(approved_at: datetime) -> None:
    """Tasks that its approval ended, at that very moment, go on."""
    for task in Task.objects.filter(ended_at=approved_at, ended_reason=NOT_CONTINUED):
        task.assignments.filter(ended_at=task.ended_at).update(ended_at=None)
        task.ended_at, task.ended_reason = None, ""
        task.save(update_fields=["ended_at", "ended_reason"])


def _forget_file(document: Document) -> None:
    if document.upload is not None:
        _forget_upload(document.upload, document)


def _forget_upload(upload: Upload, document: Document) -> None:
    """Unless another document was read from it, or it is evidence elsewhere."""
    others = upload.documents.exclude(pk=document.pk).exclude(state="removed")
    if upload.state == Upload.State.KEPT and not others.exists() and not upload.evidence.exists():
        blank(upload)


def remove_again(upload: Upload) -> None:
    """After a restore: what the upload became goes as it went before."""
    for document in upload.documents.exclude(state=Document.State.REMOVED).order_by("-pk"):
        remove_document(document, reason="restored from a backup", actor=System("restore"))
