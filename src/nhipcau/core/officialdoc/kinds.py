"""Types of administrative documents: Decree 30/2020/NĐ-CP, annex III, and what their forms there want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Use = Literal["required", "optional", "none"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One type. `code` stands in numbers; `name` is the heading (none for a letter).

    `greeting`: whether "Kính gửi" stands before the text; `bases`: whether legal bases open it; `order`: the
    line between bases and articles ("QUYẾT ĐỊNH:"); `numbered`: whether it bears a number.
    """

    code: str
    name: str
    greeting: Use = "none"
    bases: Use = "optional"
    order: str = ""
    numbered: bool = True

    @property
    def titled(self) -> bool:
        """Whether the name of the type stands above the subject."""
        return self.code != LETTER

    def symbol(self, issuer: str) -> str:
        """What stands behind the stroke: "BC-SNgV"; for a letter the issuer's alone."""
        if not self.titled or issuer.startswith(f"{self.code}-"):
            return issuer or "…"
        if not issuer:
            return self.code
        return f"{self.code}-{issuer}"


LETTER = "CV"
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("NQ", "Nghị quyết", bases="required", order="QUYẾT NGHỊ:"),
        Kind("QĐ", "Quyết định", bases="required", order="QUYẾT ĐỊNH:"),
        Kind("CT", "Chỉ thị"),
        Kind("QC", "Quy chế"),
        Kind("QyĐ", "Quy định"),
        Kind("TC", "Thông cáo"),
        Kind("TB", "Thông báo"),
        Kind("HD", "Hướng dẫn"),
        Kind("CTr", "Chương trình"),
        Kind("KH", "Kế hoạch"),
        Kind("PA", "Phương án"),
        Kind("ĐA", "Đề án"),
        Kind("DA", "Dự án"),
        Kind("BC", "Báo cáo", greeting="optional"),
        Kind("BB", "Biên bản", bases="none"),
        Kind("TTr", "Tờ trình", greeting="required"),
        Kind("HĐ", "Hợp đồng"),
        Kind("CĐ", "Công điện", greeting="optional"),
        Kind("BGN", "Bản ghi nhớ"),
        Kind("BTT", "Bản thỏa thuận"),
        Kind("GUQ", "Giấy ủy quyền"),
        Kind("GM", "Giấy mời", greeting="optional", bases="none"),
        Kind("GGT", "Giấy giới thiệu", greeting="optional", bases="none"),
        Kind("GNP", "Giấy nghỉ phép", bases="none"),
        Kind("PG", "Phiếu gửi", greeting="optional", bases="none"),
        Kind("PC", "Phiếu chuyển", greeting="optional", bases="none"),
        Kind("PB", "Phiếu báo", greeting="optional", bases="none"),
        Kind(LETTER, "Công văn", greeting="required", bases="none"),
        Kind("thư công", "Thư công", greeting="optional", bases="none", numbered=False),
    )
}
"""By code. "CV" is ours alone: it never stands in a number."""

COPIES = {"SY": "Sao y", "TrS": "Trích sao", "SL": "Sao lục"}
"""Types of copies, as they stand in the number of a copy."""
