"""Figures in the text of the draft: tokens that stand for totals, so that nobody types a total by hand.

[[code]]                  the province's total
[[code:sex=female]]       a part of it
[[code@communes]]         that of a group of units (reporting.unit_groups)
[[code|n]]                how many of how many units answered
[[code|before]]           the period before; [[code|baseline]], [[code|target]] the goals
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from nhipcau.apps.reporting.figures import Figure, IndicatorTotal, Run, Totals, Yardstick
from nhipcau.apps.webkit.formats import format_number

TOKEN = re.compile(
    r"\[\[\s*(?P<code>[\w-]+)(?::(?P<split>[\w-]+)=(?P<category>[\w-]+)|@(?P<group>\w+))?"
    r"(?:\|(?P<what>\w+))?\s*\]\]"
)
_OPEN = re.compile(r"\[\[[^\[\]]*\]\]")
YARDSTICKS = ("before", "baseline", "target")


def runs_of(text: str, totals: Totals) -> list[Run]:
    """The text in pieces, its tokens resolved; see `Run`."""
    return list(_runs(text, totals))


def unresolved(runs: list[Run]) -> list[str]:
    """The tokens that name nothing."""
    return [run.token for run in runs if run.token and not run.code]


def codes_in(text: str) -> set[str]:
    """Codes of the indicators that a text names."""
    return {found["code"] for found in TOKEN.finditer(text)}


def amount(indicator: IndicatorTotal, value: Decimal) -> str:
    """As printed: rounded by the definition, percents with their sign."""
    return format_number(value, indicator.decimals) + ("%" if indicator.kind == "percent" else "")


def answered(figure: Figure) -> str:
    """ "115 trên 146 đơn vị báo cáo"."""
    words = {"n": format_number(figure.answered), "all": format_number(figure.expected)}
    return _("%(n)s of %(all)s units reported") % words


def _runs(text: str, totals: Totals) -> Iterator[Run]:
    at = 0
    for found in _OPEN.finditer(text):
        if found.start() > at:
            yield Run(text[at : found.start()])
        yield _figure(found[0], totals)
        at = found.end()
    if at < len(text):
        yield Run(text[at:])


def _figure(token: str, totals: Totals) -> Run:
    parts = TOKEN.fullmatch(token)
    indicator = totals.of_code(parts["code"]) if parts else None
    if parts is None or indicator is None:
        return Run(token, token)
    figure, what = _wanted(indicator, parts), parts["what"]
    if figure is None:
        return Run(token, token)
    if what == "n":
        return Run(answered(figure), token, indicator.code, figure)
    if what in YARDSTICKS and figure is indicator.total:
        # Goals and the period before are of the whole province.
        held: Yardstick | None = getattr(indicator, what)
        if held is None:
            return Run(token, token)
        return Run(amount(indicator, held.value), token, indicator.code)
    if what:
        return Run(token, token)
    if figure.value is None:
        return Run(_("no figures yet"), token, indicator.code, figure)
    return Run(amount(indicator, figure.value), token, indicator.code, figure)


def _wanted(indicator: IndicatorTotal, parts: re.Match[str]) -> Figure | None:
    if parts["split"]:
        return _part(indicator, parts["split"], parts["category"])
    return indicator.by_group.get(parts["group"]) if parts["group"] else indicator.total


def _part(indicator: IndicatorTotal, split: str, category: str) -> Figure | None:
    found = (part for part in indicator.parts if part.split == split and part.category == category)
    part = next(found, None)
    return part.figure if part else None
