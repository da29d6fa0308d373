"""The table "tổng hợp, tiếp thu, giải trình" of a consultation, as a Word file; in Vietnamese, as it is an
official paper.

Columns as in the form for collected opinions of the decree on drafting legal documents (34/2016/NĐ-CP, annex,
as amended): provision, who remarked, the remark, how it was settled; and where the new draft shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nhipcau.apps.plans.models import Consultation, ConsultationAnswer, Remark
from nhipcau.core.officialdoc import Attachment, Block, Paragraph, Table, write_attachment
from nhipcau.core.officialdoc.model import Align

TITLE = "Bản tổng hợp ý kiến, tiếp thu, giải trình ý kiến góp ý"
LEFT: tuple[Align, ...] = ("left",) * 5
HEADS = (
    "STT",
    "Điều, khoản, nội dung",
    "Cơ quan góp ý",
    "Nội dung góp ý",
    "Tiếp thu, giải trình",
    "Thể hiện tại dự thảo",
)
WIDTHS = (12, 52, 40, 62, 58, 33)  # mm, of 257 between the margins
OUTCOMES = {"taken": "Tiếp thu.", "partly": "Tiếp thu một phần.", "explained": "Giải trình, giữ như dự thảo."}


def table_of(
    consultation: Consultation,
    answers: Sequence[ConsultationAnswer],
    remarks: Iterable[Remark],
    names: dict[int, str],
) -> bytes:
    """The DOCX. `names`: organisation → its name; remarks with their answers and drafts."""
    rows = sorted(remarks, key=lambda each: (each.passage is None, each.passage or 0, each.place, each.pk))
    blocks: list[Block] = [Paragraph(words) for words in _figures(consultation, answers, names)]
    if rows:
        blocks.append(Paragraph("3. Nội dung góp ý và tiếp thu, giải trình cụ thể:"))
        blocks.append(_table(rows, names))
    else:
        blocks.append(Paragraph("3. Không có ý kiến đề nghị chỉnh sửa dự thảo."))
    about = f"Đối với dự thảo {consultation.title}"
    return write_attachment(Attachment(TITLE, about, blocks, landscape=True))


def _figures(
    consultation: Consultation, answers: Sequence[ConsultationAnswer], names: dict[int, str]
) -> tuple[str, str]:
    kinds = ConsultationAnswer.Kind
    agree = [each for each in answers if each.kind == kinds.AGREE]
    said = [each for each in answers if each.kind == kinds.REMARKS]
    silent = [each for each in answers if not each.kind]
    late = [each for each in answers if each.late(consultation.due_on)]
    due = f"{consultation.due_on:%d/%m/%Y}"
    letter = f" (Công văn số {consultation.letter_number})" if consultation.letter_number else ""
    return (
        f"1. Số cơ quan, đơn vị được lấy ý kiến{letter}: {len(answers)}, đề nghị trả lời chậm nhất ngày "
        f"{due}; đã trả lời: {len(agree) + len(said)} (trong đó trả lời sau thời hạn: {len(late)}); "
        f"chưa trả lời: {len(silent)}.",
        f"2. Thống nhất với dự thảo: {len(agree)}{_named(agree, names)}; có ý kiến góp ý: {len(said)}"
        f"{_named(said, names)}; chưa trả lời: {len(silent)}{_named(silent, names)}.",
    )


def _named(answers: Sequence[ConsultationAnswer], names: dict[int, str]) -> str:
    listed = ", ".join(names.get(each.organisation_id, "") for each in answers)
    return f" ({listed})" if listed else ""


def _table(remarks: Sequence[Remark], names: dict[int, str]) -> Table:
    rows = [
        (
            str(number),
            _place(remark.passage, remark.quoted, remark.place) or "Toàn văn dự thảo",
            names.get(remark.answer.organisation_id, ""),
            remark.text,
            f"{OUTCOMES[remark.outcome]} {remark.explanation}" if remark.outcome else "Chưa xử lý.",
            _place(remark.settled_passage, remark.settled_quoted, remark.settled_place),
        )
        for number, remark in enumerate(remarks, 1)
    ]
    return Table(HEADS, rows, align=("center", *LEFT), widths=WIDTHS)


def _place(passage: int | None, quoted: str, place: str) -> str:
    words = f"Đoạn {passage + 1}: {_short(quoted)}" if passage is not None else ""
    return "; ".join(filter(None, [place.strip(), words]))


def _short(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:160].rsplit(' ', 1)[0]}…"
