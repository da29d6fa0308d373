"""Invented notices, telegrams and rules, read from end to end."""
# ruff: noqa: E501 - documents stand as they are printed

from __future__ import annotations

from nhipcau.core.planreader.reading import read_text

NOTICE = """ỦY BAN NHÂN DÂN
TỈNH CAO SƠN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 233/TB-UBND
Cao Sơn, ngày 02 tháng 10 năm 2025

THÔNG BÁO
Kết luận của đồng chí Trần Văn Nam, Phó Chủ tịch UBND tỉnh tại cuộc họp về tiến độ các dự án trọng điểm

Ngày 30/9/2025, tại trụ sở UBND tỉnh, đồng chí Trần Văn Nam, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp về tiến độ các dự án trọng điểm. Tham dự có đại diện lãnh đạo các sở: Xây dựng, Tài chính.

Sau khi nghe báo cáo của Sở Xây dựng và ý kiến của các đại biểu, Phó Chủ tịch UBND tỉnh kết luận như sau:

1. Đánh giá cao sự nỗ lực của các chủ đầu tư; tuy nhiên tiến độ một số dự án còn chậm.

2. Về dự án đường vành đai:

a) Giao Sở Xây dựng chủ trì, phối hợp với UBND xã Tân Lập hoàn thành giải phóng mặt bằng trước ngày 15/11/2025.

b) Giao Sở Tài chính tham mưu UBND tỉnh điều chỉnh kế hoạch vốn, báo cáo UBND tỉnh trong tháng 10/2025.

3. Về dự án bệnh viện: Yêu cầu Ban Quản lý dự án đầu tư xây dựng tỉnh khẩn trương hoàn thiện hồ sơ; báo cáo kết quả về UBND tỉnh (qua Sở Xây dựng) trước ngày 20 hằng tháng.

4. Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện.

Thừa lệnh Chủ tịch UBND tỉnh, Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.

Nơi nhận:
- CT, các PCT UBND tỉnh;
- Các sở: XD, TC;
- Lưu: VT, ĐTXD.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG
Hoàng Văn Sơn
"""

TELEGRAM = """ỦY BAN NHÂN DÂN TỈNH CAO SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 07/CĐ-UBND
Cao Sơn, ngày 21 tháng 9 năm 2025
CÔNG ĐIỆN
Về việc tập trung ứng phó với bão số 9
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CAO SƠN ĐIỆN:
- Giám đốc các sở, Thủ trưởng các ban, ngành;
- Chủ tịch UBND các xã, phường.

Hiện nay, bão số 9 đang hoạt động mạnh trên biển Đông.

Để chủ động ứng phó, Chủ tịch UBND tỉnh yêu cầu:

1. Các sở, ban, ngành, UBND các xã, phường theo dõi chặt chẽ diễn biến của bão.

2. Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh chuẩn bị lực lượng, phương tiện sẵn sàng cứu hộ, cứu nạn.

3. Sở Nông nghiệp và Môi trường:

- Chỉ đạo vận hành an toàn hồ chứa.

- Tổng hợp tình hình, báo cáo UBND tỉnh trước 16 giờ hằng ngày.

4. Báo Cao Sơn, Đài Phát thanh và Truyền hình tỉnh tăng thời lượng thông tin về bão.

Yêu cầu các đơn vị nghiêm túc thực hiện Công điện này./.

Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Vũ Đình Long
"""

