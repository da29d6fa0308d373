"""The keeper confirms a list: every row that is not wrong becomes a record of the register, by a job."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.actions.keep_intake import CHECKER, finish
from nhipcau.apps.registry.intakes.entering import enter_rows
from nhipcau.apps.registry.intakes.files import Gone, forget, numbers_of
from nhipcau.apps.registry.intakes.numbers import keep_numbers
from nhipcau.apps.registry.intakes.queue import BRING_IN, begin
from nhipcau.apps.registry.linking.queue import begin as link_later
from nhipcau.apps.registry.models import Intake, Round
from nhipcau.core.sealing import SealingError


def confirm_intake(intake: Intake, *, revision: int, actor: User) -> Intake:
    """`revision` is of the preview that was looked at. Raises Refused when it was checked anew since, when
    it does not wait, or its round or source takes no more records.
    """
    with act(actor, "registry.confirm_intake", intake, permission="confirm"):
        found = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if found.state != Intake.State.CHECKED:
            raise Refused(_("Only a list that was checked can be brought in."))
        if found.revision != revision:
            raise Refused(_("The list was checked anew since you looked at it. Look at it again."))
        if found.round is not None and found.round.state != Round.State.OPEN:
            raise Refused(_("This round takes no records now."))
        if found.running_source is not None and found.running_source.ended_at is not None:
            raise Refused(_("This source has ended."))
        if found.numbers is not None:
            _can_be_sealed(found)
        found.state = Intake.State.CONFIRMING
        found.confirmed_by, found.confirmed_at = actor, timezone.now()
        found.work = LongWork.objects.create(kind="bring-in", owner=actor)
        found.save(update_fields=["state", "confirmed_by", "confirmed_at", "work"])
        begin(BRING_IN, found)
    found.refresh_from_db()
    return found


def _can_be_sealed(intake: Intake) -> None:
    """Numbers of documents come from the file beside the list, and need the keys."""
    try:
        numbers_of(intake)
    except Gone as gone:
        raise Refused(_("The file of this list is no longer there. Send it again.")) from gone
    except SealingError as error:
        raise Refused(
            _("The keys that seal numbers of documents are missing. Ask the system administrator.")
        ) from error


def bring_in(intake_id: int) -> None:
    """The job's part: all rows at once or none. A second time changes nothing."""
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake_id)
    if intake.state != Intake.State.CONFIRMING:
        return
    with act(CHECKER, "registry.bring_in", intake, permission="confirm") as entry:
        made = enter_rows(intake)
        sealed = keep_numbers(intake)
        intake.state = Intake.State.CONFIRMED
        intake.counts = {**intake.counts, "records": made}
        intake.save(update_fields=["state", "counts"])
        # What was sent is in the register now; the wrong rows are in a file of their own.
        forget(intake.upload, intake.numbers)
        finish(intake, LongWork.State.DONE)
        link_later()
        note(entry, records=made, numbers=sealed)
