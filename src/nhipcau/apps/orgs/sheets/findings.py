"""A whole file: from its sheets to findings, a row each, in the order in which they would be entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nhipcau.apps.access.scope import Role
from nhipcau.apps.orgs.models import ArrivalRow
from nhipcau.apps.orgs.sheets.agencies import check_agency, check_parents
from nhipcau.apps.orgs.sheets.checking import Checked, begin, rows_of
from nhipcau.apps.orgs.sheets.layout import Part
from nhipcau.apps.orgs.sheets.persons import check_person


def check(parts: Sequence[Part], day: date, roles: frozenset[Role]) -> list[Checked]:
    """Every row of the sheets, agencies before people. `roles` are those that may be given."""
    sheets = begin(parts, day, roles)
    agencies = list(rows_of(parts, ArrivalRow.Kind.AGENCY))
    for checked in agencies:
        check_agency(checked, sheets)
    check_parents(agencies, sheets)
    persons = list(rows_of(parts, ArrivalRow.Kind.PERSON))
    for checked in persons:
        check_person(checked, sheets)
    return [*agencies, *persons]
