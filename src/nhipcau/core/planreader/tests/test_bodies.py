"""Where a list of bodies ends, and how it is parted."""
# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from nhipcau.core.planreader.bodies import list_end, split_bodies
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.subjects import heading_subject


def parted(text: str) -> list[str]:
    return [text[a:z] for a, z in split_bodies(text, shadow(text))]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Sở Kế hoạch và Đầu tư", ["Sở Kế hoạch và Đầu tư"]),
        (
            "Sở Nội vụ, Sở Giáo dục và Đào tạo, Sở Tài chính",
            ["Sở Nội vụ", "Sở Giáo dục và Đào tạo", "Sở Tài chính"],
        ),
        ("các sở, ban, ngành, địa phương", ["các sở, ban, ngành, địa phương"]),
        ("Sở Y tế và các cơ quan, đơn vị liên quan", ["Sở Y tế", "các cơ quan, đơn vị liên quan"]),
        (
            "các sở, ngành, UBND các huyện, thị xã, thành phố",
            ["các sở, ngành", "UBND các huyện, thị xã, thành phố"],
        ),
        ("Ủy ban nhân dân quận, huyện", ["Ủy ban nhân dân quận, huyện"]),
        (
            "Các Sở, ban, ngành; UBND các xã, phường, các cơ quan, đơn vị liên quan",
            ["Các Sở, ban, ngành", "UBND các xã, phường", "các cơ quan, đơn vị liên quan"],
        ),
        (
            "Thủ trưởng các sở, ngành và Chủ tịch UBND các xã",
            ["Thủ trưởng các sở, ngành", "Chủ tịch UBND các xã"],
        ),
        ("Giám đốc các Sở, Thủ trưởng các ngành", ["Giám đốc các Sở, Thủ trưởng các ngành"]),
        ("các Hội, Hiệp hội, nhất là Hiệp hội Lữ hành", ["các Hội, Hiệp hội", "Hiệp hội Lữ hành"]),
        ("Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh", ["Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh"]),
        ("Viện, Trường; Sở, ban, ngành có liên quan", ["Viện, Trường", "Sở, ban, ngành có liên quan"]),
        ("Cục Lãnh sự - Bộ Ngoại giao, Sở Tư pháp", ["Cục Lãnh sự - Bộ Ngoại giao", "Sở Tư pháp"]),
        (
            "Chi cục Thuế (phòng Nghiệp vụ, phòng Kê khai) và Kho bạc",
            ["Chi cục Thuế (phòng Nghiệp vụ, phòng Kê khai)", "Kho bạc"],
        ),
    ],
)
def test_distinct_bodies_are_parted_and_enumerations_stay_one(text, bodies):
    assert parted(text) == bodies


@pytest.mark.parametrize(
    ("bodies", "rest"),
    [
        ("Sở Y tế", " rà soát danh mục"),
        ("các cơ quan liên quan", " tổ chức hội nghị"),
        ("các tổ chức thành viên", " tuyên truyền rộng rãi"),
        ("Bộ Ngoại giao, Bộ Công Thương", " triển khai đề án"),
        ("các cơ quan đại diện ngoại giao nước ngoài", " để giới thiệu tiềm năng"),
        ("Trung tâm Xúc tiến Đầu tư", " xây dựng kế hoạch"),
        ("UBND phường Tân Lập", " dựng lại bia đá"),
        ("UBND các phường: Tân Lập, Hòa Khê", " tăng cường kiểm tra"),
        ("các doanh nghiệp được Bộ Nội vụ cấp phép hoạt động dịch vụ", " tăng cường đào tạo"),
        ("các sở, ngành liên quan", "; đồng thời báo cáo"),
        ("Sở Công Thương", " và tham mưu UBND tỉnh"),
        ("cơ quan quản lý nhà nước về du lịch", " kiểm tra"),
        ("Sở Công Thương", " cần rà soát danh mục"),
        ("UBND tỉnh Cần Vọng", " rà soát danh mục"),
        ("UBND tỉnh cần Vọng", " rà soát danh mục"),
    ],
)
def test_a_list_of_bodies_ends_where_their_work_begins(bodies, rest):
    text = bodies + rest
    assert text[: list_end(text, shadow(text), 0, len(text))] == bodies


@pytest.mark.parametrize(
    ("heading", "bodies"),
    [
        ("Sở LĐ-TB&XH; Sở NN&PTNT", ["Sở LĐ-TB&XH", "Sở NN&PTNT"]),
        ("VP UBND tỉnh", ["VP UBND tỉnh"]),
        ("Đối với Sở Ngoại vụ", ["Sở Ngoại vụ"]),
        ("Trách nhiệm của Ban Quản lý Khu kinh tế", ["Ban Quản lý Khu kinh tế"]),
        (
            "Đề nghị Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh",
            ["Tòa án nhân dân tỉnh", "Viện kiểm sát nhân dân tỉnh"],
        ),
        ("Các đơn vị cấp nước trên địa bàn có trách nhiệm", ["Các đơn vị cấp nước trên địa bàn"]),
        (
            "Các doanh nghiệp hoạt động trong lĩnh vực vận tải",
            ["Các doanh nghiệp hoạt động trong lĩnh vực vận tải"],
        ),
        ("Ngoài nhiệm vụ trên, các sở, ban, ngành cần thực hiện các nhiệm vụ sau", ["các sở, ban, ngành"]),
    ],
)
def test_a_heading_names_bodies(heading, bodies):
    found = heading_subject(heading, shadow(heading))
    assert found is not None
    assert found.names == bodies


@pytest.mark.parametrize(
    "heading",
    [
        "Tổ chức thực hiện", "Ban hành văn bản", "Hội nhập quốc tế", "Báo cáo định kỳ", "Bộ máy tổ chức", "Phòng, chống tham nhũng",
        "Thanh tra, kiểm tra", "Sở hữu trí tuệ", "Chính phủ số", "Viện trợ phi chính phủ nước ngoài", "Quản lý nhà nước", "Kinh phí thực hiện",
        "Cơ sở dữ liệu dùng chung",
    ],
)  # fmt: skip
def test_a_heading_of_a_topic_names_nobody(heading):
    assert heading_subject(heading, shadow(heading)) is None
