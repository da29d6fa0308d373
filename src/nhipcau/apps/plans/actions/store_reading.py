"""What the reader made of a document is kept: the reading as it came, and a draft for every task.

Or its refusal.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.plans.amending import link_drafts
from nhipcau.apps.plans.dating import day_of_names
from nhipcau.apps.plans.drafting import day_of, make_drafts
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.uploads import refuse
from nhipcau.core.text import fold


@transaction.atomic
def store_reading(document_id: int, reading: dict[str, Any], *, actor: Actor) -> Document:
    """Put the reading (schema plan/1) into the document that waits for it. A second one changes nothing."""
    document = _waiting(document_id)
    if document.state != Document.State.READING:
        return document
    with act(actor, "plans.store_reading", document, permission="review") as entry:
        header = reading.get("document") or {}
        document.reading = reading
        document.reader_version = str(reading.get("schema") or "")[:20]
        document.number = str(header.get("number") or "")[:60]
        document.issued_on = day_of(header.get("issued"))
        document.as_of = None if document.issued_on else day_of_names(reading, document)
        document.type_name = str(header.get("type") or "")[:60]
        document.title = str(header.get("title") or "")
        document.title_fold = fold(document.title)
        document.issuer_name = str(header.get("issuer") or "")[:300]
        document.state = Document.State.DRAFT
        document.save()
        drafts = make_drafts(document, actor=actor)
        link_drafts(document)
        if document.work is not None:
            document.work.state, document.work.done = LongWork.State.DONE, document.work.total
            document.work.finished_at = timezone.now()
            document.work.save()
        note(entry, tasks=len(drafts))
    return document


@transaction.atomic
def refuse_reading(document_id: int, code: str, values: dict[str, str | int], *, actor: Actor) -> Document:
    """Close a document that could not be read; of one with a secrecy mark nothing is kept but time, user
    and hash.
    """
    document = _waiting(document_id)
    if document.state != Document.State.READING:
        return document
    with act(actor, "plans.refuse_reading", document, permission="review", reason=code):
        refuse(document, code, values)
    return document


def _waiting(document_id: int) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).select_related("work", "upload")
    return rows.get(pk=document_id)
