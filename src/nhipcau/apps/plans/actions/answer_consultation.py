"""What an agency says of a draft: agreed, or remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer, ConsultationDraft, Remark
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.telling_consultations import tell_given


@dataclass(frozen=True, slots=True)
class Remarked:
    """One remark: the words, and the place as a paragraph (index) of the latest draft or in words."""

    text: str
    passage: int | None = None
    place: str = ""


def answer_consultation(
    answer: ConsultationAnswer,
    kind: str,
    remarks: Sequence[Remarked] = (),
    *,
    actor: User,
    version: int,
    letter_number: str = "",
    answered_on: date | None = None,
) -> ConsultationAnswer:
    """The answer in place of an earlier one; remarks that were settled already stay as they are.

    `version` is the answer's that the actor saw. Raises Refused: "consultation-closed", "no-remark" (remarks
    without any), "agreed-with-remarks", "answer-day" (a day to come), "no-draft" (remarks need a draft), and
    Stale("stale").
    """
    said = [each for each in remarks if each.text.strip()]
    day = answered_on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("answer-day")
    with act(actor, "plans.answer_consultation", answer, permission="answer") as entry:
        # The consultation before the answer, as closing does.
        consultation = Consultation.objects.select_for_update().get(pk=answer.consultation_id)
        locked = ConsultationAnswer.objects.select_for_update().get(pk=answer.pk)
        if consultation.closed_at is not None:
            raise Refused("consultation-closed")
        if locked.version != version:
            raise Stale("stale", locked.answered_by, None)
        settled = locked.remarks.exclude(outcome="").count()
        _check(ConsultationAnswer.Kind(kind), len(said), settled)
        locked.remarks.filter(outcome="").delete()
        _write(locked, said, consultation.drafts.order_by("-number").first())
        locked.kind, locked.answered_on, locked.answered_by = kind, day, actor
        locked.letter_number = letter_number.strip()[:60]
        locked.version += 1
        locked.save()
        note(entry, kind=kind, remarks=len(said) + settled, organisation=locked.organisation_id)
        tell_given(locked, actor=actor)
    return locked


def _check(kind: str, said: int, settled: int) -> None:
    if kind == ConsultationAnswer.Kind.REMARKS and not (said or settled):
        raise Refused("no-remark")
    if kind == ConsultationAnswer.Kind.AGREE and (said or settled):
        raise Refused("agreed-with-remarks")


def _write(answer: ConsultationAnswer, said: Sequence[Remarked], draft: ConsultationDraft | None) -> None:
    if said and draft is None:
        raise Refused("no-draft")
    last = len(draft.paragraphs) if draft else 0
    Remark.objects.bulk_create(
        Remark(
            answer=answer,
            draft=draft,
            passage=each.passage if each.passage is not None and 0 <= each.passage < last else None,
            place=each.place.strip()[:200],
            text=each.text.strip(),
        )
        for each in said
    )
