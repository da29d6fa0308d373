"""An officer says which column holds what; it holds for this sender's lists of the same headings."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.intakes.layouts import NAMES, remember
from nhipcau.apps.registry.intakes.queue import CHECK, begin
from nhipcau.apps.registry.models import Intake
from nhipcau.core.personvalues import BY_CODE

MAPPABLE = (Intake.State.TO_MAP, Intake.State.CHECKED)


def map_intake(intake: Intake, sheets: Mapping[int, Mapping[int, str]], *, actor: User) -> Intake:
    """`sheets`: index of a sheet → column → field ("" for one that is left out); then it is checked anew.

    Raises Refused without a column of names, for a field in two columns, and once it is brought in.
    """
    with act(actor, "registry.map_intake", intake, permission="map") as entry:
        found = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if found.state not in MAPPABLE:
            raise Refused(_("The columns of this list can no longer be changed."))
        kept = {sheet["index"]: sheet for sheet in found.sheets}
        _check(sheets)
        for index, columns in sheets.items():
            if index in kept:
                never = {int(place) for place in kept[index]["left_out"]}
                said = {place: field for place, field in columns.items() if place not in never}
                remember(found, kept[index]["headings"], said, actor.pk)
        found.state = Intake.State.CHECKING
        found.work = LongWork.objects.create(kind="check-intake", owner=actor)
        found.save(update_fields=["state", "work"])
        note(entry, sheets=len(sheets))
        begin(CHECK, found)
    found.refresh_from_db()
    return found


def _check(sheets: Mapping[int, Mapping[int, str]]) -> None:
    for columns in sheets.values():
        taken = [field for field in columns.values() if field]
        if any(field not in BY_CODE for field in taken):
            raise Refused(_("A column was given a field that the register does not have."))
        twice = next((field for field in taken if taken.count(field) > 1), "")
        if twice:
            raise Refused(_("Two columns hold the same. Choose one of them."))
    if not any(field in NAMES for columns in sheets.values() for field in columns.values()):
        raise Refused(_("Say which column holds the names."))
