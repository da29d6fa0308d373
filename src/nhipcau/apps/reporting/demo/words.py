"""What the units of the synthetic province write; some write the same, as units do."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "chi-dao": (
        "Đã ban hành kế hoạch triển khai và phân công một lãnh đạo phụ trách, một công chức đầu "
        "mối. Tổ chức quán triệt tại hội nghị giao ban tháng 7 với 42 người dự.",
        "Địa phương đã phổ biến kế hoạch của tỉnh đến các thôn, tổ dân phố; giao công chức văn "
        "hóa - xã hội làm đầu mối.",
        "Lãnh đạo đơn vị chỉ đạo lồng ghép nhiệm vụ vào chương trình công tác năm, kiểm điểm hằng quý.",
    ),
    "thong-tin-van-dong": (
        "Gặp mặt kiều bào về quê đón Tết với 35 người dự; đăng 12 tin, bài trên trang thông tin điện tử.",
        "Địa phương tiếp tục phối hợp tuyên truyền, vận động kiều bào hướng về quê hương.",
        "Thăm hỏi 8 gia đình có thân nhân ở nước ngoài gặp khó khăn; tiếp nhận 3 ý kiến đóng góp.",
    ),
    "thu-hut-nguon-luc": (
        "Kết nối 5 chuyên gia là người Việt Nam ở nước ngoài với doanh nghiệp của tỉnh; 2 người "
        "đã về làm việc.",
        "Địa phương tiếp tục phối hợp tuyên truyền, vận động kiều bào là chuyên gia hướng về quê hương.",
        "Một doanh nghiệp kiều bào khảo sát đầu tư nhà máy chế biến nông sản tại khu công nghiệp.",
    ),
    "bao-ho": (
        "Hướng dẫn 6 gia đình làm thủ tục hỗ trợ người thân về nước; chuyển 2 vụ việc đến cơ quan chức năng.",
        "Không có vụ việc phức tạp; cung cấp số điện thoại đường dây nóng bảo hộ công dân cho "
        "người lao động.",
    ),
    "phuong-huong": (
        "Rà soát danh sách gia đình có thân nhân ở nước ngoài; tổ chức gặp mặt dịp Tết; gửi báo "
        "cáo đúng hạn.",
        "Tiếp tục thực hiện các nhiệm vụ được giao; phối hợp với Sở Ngoại vụ cập nhật số liệu.",
        "Phối hợp tổ chức hội nghị kết nối chuyên gia, trí thức kiều bào vào quý I năm sau.",
    ),
}
DIFFICULTIES = (
    (
        "Kinh phí tổ chức gặp mặt kiều bào chưa được bố trí riêng trong dự toán.",
        "Ủy ban nhân dân tỉnh",
    ),
    (
        "Số liệu người đi lao động theo đường cá nhân khó theo dõi; đề nghị hướng dẫn cách thu thập.",
        "Sở Nội vụ",
    ),
    (
        "Đề nghị tập huấn về bảo hộ công dân cho công chức cấp xã.",
        "Bộ Ngoại giao",
    ),
)
RESULT = "Đã triển khai theo tiến độ; kết quả cụ thể nêu trong cập nhật nhiệm vụ."
RETURNED = "Biểu số liệu “Người Việt Nam ở nước ngoài”: tổng số và số nam, nữ lệch 12 người."
MORE_TIME = "Đơn vị đang kiện toàn ban chấp hành, xin gửi sau đại hội."
CALLED = "Đã gọi văn phòng; hẹn gửi trong tuần này."
WHY = "Đơn vị đã kiểm tra lại, số liệu đúng với sổ theo dõi."
