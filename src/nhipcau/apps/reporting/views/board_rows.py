"""The units of a page of the board: state, when it came, what was said, what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.reporting.board import HERE, Unit
from nhipcau.apps.reporting.models import Chase, Deferral, Obligation, Standing, Verdict
from nhipcau.apps.reporting.standing_words import state_of
from nhipcau.apps.webkit.formats import format_date, format_number
from nhipcau.apps.webkit.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Said:
    """A remark: `ours` in the page's language, `theirs` as somebody wrote it."""

    ours: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    unit: Unit
    state: Outcome | None
    remarks: Sequence[Said]
    href: str
    button: str
    chase_href: str


def rows_of(units: Sequence[Unit], user: User, now: datetime, *, chases: bool = False) -> list[UnitRow]:
    """For at most a page of units; at most five queries. `chases`: whether the user may remind them."""
    pks = [unit.pk for unit in units]
    rows = Obligation.objects.visible_to(user).select_related("discharged_by__period").in_bulk(pks)
    reminded = _reminded(pks, user)
    asked = {
        each.obligation_id: each
        for each in Deferral.objects.visible_to(user).filter(obligation__in=pks, state=Deferral.State.ASKED)
    }
    returned = _returned([unit.pk for unit in units if unit.standing == Standing.RETURNED], user)
    lying = [row.through_id for row in rows.values() if row.state == Obligation.State.BELOW]
    below = names({pk for pk in lying if pk}, timezone.localdate(now)) if lying else {}
    made = []
    for unit in units:
        row = rows[unit.pk]
        remarks = [
            *_of_state(unit, row, below),
            *([returned[unit.pk]] if unit.pk in returned else ()),
            *([_ask(asked[unit.pk])] if unit.pk in asked else ()),
            *([reminded[unit.pk]] if unit.pk in reminded else ()),
        ]
        href, button = _button(unit)
        remind = chases and not unit.asks and unit.standing in (Standing.MISSING, Standing.NOT_DUE)
        chase = reverse("reporting:chase", args=[unit.pk]) if remind else ""
        made.append(UnitRow(unit, state_of(unit, now), remarks, href, button, chase))
    return made


def _button(unit: Unit) -> tuple[str, str]:
    words = pgettext("report", "Decide on more time") if unit.asks else pgettext("report", "Look")
    return report_address(unit.pk), words


def _of_state(unit: Unit, row: Obligation, below: Mapping[int, str]) -> list[Said]:
    said = []
    if unit.standing == Standing.EXCUSED:
        said.append(Said("", "" if row.excused_reason == "joined" else row.excused_reason))
    elif row.discharged_by is not None:
        said.append(Said(_("With the report"), row.discharged_by.period.title))
    if unit.standing in HERE:
        if row.state == Obligation.State.BELOW:
            said.append(Said(_("First with"), below.get(row.through_id or 0, "")))
        elif row.state == Obligation.State.APPROVED:
            said.append(Said(pgettext("report", "Approved")))
        else:
            said.append(Said(_("Waits for approval")))
        if row.nothing:
            said.append(Said(_("Nothing to report")))
    elif row.deferred_at is not None and unit.standing != Standing.RETURNED:
        until = format_date(row.deferred_at)
        said.append(Said(_("More time until %(day)s") % {"day": until}))
    return [each for each in said if each.ours or each.theirs]


def _ask(deferral: Deferral) -> Said:
    ours = _("Asks for more time until %(day)s") % {"day": format_date(deferral.new_at)}
    return Said(ours, deferral.reason)


def _returned(pks: Sequence[int], user: User) -> dict[int, Said]:
    """The last reason of each that was returned; no query where none was."""
    if not pks:
        return {}
    rows = Verdict.objects.visible_to(user).filter(submission__obligation__in=pks, what=Verdict.What.RETURNED)
    last = rows.order_by("pk").values_list("submission__obligation", "reason")
    return {pk: Said("", reason) for pk, reason in last}


def _reminded(pks: Sequence[int], user: User) -> dict[int, Said]:
    found: dict[int, list[Chase]] = defaultdict(list)
    for each in Chase.objects.visible_to(user).filter(obligation__in=pks):
        found[each.obligation_id].append(each)
    return {pk: Said(chased_words(each)) for pk, each in found.items()}


def chased_words(chases: Sequence[Chase]) -> str:
    """How often and when last; the newest comes first."""
    words = ngettext(
        "Reminded %(n)s time, last on %(day)s (%(how)s)",
        "Reminded %(n)s times, last on %(day)s (%(how)s)",
        len(chases),
    )
    last = chases[0]
    return words % {
        "n": format_number(len(chases)),
        "day": format_date(last.created_at),
        "how": last.get_how_display(),
    }


def report_address(obligation: int) -> str:
    """The page of a unit's report."""
    return reverse("reporting:report", args=[obligation])
