"""Invented documents of several types, read from end to end."""
# ruff: noqa: E501 - documents stand as they are printed

from __future__ import annotations

from nhipcau.core.planreader.reading import read_text

DECISION = """ỦY BAN NHÂN DÂN
TỈNH SÔNG TRANH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 1523/QĐ-UBND
Sông Tranh, ngày 07 tháng 8 năm 2025

QUYẾT ĐỊNH
Về việc phân công nhiệm vụ phòng, chống thiên tai

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Căn cứ Nghị định số 66/2021/NĐ-CP ngày 06/7/2021 của Chính phủ;

QUYẾT ĐỊNH:

Điều 1. Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Bộ Chỉ huy Quân sự tỉnh và UBND các xã rà soát phương án, hoàn thành trước ngày 30/9/2025.

Điều 2. Sở Tài chính tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí thực hiện.

Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh và các cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT, NN.

CHỦ TỊCH

Trần Văn Bình
"""

CONCLUSION = """TỈNH ỦY SÔNG TRANH
*
Số 218-KL/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Sông Tranh, ngày 12 tháng 9 năm 2025

KẾT LUẬN
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về tăng cường công tác đối ngoại nhân dân

Thực hiện Chỉ thị số 12-CT/TW ngày 05/01/2022 của Ban Bí thư, Ban Thường vụ Tỉnh ủy kết luận như sau:

I- TÌNH HÌNH
Thời gian qua công tác đối ngoại đạt nhiều kết quả.

II- NHIỆM VỤ, GIẢI PHÁP
1- Nâng cao nhận thức của các cấp ủy đảng.
2- Đa dạng hóa hình thức hoạt động.

III- TỔ CHỨC THỰC HIỆN
1- Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo cụ thể hóa Kết luận này; định kỳ 6 tháng báo cáo Ban Thường vụ Tỉnh ủy kết quả thực hiện.
2- Ban Dân vận Tỉnh ủy chủ trì, phối hợp với các cơ quan liên quan hướng dẫn tuyên truyền.

Nơi nhận:
- Ban Bí thư Trung ương Đảng (để báo cáo),
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Lê Thị Hoa
"""

DIRECTIVE = """ỦY BAN NHÂN DÂN                CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÔNG TRANH                    Độc lập - Tự do - Hạnh phúc
Số: 05/CT-UBND                 Sông Tranh, ngày 3 tháng 6 năm 2025

CHỈ THỊ
Về tăng cường công tác phòng cháy, chữa cháy rừng

        Trong những tháng đầu năm 2025, thời tiết diễn biến phức tạp.
        Để chủ động phòng ngừa, Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:

        1. Giám đốc Sở Nông nghiệp và Môi trường:
        a) Chủ trì, phối hợp với Công an tỉnh kiểm tra; báo cáo kết quả trước ngày 15/6/2025.
        b) Thường xuyên cập nhật cấp dự báo cháy rừng.
        2. Chủ tịch UBND các xã, phường chịu trách nhiệm toàn diện về chữa cháy rừng trên địa bàn.
        3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh tăng cường tuyên truyền.
        4. Sở Tài chính: Tham mưu bố trí kinh phí.
        Yêu cầu các sở, ban, ngành nghiêm túc thực hiện Chỉ thị này./.

Nơi nhận:                                 KT. CHỦ TỊCH
- Bộ Nông nghiệp và Môi trường;           PHÓ CHỦ TỊCH
- TT Tỉnh ủy;
- Lưu: VT.
                                          Phạm Quang Minh
"""

LETTER = """UBND TỈNH SÔNG TRANH
SỞ NGOẠI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 245/SNgV-LS
V/v cung cấp số liệu người Việt Nam ở nước ngoài
Sông Tranh, ngày 20 tháng 3 năm 2025

Kính gửi:
- Các sở, ban, ngành tỉnh;
- Ủy ban nhân dân các huyện.

Thực hiện Kế hoạch số 77/KH-UBND ngày 15/02/2025 của Ủy ban nhân dân tỉnh, Sở Ngoại vụ đề nghị các cơ quan, đơn vị:

1. Rà soát, cung cấp số liệu thuộc phạm vi quản lý.
2. Đề xuất các giải pháp thu hút nguồn lực kiều bào.

Văn bản gửi về Sở Ngoại vụ trước ngày 10/4/2025 để tổng hợp./.

Nơi nhận:
- Như trên;
- Lưu: VT, LS.
GIÁM ĐỐC
Nguyễn Thị Lan
"""


