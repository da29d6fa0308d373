"""The board as a file: a line a unit, with the filters that the page had."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.files.tables import Cell, Format, download
from nhipcau.apps.reporting.standing_words import state_words
from nhipcau.apps.reporting.unit_groups import GROUPS
from nhipcau.apps.reporting.views.board import listed, period_of
from nhipcau.apps.reporting.views.board_rows import rows_of
from nhipcau.apps.webkit.formats import format_moment

CHUNK = 500


@for_roles()
@require_POST
def period_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The units of the tab."""
    user, period = user_of(request), period_of(request, pk)
    found = listed(user, period, QueryDict(request.POST.get("filters", "")[:2000]))
    heads = [
        pgettext("units", "Unit"),
        pgettext("units", "Group"),
        pgettext("units", "State"),
        _("Due"),
        pgettext("report", "Received at"),
        _("Reason, reminders"),
    ]
    form: Format = "csv" if request.POST.get("format") == "csv" else "xlsx"

    def cells() -> Iterator[list[Cell]]:
        now = found.board.now
        for at in range(0, len(found.picked), CHUNK):
            for row in rows_of(found.picked[at : at + CHUNK], user, now):
                unit = row.unit
                said = "; ".join(": ".join(filter(None, (each.ours, each.theirs))) for each in row.remarks)
                group = str(GROUPS[unit.group][0])
                came = format_moment(unit.came_at)
                yield [unit.name, group, state_words(unit, now), format_moment(unit.until), came, said]

    return download(f"nhipcau-reports-{period.pk}", heads, cells(), form)