RULES = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH CAO SƠN Độc lập - Tự do - Hạnh phúc
Số: 15/2026/QĐ-UBND Cao Sơn, ngày 9 tháng 5 năm 2026
QUYẾT ĐỊNH
Ban hành Quy chế phối hợp quản lý người nước ngoài cư trú trên địa bàn tỉnh
ỦY BAN NHÂN DÂN TỈNH CAO SƠN
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Theo đề nghị của Giám đốc Công an tỉnh;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý người nước ngoài cư trú.
Điều 2. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 20 tháng 5 năm 2026.
Điều 3. Tổ chức thực hiện
1. Công an tỉnh chủ trì, phối hợp với Sở Ngoại vụ theo dõi, đôn đốc việc thực hiện; định kỳ hằng năm, trước ngày 15/12 báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện.
2. Sở Ngoại vụ
a) Hướng dẫn các đơn vị về nghiệp vụ.
b) Phối hợp với Công an tỉnh trao đổi thông tin.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Như Điều 3; KT. CHỦ TỊCH
- Cục Lãnh sự - Bộ Ngoại giao; PHÓ CHỦ TỊCH
- Lưu: VT.
Đinh Thị Mai
"""


def rows(reading):
    return [(t["id"], t["scope"], t["role"], t["agencies"]) for t in reading["tasks"]]


def test_the_conclusions_that_a_notice_passes_on_are_tasks_and_its_meeting_is_not():
    reading = read_text(NOTICE)
    assert reading["document"]["type"] == "Thông báo"
    assert rows(reading) == [
        ("2.a", "assigned", "lead", ["Sở Xây dựng"]),
        ("2.b", "assigned", "advise", ["Sở Tài chính"]),
        ("3#1", "assigned", "responsible", ["Ban Quản lý dự án đầu tư xây dựng tỉnh"]),
        ("4", "assigned", "responsible", ["Văn phòng UBND tỉnh"]),
    ]
    assert [(r["kind"], r["to"], r["via"]) for r in reading["reporting"]] == [
        ("periodic", "UBND tỉnh", "Sở Xây dựng")
    ]


def test_a_telegram_is_read_and_what_it_asks_in_closing_is_shown():
    reading = read_text(TELEGRAM)
    assert (reading["document"]["type"], reading["document"]["number"]) == ("Công điện", "07/CĐ-UBND")
    assert [(t["id"], t["agencies"]) for t in reading["tasks"]] == [
        ("1", ["Các sở, ban, ngành", "UBND các xã, phường"]),
        ("2", ["Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh"]),
        ("3#1", ["Sở Nông nghiệp và Môi trường"]),
        ("3#2", ["Sở Nông nghiệp và Môi trường"]),
        ("4", ["Báo Cao Sơn", "Đài Phát thanh và Truyền hình tỉnh"]),
    ]
    assert [(r["kind"], r["task"], r["to"]) for r in reading["reporting"]] == [
        ("periodic", "3#2", "UBND tỉnh")
    ]
    uncovered = [a for a in reading["assigning"] if a["task"] is None]
    assert len(uncovered) == 1


def test_two_columns_run_into_one_line_are_told_apart():
    reading = read_text(RULES)
    document = reading["document"]
    assert (document["number"], document["place"]) == ("15/2026/QĐ-UBND", "Cao Sơn")
    assert document["issuer"] == "Ủy ban nhân dân tỉnh Cao Sơn"
    assert document["signatory"]["name"] == "Đinh Thị Mai"
    assert document["recipients"][1] == "Cục Lãnh sự - Bộ Ngoại giao"
    assert [(t["id"], t["role"], t["with"]) for t in reading["tasks"]] == [
        ("3.1", "lead", ["Sở Ngoại vụ"]),
        ("3.2.a", "responsible", []),
        ("3.2.b", "coordinate", ["Công an tỉnh"]),
    ]


NARROW = """KẾ HOẠCH
Thi đua phục vụ kiều bào năm 2026

I. NỘI DUNG
THỰC HIỆN

Để kiều bào hài lòng, các sở, ban, ngành, các xã, phường thi đua thực hiện các nội dung sau:

1. Rút ngắn thời gian giải quyết hồ sơ của kiều bào.

2. Công khai thủ tục bằng nhiều thứ tiếng.

II. TỔ CHỨC
THỰC HIỆN

1. Đối với Ủy ban Mặt trận Tổ quốc tỉnh, các tổ chức chính trị - xã hội

- Tổ chức vận động hội viên hưởng ứng.

2. Sở Ngoại vụ phối hợp với Trường Đại học Sông Tranh mời giảng viên tập huấn xong trong tháng 12/2026.

3. Biên soạn tài liệu

- Nội dung: Biên soạn sổ tay cho kiều bào.

- Cơ quan thực hiện: Sở Tư pháp tiến hành rà soát quy định; các sở, ngành liên quan rà soát phần việc do mình tham mưu ban hành.

- Thời gian thực hiện: Quý IV năm 2026 và các năm tiếp theo.
"""


def test_headings_cut_after_a_word_leading_lines_to_all_and_clauses_in_fields():
    reading = read_text(NARROW)
    assert [s["heading"] for s in reading["sections"]][:2] == ["NỘI DUNG THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"]
    assert rows(reading) == [
        ("I.1", "general", "responsible", []),
        ("I.2", "general", "responsible", []),
        (
            "II.1#1",
            "assigned",
            "responsible",
            ["Ủy ban Mặt trận Tổ quốc tỉnh", "các tổ chức chính trị - xã hội"],
        ),
        ("II.2", "assigned", "coordinate", ["Sở Ngoại vụ"]),
        ("II.3", "assigned", "responsible", ["Sở Tư pháp", "các sở, ngành liên quan"]),
    ]
    assert reading["tasks"][3]["with"] == ["Trường Đại học Sông Tranh"]
    assert [[(d["kind"], d["value"]) for d in t["due"]] for t in reading["tasks"][3:]] == [
        [("date", "2026-12-31")],
        [],
    ]