WEB_PAGE = """Trang chủ
ỦY BAN NHÂN
DÂN
TỈNH CAO SƠN
--------
|
CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 359/KH-UBND
|
Cao Sơn, ngày
06 tháng 7 năm 2016
|
KẾ HOẠCH
THỰC HIỆN NGHỊ QUYẾT SỐ 27/NQ-CP NGÀY 05 THÁNG 4 NĂM 2016 CỦA
CHÍNH PHỦ VỀ CÔNG TÁC ĐỐI VỚI NGƯỜI VIỆT NAM Ở NƯỚC NGOÀI GIAI ĐOẠN 2016- 2020 CỦA TỈNH
CAO SƠN
I- MỤC TIÊU
Thực hiện chỉ đạo của Chính phủ về việc tiếp tục
đẩy mạnh thực hiện Nghị quyết số 36-NQ/TW của Bộ Chính trị khoá IX về công tác
đối với người Việt Nam ở nước ngoài giai đoạn 2016- 2020.
Tổ chức thực hiện tốt công tác đối với người Việt
Nam ở nước ngoài theo tinh thần Chỉ thị số 45-CT/TW của Bộ Chính trị, Nghị quyết
số 36-NQ/TW của Bộ Chính trị.
II- NHIỆM VỤ
1. Tăng cường công tác thông tin, tuyên truyền
đối ngoại, thông tin cho người Việt Nam ở nước ngoài về tình hình của tỉnh.
2. Vận động các cá nhân, tổ chức người Việt
Nam ở nước ngoài đầu tư.
III- TỔ CHỨC THỰC HIỆN
1. Sở Ngoại vụ
- Là cơ quan đầu mối chủ trì, phối hợp với các sở, ban,
ngành, địa phương tham mưu Ủy ban nhân dân tỉnh thực hiện Kế hoạch này.
- Định kỳ hàng năm báo cáo Ủy ban nhân dân
tỉnh và Bộ Ngoại giao kết quả thực hiện.
2. Sở Kế hoạch
và Đầu tư
Chủ trì, phối hợp các sở, ban, ngành liên quan
xây dựng danh mục dự án kêu gọi đầu tư.
Trong quá trình triển khai nếu có vướng mắc, các
đơn vị báo cáo về Sở Ngoại vụ./.
Nơi nhận:
- Bộ Ngoại giao;
- Lưu: VT.
|
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn Hai
|
"""


PIPED = """ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM |
Số: 58/KH-UBND |
Cao Sơn - Thượng Hà, ngày 11 tháng 03 năm 2024 |
KẾ HOẠCH
HOẠT ĐỘNG ĐỐI NGOẠI NĂM 2024 CỦA TỈNH CAO SƠN
Thực hiện ý kiến chỉ đạo của Ban Thường vụ Tỉnh ủy tại Công văn số 8145-CV/TU ngày 26 tháng 02 năm 2024;
Xét đề nghị của Sở Ngoại vụ tại Công văn số 499/SNgV-LS&HTQT ngày 06 tháng 3 năm 2024, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
A. MỤC ĐÍCH, YÊU CẦU
Triển khai có hiệu quả các kế hoạch đã đề ra.
B. NỘI DUNG THỰC HIỆN
I. CÔNG TÁC ĐỐI NGOẠI ĐẢNG
1. Nội dung thực hiện: Tiếp tục triển khai Kế hoạch số 124-KH/TU ngày 29/4/2022 của Ban Thường vụ Tỉnh ủy.
2. Cơ quan chủ trì: Ban Dân vận Tỉnh ủy.
3. Cơ quan phối hợp: Sở Ngoại vụ, các sở, ngành liên quan.
4. Thời gian thực hiện: Trước ngày 30/11/2024.
II. CÔNG TÁC BIÊN GIỚI
1. Nội dung thực hiện:
- Tuần tra, kiểm soát địa bàn.
- Tuyên truyền cho ngư dân.
2. Cơ quan thực hiện: Bộ Chỉ huy Bộ đội Biên phòng tỉnh.
C. NHIỆM VỤ KHÁC
| STT | Nhiệm vụ | Chủ trì | Phối hợp | Thời hạn |
|---|---|---|---|---|
| 1 | Rà soát thỏa thuận quốc tế | Sở Ngoại vụ | Sở Tư pháp | Quý II/2024 |
| 2 | Xây dựng quy chế | Sở Tư pháp | | Năm 2024 |
Nơi nhận: |
- Lưu: VT. |
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Ba |
"""


def rows(reading):
    return [(t["id"], t["scope"], t["role"], t["agencies"]) for t in reading["tasks"]]


def test_the_articles_of_a_decision_are_tasks():
    reading = read_text(DECISION)
    document = reading["document"]
    assert (document["number"], document["issued"], document["type"]) == (
        "1523/QĐ-UBND",
        "2025-08-07",
        "Quyết định",
    )
    assert document["title"] == "Về việc phân công nhiệm vụ phòng, chống thiên tai"
    assert document["signatory"]["name"] == "Trần Văn Bình"
    assert rows(reading) == [
        ("1", "assigned", "lead", ["Sở Nông nghiệp và Môi trường"]),
        ("2", "assigned", "advise", ["Sở Tài chính"]),
    ]
    assert reading["tasks"][0]["with"] == ["Bộ Chỉ huy Quân sự tỉnh", "UBND các xã"]
    assert reading["tasks"][0]["due"][0]["value"] == "2025-09-30"


