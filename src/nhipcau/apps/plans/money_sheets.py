"""A round as a workbook for Sở Tài chính, and as the lead agency's copy. Everything in đồng.

Figures are numbers, totals are formulas with their values, text is never a formula. An amount that nobody
has given is "…", an amount of zero is shown as "-".
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from nhipcau.apps.plans.estimating import STEPS, Figures
from nhipcau.apps.plans.models import EstimateAmount, EstimateLine, EstimateRound
from nhipcau.apps.webkit.formats import format_date
from nhipcau.core.filegate.cells import sheet_text
from nhipcau.core.money import NOTHING, spoken

HEAD_ROW = 4
A4 = 9
MONEY = '#,##0;-#,##0;"-"'
SOURCES = EstimateLine.Source


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line with the task's words and the amounts in force by stage."""

    line: EstimateLine
    task: str
    plan: str
    given: dict[str, EstimateAmount]


@dataclass(slots=True)
class SheetAgency:
    """An agency with what it has sent; `state` in words."""

    name: str
    state: str
    sent: bool
    figures: Figures
    lines: list[SheetLine] = field(default_factory=list)


def round_workbook(
    found: EstimateRound, agencies: Sequence[SheetAgency], *, lead: bool, today: date
) -> bytes:
    """`lead` adds who gave each amount, when and why. Vietnamese, whatever the page's language."""
    memory = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(memory, options)
    with override("vi"):
        _Writer(book, found, agencies, today).write(lead=lead)
    book.close()
    return memory.getvalue()


