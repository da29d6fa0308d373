"""The letter of reminder is written, and every unit that it names is noted as reminded by it."""

from __future__ import annotations

import io
from collections.abc import Collection

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.reporting.chasing import OWING
from nhipcau.apps.reporting.letter_pdf import begin_pdf
from nhipcau.apps.reporting.models import Chase, Obligation, Period, ReminderLetter
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.core.officialdoc import OfficialDocument, write_docx


def write_letter(
    period: Period, document: OfficialDocument, obligations: Collection[int], *, actor: User
) -> ReminderLetter:
    """`obligations` are those that the letter names. Written twice on a day, it reminds once.

    Raises Refused: "nobody-reminded", "nobody-to-chase", and "stale-list" when one of them has sent
    meanwhile; AttachmentRefused when the file could not be kept.
    """
    now = timezone.now()
    with act(actor, "reporting.write_letter", period, permission="chase") as entry:
        if Period.objects.get(pk=period.pk).state != Period.State.OPEN:
            raise Refused("nobody-reminded")
        if not obligations:
            raise Refused("nobody-to-chase")
        rows = Obligation.objects.filter(period=period, pk__in=obligations).order_by("pk")
        locked = [row.pk for row in rows.select_for_update(of=("self",))]
        owed = Obligation.objects.filter(pk__in=locked).in_standing(now, *OWING)
        if owed.count() != len(set(obligations)):
            raise Refused("stale-list")
        upload = attach_file(
            io.BytesIO(write_docx(document)), f"cong-van-don-doc-{period.pk}.docx", actor=actor
        )
        letter = ReminderLetter.objects.create(period=period, upload=upload, created_by=actor)
        today = Chase.objects.filter(
            obligation__in=locked, how=Chase.How.LETTER, created_at__date=timezone.localdate(now)
        )
        told = set(today.order_by().values_list("obligation", flat=True))
        today.update(letter=letter)
        Chase.objects.bulk_create(
            Chase(obligation_id=pk, how=Chase.How.LETTER, letter=letter, created_by=actor)
            for pk in locked
            if pk not in told
        )
        note(entry, letter=letter.pk, units=len(locked))
        begin_pdf(letter, actor)
    return letter
