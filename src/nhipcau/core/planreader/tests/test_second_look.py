"""The second reader: who acts, what a part is for, in which role."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.role_votes import role_votes
from nhipcau.core.planreader.second_look import (
    FIELD_BELOW,
    ends_with_body,
    head_body,
    later_subjects,
    own_subject,
    zone_of,
)
from nhipcau.core.planreader.surroundings import Place, plain


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Sở Y tế chủ trì mở lớp.", "so y te"),
        ("Giao Thanh tra tỉnh kiểm tra việc thu phí.", "thanh tra tinh"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh vận động.", "uy ban mat tran to quoc tinh"),
        ("Hằng năm, các sở, ngành xây dựng kế hoạch.", "cac so, nganh"),
        ("Căn cứ kế hoạch này, UBND các xã rà soát.", "ubnd cac xa"),
        ("Các tổ chức chính trị - xã hội phát huy vai trò.", "cac to chuc chinh tri - xa hoi"),
        (
            "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức: Vận động.",
            "uy ban mat tran to quoc viet nam tinh va cac to chuc",
        ),
        ("Các cơ quan, đơn vị cấp xã rà soát.", "cac co quan, don vi cap xa"),
        ("UBND các xã: Ba Vì, Suối Hai và Sở Y tế rà soát.", "ubnd cac xa: ba vi, suoi hai va so y te"),
        ("Rà soát các quy định.", ""),
        ("Báo cáo kết quả trước ngày 15.", ""),
        ("Các nhiệm vụ chưa xong phải làm tiếp.", ""),
    ],
)
def test_who_a_sentence_begins_with(words, subject):
    assert own_subject(plain(words)) == subject


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Sở Nội vụ", "so noi vu"),
        ("SO NOI VU", "so noi vu"),
        ("Trách nhiệm của Công an tỉnh", "cong an tinh"),
        ("Đối với các sở, ngành", "cac so, nganh"),
        ("Nhiệm vụ và giải pháp", ""),
        ("Ban hành quy chế", ""),
        ("Các giải pháp chủ yếu", ""),
        ("Phương án triển khai", ""),
        ("Quan trắc và cảnh báo môi trường", ""),
        ("Phong trào thi đua", ""),
    ],
)
def test_which_lines_above_name_a_body(head, body):
    assert head_body(plain(head)) == body


def test_bodies_of_later_clauses_are_found_and_lists_are_not():
    own = plain("Mở lớp ở các xã; Sở Tài chính bố trí kinh phí. Các trường: tiểu học, trung học.")
    assert later_subjects(own) == ["so tai chinh"]


def test_a_last_sentence_that_is_only_a_name_is_noticed():
    assert ends_with_body(plain("Mở lớp ở các xã. Sở Tư pháp."))
    assert not ends_with_body(plain("Mở lớp ở các xã. Mời giáo viên."))


@pytest.mark.parametrize(
    ("head", "zone"),
    [
        ("TO CHUC THUC HIEN", "assign"),
        ("Phân công", "assign"),
        ("Chế độ báo cáo", "report"),
        ("KINH PHÍ", "money"),
        ("Nội dung và giải pháp", "general"),
        ("Một mục tiêu", "none"),
        ("Du lịch cộng đồng", ""),
        ("nhiệm vụ " * 25, ""),
    ],
)
def test_what_a_part_is_for(head, zone):
    assert zone_of(plain(head)) == zone


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("\n- Cơ quan chủ trì: Sở Y tế", True),
        ("\nĐơn vị thực hiện Sở Y tế", True),
        ("Sở Y tế (đơn vị chủ trì)", True),
        ("\nChủ trì: Sở Y tế", True),
        ("phối hợp với cơ quan liên quan", False),
    ],
)
def test_a_field_below_is_seen_with_and_without_its_colon(words, there):
    assert bool(FIELD_BELOW.search(plain(words))) is there


def votes(words: str, heads=(), led: str = "", tail: str = ""):
    return role_votes(Place(plain(words), words, heads=list(heads), led=led, tail=tail))


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Mở lớp học.", "responsible"),
        ("Chủ trì, phối hợp với Sở Y tế mở lớp.", "lead"),
        ("Phối hợp với Sở Y tế mở lớp.", "coordinate"),
        ("Tham mưu UBND tỉnh ban hành quy chế.", "advise"),
        ("Sở Nội vụ có trách nhiệm tham mưu UBND tỉnh.", "advise"),
        ("Báo cáo UBND tỉnh để chủ trì thực hiện.", "responsible"),
        ("Nâng cao chất lượng công tác tham mưu.", "responsible"),
        ("Gửi cơ quan chủ trì trước ngày 15.", "responsible"),
        ("Đề nghị Tỉnh đoàn vận động thanh niên.", "request"),
        ("Rà soát " + "rất nhiều " * 20 + "; phối hợp với Sở Y tế.", "responsible"),
    ],
)
def test_role_words_vote_less_the_further_back_they_stand(words, role):
    assert votes(words).best == role


def test_lines_above_and_fields_below_vote_too():
    assert votes("Mở lớp.", heads=["de nghi tinh doan"]).best == "request"
    assert votes("Mở lớp.", heads=["so y te chu tri"]).best == "lead"
    assert votes("Mở lớp.", led="phoi hop voi cac xa").best == "coordinate"
    assert votes("Phối hợp với Sở Y tế.", tail="\n- co quan chu tri: so y te").best == "lead"


def test_two_roles_that_are_close_leave_a_narrow_margin():
    close = votes("Hằng năm rà soát, phối hợp với Sở Y tế và tham mưu UBND tỉnh.")
    assert close.margin < votes("Chủ trì mở lớp.").margin
    assert close.distance["coordinate"] < close.distance["advise"]
    assert votes("Mở lớp; tham mưu UBND tỉnh.").later == {"advise": True}
