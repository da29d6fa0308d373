"""Roles and partners of an item."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.roles import work_of


def work(text: str):
    return work_of(text, shadow(text))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Chủ trì, phối hợp với Sở Y tế rà soát danh mục.", "lead"),
        ("Tiếp tục chủ trì hướng dẫn các đơn vị.", "lead"),
        ("Là cơ quan chủ trì, theo dõi việc thực hiện.", "lead"),
        ("Phối hợp với Sở Y tế rà soát; chủ trì kiểm tra thiết bị.", "coordinate"),
        ("Rà soát danh mục do Sở Y tế chủ trì.", "responsible"),
        ("Các đơn vị được giao chủ trì hoàn thành nhiệm vụ.", "responsible"),
        ("Tham mưu UBND tỉnh phối hợp với Bộ Y tế triển khai đề án.", "advise"),
        ("Trên cơ sở đề xuất của các đơn vị, tham mưu UBND tỉnh bố trí kinh phí.", "advise"),
        ("Báo cáo Sở Y tế để tổng hợp, tham mưu UBND tỉnh.", "responsible"),
        ("Nâng cao chất lượng công tác tham mưu.", "responsible"),
        ("Phối hợp tiến hành kiểm tra thiết bị.", "coordinate"),
        ("Tổ chức triển lãm; phối hợp quảng bá du lịch.", "responsible"),
        ("Xây dựng cơ chế phối hợp và kiện toàn bộ máy.", "responsible"),
        ("Tăng cường sự phối hợp giữa các ngành.", "responsible"),
        ("Rà soát chính sách; phối hợp với các doanh nghiệp tuyển dụng lao động.", "coordinate"),
        ("Xây dựng kế hoạch.", "responsible"),
    ],
)
def test_the_role_is_what_governs_the_item(text, role):
    assert work(text).role == role


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("Phối hợp với Sở Y tế và các đơn vị liên quan triển khai.", ["Sở Y tế", "các đơn vị liên quan"]),
        (
            "Phối hợp chặt chẽ, hiệu quả với các cơ quan liên quan trong công tác tuyên truyền.",
            ["các cơ quan liên quan"],
        ),
        ("Phối hợp cùng các tổ chức thành viên vận động hội viên.", ["các tổ chức thành viên"]),
        ("Phối hợp các sở, ngành xây dựng đề án.", ["các sở, ngành"]),
        ("Tăng cường phối hợp, trao đổi thông tin với các bộ, ngành để xử lý.", ["các bộ, ngành"]),
        ("Phối hợp, đề xuất khen thưởng đối với các cá nhân.", []),
        (
            "Phối hợp với Sở A Lưới thực hiện. Phối hợp với Công an tỉnh kiểm tra.",
            ["Sở A Lưới", "Công an tỉnh"],
        ),
        ("Thực hiện quy chế phối hợp với các tỉnh bạn.", []),
    ],
)
def test_partners_are_those_to_coordinate_with(text, partners):
    assert work(text).partners == partners


def test_a_leading_word_in_a_later_clause_is_remembered():
    assert work("Phối hợp với Công an tỉnh rà soát; chủ trì kiểm định thiết bị.").lead_later
