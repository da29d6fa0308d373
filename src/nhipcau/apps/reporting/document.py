"""A frozen report as an official document. All words are Vietnamese: it is the paper that is signed.

It is made from report/1 alone, so that the same frozen content gives the same document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from nhipcau.core.officialdoc import (
    KINDS,
    Annex,
    Block,
    Bullets,
    Cell,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
)
from nhipcau.core.officialdoc.charts import Bar, outcomes, parts
from nhipcau.core.officialdoc.model import Align

COLUMNS_A_TABLE = 6
FIGURES: tuple[Align, ...] = ("right",) * 8
MOST_NAMED = 12
NO_FIGURE = "…"
OUTCOMES = ("done_in_time", "done_late", "open_in_time", "open_overdue")
OUTCOME_WORDS = ("Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Đang làm, còn hạn", "Đang làm, quá hạn")
MOST_BARS = 30
STATES = {
    "waiting": "chưa gửi",
    "below": "đang ở đơn vị duyệt trước",
    "sent": "đã nhận",
    "returned": "trả lại, chờ gửi lại",
    "approved": "đã duyệt",
    "excused": "không phải báo cáo",
}
Content = Mapping[str, Any]


def official_document(
    content: Content, number: str | None = None, day: date | None = None
) -> OfficialDocument:
    """The report. `number` and `day` come from the document-management system; None leaves their blanks."""
    report, sender = content["report"], content["sender"]
    signature = report.get("signature") or {}
    return OfficialDocument(
        kind="BC",
        parent_body=report.get("parent_body", ""),
        issuer=sender["agency"],
        symbol=report.get("symbol", ""),
        place=report.get("place", "") or sender["province"],
        number=number,
        day=day,
        year=datetime.fromisoformat(report["frozen_at"]).year,
        subject=report["subject"],
        bases=report.get("bases", ()),
        addressed_to=report.get("addressed_to", ()),
        body=[*_opening(content), *_sections(content), *_difficulties(content)],
        signature=Signature(
            tuple(signature.get("authority", ())), signature.get("title", ""), signature.get("name", "")
        ),
        recipients=report.get("recipients", ()),
        annexes=[annex for annex in _annexes(content) if annex.blocks],
    )


def shown(value: str | None, decimals: int = 0) -> str:
    """ "26362" as "26.362", "12.5" as "12,5"; an ellipsis where there is no figure."""
    if value is None:
        return NO_FIGURE
    number = Decimal(value)
    places = max(decimals, -int(number.as_tuple().exponent) if "." in value else 0)
    return f"{number:,.{places}f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def day_of(value: str) -> str:
    """ "2027-06-05" as "05/6/2027"."""
    day = date.fromisoformat(value[:10])
    return (
        f"{day.day:02d}/{day.month:02d}/{day.year}"
        if day.month < 3
        else f"{day.day:02d}/{day.month}/{day.year}"
    )


def _opening(content: Content) -> Iterator[Block]:
    """Whose figures, from when to when, and how many units they are of."""
    period = content["period"]
    units = [unit for unit in content["units"] if unit["state"] != "excused" and "with" not in unit]
    answered = [unit for unit in units if unit["state"] in ("sent", "approved")]
    first = f"Thực hiện {_called(period['plan'])}. " if period.get("plan") else ""
    yield Paragraph(
        f"{first}Số liệu trong báo cáo tính từ ngày {day_of(period['first'])} đến hết ngày "
        f"{day_of(period['last'])}; tổng hợp từ báo cáo của {len(answered)} trên {len(units)} đơn vị."
    )
    missing = [unit["name"] for unit in units if unit["state"] in ("waiting", "returned", "below")]
    if missing:
        named = "; ".join(missing) if len(missing) <= MOST_NAMED else "có danh sách ở phụ lục"
        yield Paragraph(f"Chưa có báo cáo của {len(missing)} đơn vị: {named}.")


def _called(number: str) -> str:
    """ "14/KH-UBND" as "Kế hoạch số 14/KH-UBND"."""
    symbol = number.partition("/")[2].partition("-")[0]
    kind = KINDS.get(symbol)
    return f"{kind.name if kind else 'văn bản'} số {number}"


def _sections(content: Content) -> Iterator[Block]:
    for section in content["sections"]:
        if section["kind"] == "attachments" and not section["paragraphs"]:
            continue
        yield Heading(section["level"], section["label"], section["title"])
        if section["kind"] == "difficulties":
            yield from _addressed(content)
            continue
        yield from _paragraphs(section["paragraphs"])
        asked = [each for each in content["indicators"] if each.get("section") == section["key"]]
        if asked:
            yield _figures(asked)


def _paragraphs(rows: Iterable[Mapping[str, Any]]) -> Iterator[Block]:
    """Neighbouring items make one list; what is said of a task stands under its words."""
    items: list[str] = []
    task = ""
    for row in rows:
        if row.get("task", "") != task:
            if items:
                yield Bullets(items)
                items = []
            task = row.get("task", "")
            if task:
                yield Paragraph([Run(task, italic=True)])
        if row.get("item"):
            items.append(row["text"])
            continue
        if items:
            yield Bullets(items)
            items = []
        yield Paragraph(row["text"])
    if items:
        yield Bullets(items)


def _difficulties(content: Content) -> Iterator[Block]:
    """Apart only where the form has no section for them."""
    if any(section["kind"] == "difficulties" for section in content["sections"]):
        return
    rows = list(_addressed(content))
    if rows:
        yield Paragraph([Run("Khó khăn, kiến nghị", bold=True)])
        yield from rows


def _addressed(content: Content) -> Iterator[Block]:
    for row in content["difficulties"]:
        if row["paragraphs"]:
            yield Paragraph([Run(f"Gửi {row['addressee'] or 'cấp có thẩm quyền'}:", italic=True)])
            yield Bullets([each["text"] for each in row["paragraphs"]])


def _figures(asked: Sequence[Mapping[str, Any]]) -> Table:
    """Each indicator with its parts, how many units it is of, and the period before."""
    before = any(each.get("before") for each in asked)
    rows: list[list[str | Cell]] = []
    for number, each in enumerate(asked, start=1):
        total, last = each["total"], each.get("before")
        row: list[str | Cell] = [
            str(number),
            each["name"],
            each["unit"],
            _amount(each, total),
            _answered(total),
        ]
        rows.append([*row, _last(each, last)] if before else row)
        for part in each["parts"]:
            label = f"- {part.get('split_label') or part['split']}: {part['label']}"
            inner: list[str | Cell] = [
                "",
                label,
                each["unit"],
                _amount(each, part["total"]),
                _answered(part["total"]),
            ]
            rows.append([*inner, ""] if before else inner)
    head = ["TT", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Số đơn vị trả lời"]
    notes = [f"{NO_FIGURE}: không có số liệu. Số đơn vị trả lời ghi dạng n/N."]
    if any((each.get("before") or {}).get("comparable") is False for each in asked):
        notes.append("*: định nghĩa chỉ tiêu đã thay đổi, không so sánh được với kỳ trước.")
    return Table(
        head=[*head, "Kỳ trước"] if before else head,
        rows=rows,
        align=("center", "left", "center", "right", "center", *FIGURES[:before]),
        widths=[1, 7, 2.4, 2.8, 2.4, *([2.8] if before else [])],
        notes=notes,
    )


def _amount(each: Mapping[str, Any], total: Mapping[str, Any]) -> str:
    return shown(total["amount"], int(each.get("decimals", 0)))


def _answered(total: Mapping[str, Any]) -> str:
    return f"{total['answered']}/{total['of']}"


def _last(each: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    if not before:
        return NO_FIGURE
    mark = "" if before.get("comparable", True) else "*"
    return shown(before.get("amount"), int(each.get("decimals", 0))) + mark


def _annexes(content: Content) -> Iterator[Annex]:
    found = content.get("outcomes") or {}
    by_agency, by_task = found.get("by_agency", ()), found.get("by_task", ())
    yield Annex(
        "Kết quả thực hiện nhiệm vụ theo cơ quan, đơn vị",
        [*_pictures(_few(content, by_agency)), *_outcome_table("Cơ quan, đơn vị", by_agency)],
    )
    yield Annex("Kết quả thực hiện theo nhiệm vụ", _outcome_table("Nhiệm vụ", by_task))
    yield Annex("Số liệu theo đơn vị", list(_by_unit(content)), landscape=True)
    yield Annex("Tình hình gửi báo cáo của các đơn vị", list(_sending(content)))


def _few(content: Content, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The rows themselves, or their groups where there are too many for one picture."""
    if len(rows) <= MOST_BARS:
        return rows
    groups = {unit["name"]: unit["group"] for unit in content["units"]}
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = groups.get(row["label"]) or "Đơn vị khác"
        line = found.setdefault(name, {"label": name, **dict.fromkeys(OUTCOMES, 0)})
        for each in OUTCOMES:
            line[each] += int(row[each])
    return list(found.values())


