"""The rows of a source: its lines, cleaned, blank ones turned into the gap before the next."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.core.planreader.folding import clean, one_line, shadow
from nhipcau.core.planreader.source import Cell, Kind, Line, Source

_EMPHASIS = re.compile(r"\*{2,}|(?<!\w)__|__(?!\w)")
_COLUMNS = re.compile(r"\s{3,}|\t+")


@dataclass(slots=True)
class Row:
    """One line with words. `gap` counts blank lines before it; `torn`: page debris stood before it."""

    text: str
    page: int
    number: int
    gap: int
    kind: Kind = "line"
    cell: Cell | None = None
    torn: bool = False
    low: str = ""

    def __post_init__(self) -> None:
        if not self.low:
            self.low = shadow(self.text)


def source_from_text(text: str) -> Source:
    """A source of the lines of `text`; a form feed starts a page. Lines are numbered through the text."""
    lines: list[Line] = []
    page = 1
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        page += line.count("\f")
        lines.append(Line(line, page=page, number=number))
    return Source("txt", lines, pages=page)


def rows_of(source: Source) -> list[Row]:
    """Rows in reading order; running heads and feet that the format already names are left out."""
    rows: list[Row] = []
    gap, piped = 0, _Piped()
    for line in source.lines:
        if line.kind in ("header", "footer"):
            continue
        raw = _EMPHASIS.sub("", clean(line.text))
        if not raw.strip():
            gap += 1
            continue
        if line.kind == "line" and raw.count("|") >= MANY_PIPES:
            rows += piped.cells(raw, line, gap)
        else:
            parts = columns(raw) if line.kind == "line" else [raw]
            for part in parts:
                rows.append(Row(one_line(part), line.page, line.number, gap, line.kind, line.cell))
                gap = 0
        gap = 0
    return rows


MANY_PIPES = 3
PIPED_TABLE = 5_000


class _Piped:
    """Tables drawn with strokes ("| STT | Nội dung | Thời gian |"): lines that follow one another are one
    table.
    """

    def __init__(self) -> None:
        self.table, self.row, self.last = PIPED_TABLE, 0, -2

    def cells(self, raw: str, line: Line, gap: int) -> list[Row]:
        """The cells of one line; none for the rule below the heads."""
        if line.number > self.last + 1:
            self.table, self.row = self.table + 1, 0
        self.last = line.number
        texts = [one_line(t) for t in raw.strip().strip("|").split("|")]
        if not any(c.isalnum() for t in texts for c in t):
            return []
        self.row += 1
        return [
            Row(text, line.page, line.number, gap, "cell", Cell(self.table, self.row - 1, column))
            for column, text in enumerate(texts)
            if text
        ]


_LEFT_COLUMN = re.compile(
    r"^(?:ủy ban|ubnd|hội đồng|sở|bộ|tỉnh|thành|huyện|đảng|số\s*:|số \d|nơi nhận|-|\*|v/v|chính phủ)"
)
_RIGHT_COLUMN = re.compile(
    r"^(?:cộng hòa|độc lập|đảng cộng sản|[^,:]{2,40}, ?ngày|tm\.|t/m|kt\.|k/t|tl\.|tuq\.|q\.|chủ tịch|"
    r"phó chủ tịch|giám đốc|phó )"
)


# The two columns of a letterhead or signature that came out as one line with a single space between.
_RUN_TOGETHER = re.compile(
    r"^(?P<a>.{3,60}?)\s+(?P<b>CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|"
    r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc)$|"
    r"^(?P<c>Số\s*:?\s*[\d .…]*\s*[/-]\s*[\w/&.-]+)\s+(?P<d>[^\W\d_][^,:;]{1,40},\s*ngày\b.*)$|"
    r"^(?P<e>Nơi nhận\s*:|-\s.{3,80}?[;.])\s+(?P<f>(?:TM|KT|TL|TUQ|Q)\.\s?.{3,60}|"
    r"(?:PHÓ |Q\. )?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG))$"
)


def columns(raw: str) -> list[str]:
    """A printed line that holds a left and a right column (letterhead, signature) as its two parts."""
    bare = raw.strip()
    if "|" in bare:
        return [p for p in (part.strip() for part in bare.split("|")) if p] or ["|"]
    for gap in reversed(list(_COLUMNS.finditer(bare))):
        left, right = bare[: gap.start()], bare[gap.end() :]
        if left and right and _LEFT_COLUMN.match(shadow(left)) and _RIGHT_COLUMN.match(shadow(right)):
            return [left, right]
    together = _RUN_TOGETHER.match(bare) if len(bare) < 160 else None
    if together is None or not ((together["a"] or "A").isupper() and (together["f"] or "A").isupper()):
        return [raw]
    return [g for g in together.groups() if g]