def test_a_party_conclusion_is_read():
    reading = read_text(CONCLUSION)
    document = reading["document"]
    assert (document["number"], document["issuer"], document["type"]) == (
        "218-KL/TU",
        "Tỉnh ủy Sông Tranh",
        "Kết luận",
    )
    assert document["title"] == "về tăng cường công tác đối ngoại nhân dân"
    assert document["recipients"] == ["Ban Bí thư Trung ương Đảng (để báo cáo)", "Lưu Văn phòng Tỉnh ủy"]
    assert [s["path"] for s in reading["sections"]] == ["I", "II", "III"]
    assert [r[:3] for r in rows(reading)] == [
        ("II.1", "general", "responsible"),
        ("II.2", "general", "responsible"),
        ("III.1", "assigned", "responsible"),
        ("III.2", "assigned", "lead"),
    ]
    assert [(r["kind"], r["by"]) for r in reading["reporting"]] == [
        ("periodic", "Đảng ủy Ủy ban nhân dân tỉnh")
    ]


def test_a_directive_set_in_two_columns_is_read():
    reading = read_text(DIRECTIVE)
    document = reading["document"]
    assert document["issuer"] == "Ủy ban nhân dân tỉnh Sông Tranh"
    assert document["recipients"] == ["Bộ Nông nghiệp và Môi trường", "TT Tỉnh ủy", "Lưu: VT"]
    assert document["signatory"] == {
        "name": "Phạm Quang Minh",
        "position": "Phó Chủ tịch",
        "on_behalf": "KT. CHỦ TỊCH",
    }
    assert rows(reading) == [
        ("1.a", "assigned", "lead", ["Giám đốc Sở Nông nghiệp và Môi trường"]),
        ("1.b", "assigned", "responsible", ["Giám đốc Sở Nông nghiệp và Môi trường"]),
        ("2", "assigned", "responsible", ["Chủ tịch UBND các xã, phường"]),
        ("3", "assigned", "request", ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"]),
        ("4#1", "assigned", "advise", ["Sở Tài chính"]),
    ]
    assert [(r["kind"], r["due"]) for r in reading["reporting"]] == [("once", "2025-06-15")]
    uncovered = [a for a in reading["assigning"] if a["task"] is None]
    assert [reading["text"][slice(*a["span"])][:7] for a in uncovered] == ["Yêu cầu"]


def test_the_items_of_a_letter_go_to_those_it_asks():
    reading = read_text(LETTER)
    document = reading["document"]
    assert (document["type"], document["issuer"]) == ("Công văn", "Sở Ngoại vụ")
    assert document["title"] == "cung cấp số liệu người Việt Nam ở nước ngoài"
    assert rows(reading) == [
        ("1", "assigned", "request", ["các cơ quan, đơn vị"]),
        ("2", "assigned", "request", ["các cơ quan, đơn vị"]),
    ]


def test_places_lead_back_to_the_lines_of_the_file():
    reading = read_text(DECISION)
    lines = DECISION.split("\n")
    for offset, page, line in reading["places"]:
        assert page == 1
        assert reading["text"][offset : offset + 8] == lines[line - 1].strip()[:8]


def test_a_page_without_blank_lines_and_with_short_first_lines_is_read():
    reading = read_text(WEB_PAGE)
    document = reading["document"]
    assert (document["number"], document["issued"], document["place"]) == (
        "359/KH-UBND",
        "2016-07-06",
        "Cao Sơn",
    )
    assert document["issuer"] == "Ủy ban nhân dân tỉnh Cao Sơn"
    assert document["period"] == [2016, 2020]
    assert [s["path"] for s in reading["sections"]] == ["I", "II", "III", "III.1", "III.2"]
    assert [(t["id"], t["role"]) for t in reading["tasks"]] == [
        ("II.1", "responsible"),
        ("II.2", "responsible"),
        ("III.1#1", "lead"),
        ("III.1#2", "responsible"),
        ("III.2#1", "lead"),
    ]
    assert [(r["kind"], r["by"]) for r in reading["reporting"]] == [
        ("periodic", "Sở Ngoại vụ"),
        ("ad hoc", "các đơn vị"),
    ]


def test_cells_drawn_with_strokes_and_numbered_fields_are_read():
    reading = read_text(PIPED)
    document = reading["document"]
    assert (document["number"], document["issued"]) == ("58/KH-UBND", "2024-03-11")
    assert document["recipients"] == ["Lưu: VT"]
    assert [(t["id"], t["role"], t["agencies"], t["with"]) for t in reading["tasks"]] == [
        ("B.I", "lead", ["Ban Dân vận Tỉnh ủy"], ["Sở Ngoại vụ", "các sở, ngành liên quan"]),
        ("B.II#1", "responsible", ["Bộ Chỉ huy Bộ đội Biên phòng tỉnh"], []),
        ("B.II#2", "responsible", ["Bộ Chỉ huy Bộ đội Biên phòng tỉnh"], []),
        ("C#1", "lead", ["Sở Ngoại vụ"], ["Sở Tư pháp"]),
        ("C#2", "lead", ["Sở Tư pháp"], []),
    ]
