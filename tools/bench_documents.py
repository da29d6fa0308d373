"""The consolidated report as Word, workbook and PDF against its bars, for `bench.py`."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

UNITS, TASKS, INDICATORS = 150, 60, 20
DOCX_BAR, PDF_BAR = 10_000, 20_000
WORDS = (
    "Toàn tỉnh đã lập danh sách 64 chuyên gia, trí thức ở 11 nước, mời 07 chuyên gia tham gia hội đồng; "
    "tiếp nhận 05 giảng viên thỉnh giảng; ký 02 thỏa thuận hợp tác nghiên cứu. "
)
HEAD = {
    "parent_body": "Ủy ban nhân dân tỉnh Lam Giang",
    "symbol": "SNgV",
    "place": "Lam Giang",
    "addressed_to": ["Ủy ban nhân dân tỉnh Lam Giang"],
    "recipients": ["Như trên", "Bộ Ngoại giao"],
    "signature": {"authority": ["KT. GIÁM ĐỐC"], "title": "PHÓ GIÁM ĐỐC", "name": "Lê Văn Mẫu"},
}


def content() -> dict[str, Any]:
    """report/1 of 150 units, 60 tasks, 20 indicators; a tenth of the units are missing."""
    from nhipcau.core.reportfile import sealed
    from nhipcau.core.reportfile.tests.sample import report, total, unit

    chance = random.Random(3)
    made = report()
    made["report"] |= HEAD
    names = [f"Sở số {n}" for n in range(18)] + [f"Xã Long Phước {n}" for n in range(UNITS - 18)]
    units = [
        {**unit(f"u{at}", "waiting" if at % 10 == 9 else "approved"), "name": name}
        for at, name in enumerate(names)
    ]
    sent = [each["id"] for each in units if each["state"] == "approved"]
    missing = [each["id"] for each in units if each["state"] == "waiting"]
    source = [{"unit": sent[0], "received_number": "TN-2027-0001", "text": WORDS}]
    made["units"] = units
    made["indicators"] = [
        {
            **made["indicators"][0],
            "code": f"chi-tieu-{at}",
            "name": f"Số lượt chuyên gia, trí thức được mời về làm việc, nhóm {at}",
            "section": "so-lieu",
            "total": total({each: str(chance.randrange(900)) for each in sent}, missing),
            "parts": [],
        }
        for at in range(INDICATORS)
    ]
    paragraph = {"text": WORDS * 3, "sources": source}
    figures = {"key": "so-lieu", "label": "III.", "level": 1, "kind": "indicators", "title": "Số liệu"}
    made["sections"] = [
        *(
            {
                "key": f"muc-{at}",
                "label": f"{at + 1}.",
                "level": 2,
                "kind": "narrative",
                "title": f"Kết quả nhóm nhiệm vụ {at + 1}",
                "paragraphs": [paragraph] * 4,
            }
            for at in range(12)
        ),
        {**figures, "paragraphs": []},
    ]

    def outcomes(label: str) -> dict[str, Any]:
        kinds = ("done_in_time", "done_late", "open_in_time", "open_overdue")
        return {"label": label, **{kind: chance.randrange(9) for kind in kinds}}

    made["not_taken"] = []
    made["outcomes"] = {
        "by_agency": [outcomes(name) for name in names],
        "by_task": [outcomes(f"Xây dựng danh sách chuyên gia theo lĩnh vực {at}") for at in range(TASKS)],
    }
    return sealed(made)


def documents(timed: Callable[..., Any]) -> list[Any]:
    """Made, checked against the official form, turned into PDF where LibreOffice is."""
    from nhipcau.apps.reporting.annex_workbook import annex_workbook
    from nhipcau.apps.reporting.document import official_document
    from nhipcau.core.officialdoc import write_docx
    from nhipcau.core.officialdoc.checking.checker import check_docx
    from nhipcau.core.officialdoc.pdf import can_make_pdf, to_pdf

    found = content()
    size = f"{UNITS} units, {TASKS} tasks, {INDICATORS} indicators"
    document = write_docx(official_document(found))
    wrong = [each for each in check_docx(document) if each.severity == "error"]
    note = "in the official form" if not wrong else f"{len(wrong)} faults of form!"
    rows = [
        timed(f"report as Word, {size}", lambda: write_docx(official_document(found)), 5, DOCX_BAR, note),
        timed("the same as a workbook", lambda: annex_workbook(found), 5, DOCX_BAR),
    ]
    if can_make_pdf():
        rows.append(timed("the same as PDF", lambda: to_pdf(document), 3, PDF_BAR))
    return rows
