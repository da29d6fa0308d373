from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.planreader.task_kinds import likely_kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tổ chức tập huấn nghiệp vụ công tác kiều bào cho cán bộ cấp xã", "course"),
        ("Mở lớp bồi dưỡng ngoại ngữ cho cán bộ đối ngoại", "course"),
        ("Rà soát, kiến nghị sửa đổi các văn bản quy phạm pháp luật về quốc tịch", "law"),
        ("Nghiên cứu, đề xuất hoàn thiện cơ chế, chính sách thu hút kiều bào", "law"),
        ("Rà soát, đơn giản hóa thủ tục hành chính về hộ tịch cho kiều bào", "procedure"),
        ("Cắt giảm thời gian giải quyết thủ tục đầu tư", "procedure"),
        ("Tổ chức đoàn kiểm tra việc thực hiện Kế hoạch tại các xã, phường", "inspection"),
        ("Kiểm tra liên ngành việc đưa người lao động đi làm việc ở nước ngoài", "inspection"),
        ("Đẩy mạnh tuyên truyền về Nghị quyết số 36-NQ/TW", "session"),
        ("Quán triệt chủ trương của Đảng về công tác người Việt Nam ở nước ngoài", "session"),
    ],
)
def test_the_words_of_a_task_propose_its_kind(text: str, kind: str) -> None:
    assert likely_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Sở Giáo dục và Đào tạo cung cấp thông tin về học bổng",
        "Sở Khoa học và Công nghệ lập danh sách chuyên gia, trí thức",
        "Theo dõi, kiểm tra, đôn đốc các đơn vị thực hiện Kế hoạch",
        "Cung cấp danh mục dự án kêu gọi đầu tư",
        "",
    ],
)
def test_ordinary_work_proposes_nothing(text: str) -> None:
    assert likely_kind(text) == ""


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert likely_kind(text) in {"", "course", "law", "procedure", "session", "inspection"}