def _pictures(rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    bars = [Bar(row["label"], [row[name] for name in OUTCOMES]) for row in rows]
    pieces = parts(bars) if bars else []
    made: list[Block] = []
    for at, piece in enumerate(pieces, start=1):
        sums = [sum(int(bar.values[place] or 0) for bar in piece) for place in range(len(OUTCOMES))]
        said = ", ".join(f"{words.lower()} {count}" for words, count in zip(OUTCOME_WORDS, sums, strict=True))
        alt = f"Biểu đồ kết quả nhiệm vụ theo {len(piece)} đơn vị, nhóm đơn vị: {said}."
        more = f" ({at}/{len(pieces)})" if len(pieces) > 1 else ""
        made.append(Picture(outcomes(piece), alt, caption=f"Biểu đồ: kết quả nhiệm vụ theo đơn vị{more}"))
    return made


def _outcome_table(what: str, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not rows:
        return []
    lines: list[list[str | Cell]] = []
    for number, row in enumerate(rows, start=1):
        counts = [int(row[name]) for name in OUTCOMES]
        lines.append([str(number), row["label"], *(str(count) for count in counts), str(sum(counts))])
    sums = [sum(int(row[name]) for row in rows) for name in OUTCOMES]
    lines.append(
        ["", Cell("Tổng số", bold=True), *(Cell(str(count), bold=True) for count in (*sums, sum(sums)))]
    )
    return [
        Table(
            head=["TT", what, *OUTCOME_WORDS, "Cộng"],
            rows=lines,
            align=("center", "left", *FIGURES[:5]),
            widths=[1, 7, 1.8, 1.8, 1.8, 1.8, 1.5],
        )
    ]


def _by_unit(content: Content) -> Iterator[Block]:
    """A table of a few columns each; a figure that a unit did not give is no zero."""
    units = [unit for unit in content["units"] if unit["state"] != "excused" and "with" not in unit]
    asked = content["indicators"]
    if not units or not asked:
        return
    # As many columns in each table: the last one shall not have a single one.
    columns = ceil(len(asked) / ceil(len(asked) / COLUMNS_A_TABLE))
    for start in range(0, len(asked), columns):
        some = asked[start : start + columns]
        given = [{each["unit"]: each["amount"] for each in row["total"]["by_unit"]} for row in some]
        rows: list[list[str | Cell]] = []
        for number, unit in enumerate(units, start=1):
            figures = [
                shown(one.get(unit["id"]), int(row.get("decimals", 0)))
                for one, row in zip(given, some, strict=True)
            ]
            rows.append([str(number), unit["name"], *figures])
        totals = [
            Cell(f"{_amount(row, row['total'])} ({_answered(row['total'])})", bold=True) for row in some
        ]
        rows.append(["", Cell("Toàn tỉnh (n/N)", bold=True), *totals])
        yield Table(
            head=["TT", "Đơn vị", *(f"{row['name']} ({row['unit']})" for row in some)],
            rows=rows,
            align=("center", "left", *FIGURES[: len(some)]),
            widths=[1, 5, *[3.2] * len(some)],
            size=11,
            notes=[f"{NO_FIGURE}: đơn vị không có hoặc chưa gửi số liệu."] if start == 0 else [],
        )


def _sending(content: Content) -> Iterator[Block]:
    rows: list[list[str | Cell]] = []
    names = {unit["id"]: unit["name"] for unit in content["units"]}
    for number, unit in enumerate(content["units"], start=1):
        said = STATES[unit["state"]]
        if "with" in unit:
            said = f"lồng ghép trong báo cáo của {names.get(unit['with'], '')}"
        elif unit["nothing"]:
            said += ", không phát sinh"
        if unit["late"]:
            said += ", muộn"
        at = unit["received_at"]
        when = f"{at[11:16]} {day_of(at)}" if at else ""
        rows.append([str(number), unit["name"], said, unit["received_number"], when])
    if not rows:
        return
    yield Table(
        head=["TT", "Đơn vị", "Tình trạng", "Số tiếp nhận", "Nhận lúc"],
        rows=rows,
        align=["center", "left", "left", "left", "center"],
        widths=[1, 5, 3.2, 3.9, 3.9],
    )
    digest = " ".join(content["digest"][at : at + 8] for at in range(0, 64, 8))
    report, form = content["report"], content["form"]
    yield Paragraph(f"Mẫu báo cáo: {form['title']}, phiên bản {form['version']}.", align="left")
    correction = f" (bản đính chính: {report['reason']})" if report["version"] > 1 else ""
    yield Paragraph(f"Bản chốt số {report['version']}{correction}. Mã kiểm tra: {digest}.", align="left")
