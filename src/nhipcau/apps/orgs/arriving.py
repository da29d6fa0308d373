"""The checking of an import: the job that does it, and the rows that it leaves."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.scope import Role, scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Arrival, ArrivalRow
from nhipcau.apps.orgs.sheets.checking import Checked
from nhipcau.apps.orgs.sheets.columns import places
from nhipcau.apps.orgs.sheets.layout import Part
from nhipcau.core.tablereader import Row

CHECK = "orgs.check_arrival"
STEPS = 3


def begin_checking(arrival: Arrival) -> None:
    """By a job that is stored in the running transaction; at once where settings say so."""
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[CHECK](arrival.pk)
    else:
        app.configure_task(CHECK).defer(arrival_id=arrival.pk)


def roles_of(actor: User) -> frozenset[Role]:
    """What she may give by a sheet: what she may give on the page."""
    return grantable(scope_of(actor))


def parts_of(arrival: Arrival) -> list[Part]:
    """The sheets as they were sent, from the rows that were kept."""
    rows: dict[int, list[Row]] = {}
    for sheet, number, cells in arrival.rows.order_by("number").values_list("sheet", "number", "cells"):
        rows.setdefault(sheet, []).append(Row(number=number, cells=cells))
    return [
        Part(
            part["index"],
            part["name"],
            part["kind"],
            part["head"],
            places(part["head"], part["kind"]),
            rows.get(part["index"], []),
        )
        for part in arrival.layout
    ]


def as_rows(arrival: Arrival, found: Sequence[Checked]) -> list[ArrivalRow]:
    """What is kept of each checked row."""
    return [
        ArrivalRow(
            arrival=arrival,
            kind=checked.part.kind,
            sheet=checked.part.index,
            number=checked.row["number"],
            finding=checked.finding,
            cells=checked.row["cells"],
            remarks=checked.remarks,
            meaning=checked.meaning,
            organisation_id=checked.organisation,
            user_id=checked.user,
            appointment_id=checked.appointment,
        )
        for checked in found
    ]