class _Writer:
    def __init__(self, book: Any, found: EstimateRound, agencies: Sequence[SheetAgency], today: date) -> None:
        self.book, self.found, self.agencies, self.today = book, found, agencies, today
        edge = {"border": 1, "valign": "top", "font_name": "Times New Roman", "font_size": 11}
        self.text = book.add_format({**edge, "text_wrap": True})
        self.money = book.add_format({**edge, "num_format": MONEY})
        self.count = book.add_format({**edge, "num_format": "#,##0.###"})
        self.none = book.add_format({**edge, "align": "right"})
        self.head = book.add_format(
            {**edge, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
        )
        self.foot = book.add_format({**edge, "bold": True, "num_format": MONEY})
        self.title = book.add_format(
            {"bold": True, "font_name": "Times New Roman", "font_size": 14, "align": "center"}
        )
        self.plain = book.add_format({"font_name": "Times New Roman", "font_size": 11, "italic": True})

    def write(self, *, lead: bool) -> None:
        self._summary()
        self._details(lead=lead)
        self._missing()

    def _sheet(self, name: str, title: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
        """A sheet with its title, unit and head; printed on A4 across, the head on every page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P/&N")
        sheet.repeat_rows(HEAD_ROW)
        sheet.merge_range(0, 0, 0, len(heads) - 1, sheet_text(title), self.title)
        sheet.write_string(1, 0, self._coverage(), self.plain)
        sheet.write_string(2, 0, _("Unit: đồng"), self.plain)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(HEAD_ROW, column, sheet_text(head), self.head)
        sheet.freeze_panes(HEAD_ROW + 1, 2)
        return sheet

    def _coverage(self) -> str:
        sent = sum(agency.sent for agency in self.agencies)
        return _("As of %(day)s: %(n)s of %(all)s agencies have sent") % {
            "day": format_date(self.today),
            "n": sent,
            "all": len(self.agencies),
        }

    def _summary(self) -> None:
        labels = [str(label) for _value, label in SOURCES.choices]
        steps = [str(step.stage.label) for step in STEPS]
        heads = [_("No."), _("Agency"), _("State"), *labels, _("Requested in all"), *steps]
        title = _("ESTIMATES FOR THE TASKS OF %(year)s BY AGENCY") % {"year": self.found.year}
        widths = [5, 34, 14, *(15 for _label in labels), 17, *(16 for _step in steps)]
        sheet = self._sheet(_("Summary"), title, heads, widths)
        first, total_at = HEAD_ROW + 1, 3 + len(labels)
        for at, agency in enumerate(self.agencies, start=first):
            sheet.write_number(at, 0, at - HEAD_ROW, self.count)
            sheet.write_string(at, 1, sheet_text(agency.name), self.text)
            sheet.write_string(at, 2, sheet_text(agency.state), self.text)
            for column, source in enumerate(SOURCES.values, start=3):
                known = agency.figures.sources.get(source, 0) if agency.sent else None
                self._amount(sheet, at, column, known)
            if agency.sent:
                cells = f"{xl_rowcol_to_cell(at, 3)}:{xl_rowcol_to_cell(at, total_at - 1)}"
                value = agency.figures.asked.amount or 0
                sheet.write_formula(at, total_at, f"=SUM({cells})", self.money, value)
            else:
                self._amount(sheet, at, total_at, None)
            for column, step in enumerate(STEPS, start=total_at + 1):
                self._amount(sheet, at, column, agency.figures.stages[step.stage].amount)
        columns = {total_at: [agency.figures.asked.amount for agency in self.agencies]}
        for column, source in enumerate(SOURCES.values, start=3):
            columns[column] = [agency.figures.sources.get(source, 0) for agency in self.agencies]
        for column, step in enumerate(STEPS, start=total_at + 1):
            columns[column] = [agency.figures.stages[step.stage].amount for agency in self.agencies]
        last = first + len(self.agencies)
        self._totals(sheet, first, last, 2, columns)
        total = sum(amount or 0 for amount in columns[total_at])
        words = spoken(total)
        sheet.write_string(
            last + 1, 1, _("In words: %(words)s.") % {"words": words[0].upper() + words[1:]}, self.plain
        )

    def _details(self, *, lead: bool) -> None:
        steps = [str(step.stage.label) for step in STEPS]
        heads = [
            _("No."),
            _("Agency"),
            _("Task"),
            _("Plan"),
            _("Content"),
            _("Unit of count"),
            _("Quantity"),
            _("Norm"),
            _("Requested"),
            _("Source of funds"),
            *steps,
            *([_("Who decided, when and why")] if lead else []),
        ]
        widths = [5, 26, 40, 14, 34, 10, 10, 14, 16, 18, *(15 for _step in steps), *([44] if lead else [])]
        title = _("ESTIMATES FOR THE TASKS OF %(year)s IN DETAIL") % {"year": self.found.year}
        sheet = self._sheet(_("Details"), title, heads, widths)
        first = at = HEAD_ROW + 1
        columns: dict[int, list[int | None]] = {8: [], **{10 + n: [] for n in range(len(STEPS))}}
        for agency in self.agencies:
            for row in agency.lines:
                self._line(sheet, at, agency, row, columns)
                if lead:
                    sheet.write_string(at, 10 + len(STEPS), sheet_text(_whys(row)), self.text)
                at += 1
        self._totals(sheet, first, at, 7, columns)

    def _line(
        self, sheet: Any, at: int, agency: SheetAgency, row: SheetLine, columns: dict[int, list[int | None]]
    ) -> None:
        line = row.line
        sheet.write_number(at, 0, at - HEAD_ROW, self.count)
        texts = (agency.name, row.task, row.plan, line.content, line.unit)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(at, column, sheet_text(text), self.text)
        sheet.write_number(at, 6, float(line.quantity), self.count)
        sheet.write_number(at, 7, line.norm, self.money)
        product = f"=ROUND({xl_rowcol_to_cell(at, 6)}*{xl_rowcol_to_cell(at, 7)},0)"
        sheet.write_formula(at, 8, product, self.money, line.amount)
        sheet.write_string(at, 9, sheet_text(line.get_source_display()), self.text)
        columns[8].append(line.amount)
        for column, step in enumerate(STEPS, start=10):
            given = row.given.get(step.stage)
            amount = given.amount if given else None
            self._amount(sheet, at, column, amount)
            columns[column].append(amount)

    def _amount(self, sheet: Any, at: int, column: int, amount: int | None) -> None:
        if amount is None:
            sheet.write_string(at, column, NOTHING, self.none)
        else:
            sheet.write_number(at, column, amount, self.money)

    def _totals(
        self, sheet: Any, first: int, last: int, label_to: int, columns: dict[int, list[int | None]]
    ) -> None:
        """Sums below the rows; a column without any figure has none, and one with some says how many."""
        for column in range(label_to + 1):
            sheet.write_string(last, column, _("Total") if column == 1 else "", self.foot)
        for column, amounts in columns.items():
            known = [amount for amount in amounts if amount is not None]
            if not known:
                sheet.write_string(last, column, NOTHING, self.none)
                continue
            name = xl_col_to_name(column)
            formula = f"=SUM({name}{first + 1}:{name}{last})"
            sheet.write_formula(last, column, formula, self.foot, sum(known))
            if len(known) < len(amounts):
                of = _("of %(n)s/%(all)s rows") % {"n": len(known), "all": len(amounts)}
                sheet.write_string(last + 1, column, of, self.plain)

    def _missing(self) -> None:
        gone = [agency for agency in self.agencies if not agency.sent]
        heads = [_("No."), _("Agency"), _("State")]
        title = pgettext("estimates", "AGENCIES THAT HAVE NOT SENT")
        sheet = self._sheet(_("Not sent"), title, heads, [5, 60, 30])
        for at, agency in enumerate(gone, start=HEAD_ROW + 1):
            sheet.write_number(at, 0, at - HEAD_ROW, self.count)
            sheet.write_string(at, 1, sheet_text(agency.name), self.text)
            sheet.write_string(at, 2, sheet_text(agency.state), self.text)


def _whys(row: SheetLine) -> str:
    """ "thẩm định: Nguyễn Văn A, 05/6/2027, vượt định mức" for each step."""
    parts = []
    for step in STEPS:
        given = row.given.get(step.stage)
        if given is not None:
            facts = [given.entered_by.full_name, format_date(given.decided_on), given.reason]
            parts.append(f"{step.stage.label}: " + ", ".join(filter(None, facts)))
    return "; ".join(parts)
