"""A version of the draft that agencies are asked about; a job reads its paragraphs."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models import Consultation, ConsultationDraft
from nhipcau.apps.plans.telling_consultations import tell_draft

READ = "plans.read_consultation_draft"


def add_consultation_draft(consultation: Consultation, upload: Upload, *, actor: User) -> ConsultationDraft:
    """The next version. The same file as the latest one gives that one."""
    with act(actor, "plans.add_consultation_draft", consultation, permission="edit") as entry:
        Consultation.objects.select_for_update().get(pk=consultation.pk)
        last = consultation.drafts.order_by("-number").first()
        if last is not None and last.upload_id == upload.pk:
            return last
        made = ConsultationDraft.objects.create(
            consultation=consultation,
            number=last.number + 1 if last else 1,
            upload=upload,
            created_by=actor,
        )
        note(entry, number=made.number)
        tell_draft(made, actor=actor)
        if getattr(settings, "JOBS_INLINE", False):
            app.tasks[READ](made.pk)
        else:
            app.configure_task(READ).defer(draft_id=made.pk)
    made.refresh_from_db()
    return made
