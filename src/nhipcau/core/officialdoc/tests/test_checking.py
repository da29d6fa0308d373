"""What we write passes; each way to spoil it is found at the right element, and nowhere else."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from nhipcau.core.officialdoc import (
    KINDS,
    Annex,
    Bullets,
    Heading,
    Paragraph,
    Signature,
    Table,
    check_docx,
    write_docx,
)
from nhipcau.core.officialdoc.ooxml import name
from nhipcau.core.officialdoc.tests.samples import document, figures, long_report
from nhipcau.core.officialdoc.tests.spoiled import SPOILED
from nhipcau.core.officialdoc.tests.wrongs import DOCUMENT, changed

ANNEXES = (Annex("Số liệu theo cơ quan", [figures(3)]), Annex("Bảng rộng", [figures(3)], landscape=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("annexes", [(), ANNEXES[:1], ANNEXES])
def test_what_we_write_passes(kind: str, dated: bool, annexes: tuple[Annex, ...]) -> None:
    blank = {} if dated else {"number": None, "day": None}
    assert check_docx(write_docx(document(kind, annexes=annexes, **blank))) == []


def test_a_long_report_passes() -> None:
    assert check_docx(write_docx(long_report())) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"parent_body": ""},
        {"parent_body": "Bộ Ngoại giao", "issuer": "Ủy ban Nhà nước về người Việt Nam ở nước ngoài"},
        {"issuer": "Ủy ban nhân dân tỉnh Lâm Giang", "parent_body": "", "symbol": "UBND"},
        {"signature": Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", "Trần Văn Đông")},
        {"signature": Signature((), "Q. GIÁM ĐỐC", "Phó Thị Trưởng")},
        {"number": "112"},
        {"recipients": [f"Ủy ban nhân dân xã số {n}" for n in range(150)]},
        {"recipients": (), "archive": "VT"},
        {"co_signatures": (Signature((), "THƯ KÝ", "Lê Thị Hoa"),)},
        {"bases": ("Căn cứ Nghị quyết số 36-NQ/TW ngày 26 tháng 3 năm 2004 của Bộ Chính trị",)},
        {"bases": ()},
        {"body": [Paragraph("Báo cáo không có nội dung.")]},
        {"body": []},
        {"body": [Heading(1, "Chương I", "Quy định chung"), Heading(2, "Điều 1.", "Phạm vi")]},
    ],
)
def test_other_documents_of_ours_pass_too(changes: dict[str, object]) -> None:
    assert check_docx(write_docx(document("BC", **changes))) == []


@cache
def right(kind: str) -> bytes:
    return write_docx(document(kind, annexes=ANNEXES))


@pytest.mark.parametrize("spoiled", SPOILED)
def test_each_wrong_is_found_where_it_is_and_nowhere_else(spoiled: str) -> None:
    kind, element, code, how = SPOILED[spoiled]
    findings = check_docx(how(right(kind)))
    assert {finding.element for finding in findings} == {element}
    assert code in {finding.code for finding in findings}
    for finding in findings:
        assert finding.message("vi") != finding.message("en")
        assert "{" not in finding.message("vi") + finding.message("en")


SCRAPS = (
    "Sở Ngoại vụ báo cáo kết quả 26.362 người (kiều bào), “đúng hạn”; Căn cứ Phụ lục Nơi nhận: Số: V/v KẾ "
    "HOẠCH ngày 05 tháng 3 năm 2026 TM. I. - + a) 1. Điều Lưu: VT"
)
words = st.lists(st.sampled_from(SCRAPS.split()), max_size=12).map(" ".join)
blocks = st.one_of(
    words.map(Paragraph),
    words.map(lambda each: Heading(2, "1.", each)),
    st.lists(words, max_size=3).map(Bullets),
    st.lists(st.tuples(words, words), max_size=3).map(lambda rows: Table(["Tên", "Số"], rows)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(KINDS)),
    subject=words.filter(bool),
    body=st.lists(blocks, max_size=6),
    recipients=st.lists(words, max_size=4),
)
def test_what_we_write_passes_whatever_its_words(
    kind: str, subject: str, body: list[object], recipients: list[str]
) -> None:
    made = write_docx(document(kind, subject=f"Kết quả {subject}", body=body, recipients=recipients))
    assert [each for each in check_docx(made) if each.severity == "error"] == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_written_and_read(anything: str) -> None:
    made = document(
        "CV",
        subject=anything,
        body=[Paragraph(anything)],
        addressed_to=[anything],
        recipients=[anything],
        signature=Signature((anything,), anything, anything),
        annexes=[Annex(anything, [Paragraph(anything)])],
    )
    assert isinstance(check_docx(write_docx(made)), list)


def test_letters_with_marks_apart_are_a_warning_and_hide_nothing() -> None:
    def apart(root: etree._Element) -> None:
        for node in root.iter(name("w:t")):
            node.text = unicodedata.normalize("NFD", node.text or "")

    findings = check_docx(changed(right("BC"), DOCUMENT, apart))
    assert [(each.element, each.code, each.severity) for each in findings] == [
        ("text", "decomposed", "warning")
    ]
    assert findings[0].count > 10
