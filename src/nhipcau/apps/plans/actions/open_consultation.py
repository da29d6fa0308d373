"""Agencies are asked for their opinion on a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.actions.add_consultation_draft import add_consultation_draft
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer, Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.spans import on_one_line
from nhipcau.apps.plans.telling_consultations import tell_asked

Asked = Mapping[int, int | None]
"""Organisation (id) → the set (id) through which it is asked, or None when it is named itself."""


def open_consultation(
    title: str,
    asked: Asked,
    *,
    due_on: date,
    actor: User,
    question: str = "",
    upload: Upload | None = None,
    document: Document | None = None,
    letter_number: str = "",
    letter_on: date | None = None,
) -> Consultation:
    """The consultation, open at once, with the first version of the draft when there is a file.

    Raises Refused("empty-title") and Refused("nobody-asked").
    """
    words = on_one_line(title)
    if not words:
        raise Refused("empty-title")
    if not asked:
        raise Refused("nobody-asked")
    with act(actor, "plans.open_consultation", Consultation, permission="create") as entry:
        made = Consultation.objects.create(
            title=words,
            question=question.strip(),
            due_on=due_on,
            document=document,
            letter_number=letter_number.strip()[:60],
            letter_on=letter_on,
            created_by=actor,
        )
        ask(made, asked)
        entry.subject = made
        note(entry, asked=len(asked), due_on=due_on.isoformat())
        if upload is not None:
            add_consultation_draft(made, upload, actor=actor)
        tell_asked(made, asked, actor=actor)
    return made


def ask_organisations(consultation: Consultation, asked: Asked, *, actor: Actor) -> int:
    """Ask more; those who are asked already are passed over. Returns how many are new.

    Raises Refused("consultation-closed").
    """
    with act(actor, "plans.ask_organisations", consultation, permission="edit") as entry:
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if locked.closed_at is not None:
            raise Refused("consultation-closed")
        new = ask(locked, asked)
        note(entry, asked=len(new))
        tell_asked(locked, new, actor=actor)
    return len(new)


def ask(consultation: Consultation, asked: Asked) -> list[int]:
    """Rows for those who are not asked yet; returns who they are."""
    there = set(consultation.answers.values_list("organisation_id", flat=True))
    rows = [
        ConsultationAnswer(consultation=consultation, organisation_id=pk, set_id=group)
        for pk, group in asked.items()
        if pk not in there
    ]
    return [row.organisation_id for row in ConsultationAnswer.objects.bulk_create(rows)]
