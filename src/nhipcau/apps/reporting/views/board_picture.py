"""The pictures of the board: the bar, the bars of the groups, one tile a unit, each with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from nhipcau.apps.reporting.board import URGENCY, Board, Group, Unit
from nhipcau.apps.reporting.models import Standing
from nhipcau.apps.reporting.signs import SIGNS
from nhipcau.apps.reporting.standing_words import state_words
from nhipcau.apps.reporting.views.board_rows import report_address
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.templatetags.nc import icon

# More units than these get no tile of their own.
MOST_TILES = 400
UNITS_A_TILE = 10
COLUMNS = (Standing.IN_TIME, Standing.LATE, Standing.RETURNED, Standing.NOT_DUE, Standing.MISSING)
FILLS = {**{each: str(sign) for each, sign in SIGNS.items()}, Standing.EXCUSED: "sunken"}


def short_words() -> dict[Standing, str]:
    """What stands under a figure."""
    return {
        Standing.IN_TIME: pgettext("units", "received in time"),
        Standing.LATE: pgettext("units", "received late"),
        Standing.RETURNED: pgettext("units", "returned"),
        Standing.MISSING: pgettext("units", "missing, overdue"),
        Standing.NOT_DUE: pgettext("units", "not due yet"),
        Standing.EXCUSED: pgettext("units", "need not report"),
    }


def said_of(counts: Mapping[Standing, int]) -> str:
    """The figures in words, those that are not zero."""
    words = short_words()
    return ", ".join(f"{format_number(n)} {words[each]}" for each, n in counts.items() if n)


def parts_of(counts: Mapping[Standing, int]) -> list[tuple[str, int]]:
    """For the bar."""
    return [(FILLS[each], n) for each, n in counts.items()]


def pictures(board: Board, groups: Sequence[Group], by: str) -> dict[str, Any]:
    """For reporting/parts/board_picture.html."""
    words = short_words()
    columns = [each for each in COLUMNS if each != Standing.NOT_DUE or board.counts[each]]
    units = ngettext("%(n)s unit", "%(n)s units", len(board.units)) % {"n": format_number(len(board.units))}
    return {
        "bar_parts": parts_of(board.counts),
        "bar_words": f"{units}: {said_of(board.counts)}",
        "figures": [
            {"standing": each, "sign": FILLS[each], "n": n, "words": words[each]}
            for each, n in board.counts.items()
            if n or each in (Standing.IN_TIME, Standing.MISSING)
        ],
        "group_rows": [_group_row(group, by, columns) for group in groups],
        "not_due": Standing.NOT_DUE in columns,
        "tiles": _tiles(board),
        "tiles_words": _tiles_words(board),
    }


def _group_row(group: Group, by: str, columns: Sequence[Standing]) -> dict[str, Any]:
    return {
        "group": group,
        "href": f"?by={by}&group={group.key}&tab=all#units",
        "users_words": group.key.startswith("set-"),
        "parts": parts_of(group.counts),
        "words": f"{group.name}: {said_of(group.counts)}",
        "counts": [group.counts[each] for each in columns],
    }


def _tiles_words(board: Board) -> str:
    if len(board.units) <= MOST_TILES:
        return _("One tile a unit, the most urgent first")
    return _("One tile for %(n)s units, the most urgent first") % {"n": UNITS_A_TILE}


def _tiles(board: Board) -> SafeString:
    """A list of links, or a picture of counts where units are many."""
    if len(board.units) > MOST_TILES:
        return _picture(board)
    return format_html('<ul class="rb-tiles">{}</ul>', format_html_join("", "{}", _each(board)))


def _each(board: Board) -> Iterable[tuple[SafeString]]:
    for unit in board.units:
        said = state_words(unit, board.now)
        name = format_html("<span data-user-text>{}</span>: {}", unit.name, said)
        href = report_address(unit.pk)
        tag = format_html('href="{}" ', href) if href else ""
        yield (
            format_html(
                '<li><a {}class="rb-tile c-{}">{}<span class="nc-sr">{}</span></a></li>',
                tag,
                _colour(unit),
                _sign(unit.standing),
                name,
            ),
        )


def _colour(unit: Unit) -> str:
    return FILLS[unit.standing] if unit.standing != Standing.EXCUSED else "none"


def _sign(standing: Standing) -> SafeString:
    return icon("wait" if standing == Standing.EXCUSED else SIGNS[standing])


def _picture(board: Board) -> SafeString:
    """So many signs of each standing as it has tens of units, the last one for fewer."""
    signs = [
        (FILLS[each], _sign(each))
        for each in URGENCY
        for _tile in range(-(-board.counts[each] // UNITS_A_TILE))
    ]
    inner = format_html_join("", '<span class="rb-tile c-{}">{}</span>', signs)
    words = said_of(board.counts)
    return format_html('<div class="rb-tiles" role="img" aria-label="{}">{}</div>', words, inner)
