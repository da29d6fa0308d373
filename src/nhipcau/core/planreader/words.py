"""Word lists of official Vietnamese that several rules share. General language only: no province, no
document.
"""

from __future__ import annotations

import re


def alternatives(words: str) -> str:
    """A regular expression of the "|"-separated `words`, longest first."""
    return "|".join(
        sorted((re.escape(w.strip()) for w in words.split("|") if w.strip()), key=len, reverse=True)
    )


# Verbs that open a task or end a list of bodies. Written in lower case; names of bodies have capitals.
VERB_WORDS = """
áp dụng|ban hành|bám sát|bảo đảm|bảo vệ|báo cáo|biên soạn|biểu dương|bố trí|bổ sung|bồi dưỡng|căn cứ|cân đối|
cải cách|cải thiện|
cập nhật|cấp phát|chấn chỉnh|chấp hành|chăm lo|chỉ đạo|chịu trách nhiệm|chủ động|chủ trì|chú trọng|chuẩn bị|
chuẩn hóa|chuyển đổi|công bố|
công khai|củng cố|cung cấp|cụ thể hóa|cử|dự báo|dự toán|duy trì|đa dạng hóa|đào tạo|đánh giá|đảm bảo|đăng ký|
đăng tải|đầu tư|đẩy mạnh|đẩy nhanh|đề ra|
đề nghị|đề xuất|điều chỉnh|điều phối|điều tra|định hướng|định kỳ|đối thoại|đổi mới|đôn đốc|đưa vào|đưa tin|
gắn|ghi nhận|giải quyết|giải thích|giám sát|giao|giới thiệu|
góp phần|góp ý|gửi|hình thành|hoàn thành|hoàn thiện|hỗ trợ|huy động|hướng dẫn|kêu gọi|kết nối|khai thác|
khảo sát|khắc phục|khen thưởng|
khuyến khích|kiểm soát|kiểm tra|kiện toàn|kiến nghị|kịp thời|làm việc với|làm tốt|lan tỏa|lãnh đạo|lắng nghe|
lập|lồng ghép|lựa chọn|mở rộng|nắm|nâng cao|
nâng cấp|nghiên cứu|ngăn chặn|nhân rộng|ổn định|phát động|phát hiện|phát huy|phát triển|phân công|phân tích|
phân bổ|phấn đấu|phổ biến|phối hợp|phòng ngừa|phòng, chống|phòng chống|
phản ánh|phục vụ|quan tâm|quán triệt|quản lý|quảng bá|quyết định|quyết toán|rà soát|sắp xếp|sơ kết|sử dụng|
sưu tầm|tạo|tạo điều kiện|tăng cường|tập huấn|tập trung|tham dự|tham gia|tham mưu|
thanh tra|thanh toán|thành lập|theo dõi|thẩm định|thiết lập|thông báo|thông qua|thông tin|thống kê|
thống nhất|thu hút|thu thập|thúc đẩy|thường xuyên|thực hiện|tích cực|tích hợp|tiến hành|tiếp nhận|tiếp tục|
tìm hiểu|tổ chức|tổng hợp|tổng kết|tranh thủ|trao đổi|triển khai|trình|trích|truyền thông|tuân thủ|
tuyên truyền|tuyển chọn|tư vấn|ứng dụng|ưu tiên|vận động|vận hành|xác định|
xác minh|xây dựng|xem xét|xúc tiến|xử lý|yêu cầu|ký kết|kết hợp|giữ vững|giữ gìn|thí điểm|tự kiểm tra|
niêm yết|tham vấn|tháo gỡ|mời|đón|cải tạo|giữ liên lạc|đi đầu|nghiêm túc|
lấy|chuyển giao|cải tiến|quy hoạch|đổi mới|số hóa|vinh danh|tôn vinh|tặng|cấp|gặp gỡ|thăm hỏi|ngăn ngừa|
đấu tranh|bổ nhiệm|tuyển dụng|tinh gọn|tối ưu hóa|
hợp tác|liên kết|thu gom|xử phạt|giảm|tăng|khẩn trương|nêu cao|đề cao|bám nắm|khoanh định|quan trắc|vận dụng|
lưu trữ|mua sắm|nhập|xuất bản|sản xuất|tái cơ cấu|cơ cấu|triệt để|thực hành|siết chặt|hạn chế|không để|
không được|mở lớp|mở đợt|mở chuyên mục|lắp đặt|sửa chữa|tu bổ|tôn tạo|trùng tu|phát hành|khởi công|nghiệm thu|
bàn giao|thẩm tra|phê duyệt|chi trả|thu hồi|tháo dỡ|di dời|công nhận|khôi phục|gia hạn|xét duyệt|cắm mốc
"""
VERBS = re.compile(r"(?:" + alternatives(VERB_WORDS.replace("\n", "")) + r")(?!\w)")

# How a paragraph that closes the document begins.
CLOSING_OPENERS = (
    "trên đây là",
    "trong quá trình",
    "quá trình triển khai",
    "quá trình thực hiện",
    "nơi nhận",
)

# Kinds of documents, as their title line says them.
TYPE_WORDS = (
    "chương trình hành động|chương trình công tác|kế hoạch hành động|kế hoạch|chỉ thị|quyết định|nghị quyết|"
    "nghị định|thông tư liên tịch|thông tư|"
    "thông báo kết luận|thông báo|kết luận|hướng dẫn|công văn|công điện|báo cáo|tờ trình|chương trình|đề án|"
    "quy chế|quy định|thông tri|"
    "quy hoạch|phương án|dự án|biên bản|hợp đồng|giấy mời|pháp lệnh|hiến pháp|bộ luật|luật|lệnh|sắc lệnh|"
    "điều lệ|đề cương|thư công"
)
TYPES = re.compile(r"(?:" + alternatives(TYPE_WORDS) + r")(?!\w)")
