"""A plan written for these tests, in the words such plans use."""

PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH SÔNG HẬU
Số: 57/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Hậu, ngày 05 tháng 3 năm 2026

KẾ HOẠCH
Nâng cao chất lượng phục vụ người dân tại cơ sở, giai đoạn 2026 - 2030

Thực hiện Quyết định số 468/QĐ-TTg ngày 27/3/2021 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh
ban hành Kế hoạch với những nội dung chủ yếu sau đây:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
a) Tạo chuyển biến mạnh mẽ về ý thức phục vụ của đội ngũ cán bộ, công chức, viên chức; rút ngắn thời gian
giải quyết hồ sơ, giảm số lần người dân phải đi lại, từng bước xóa bỏ giấy tờ không cần thiết.
b) Bảo đảm mọi phản ánh, kiến nghị đều được tiếp nhận, xử lý và trả lời đúng hạn; những việc vượt quá thẩm
quyền phải được chuyển ngay đến cơ quan có trách nhiệm.
2. Yêu cầu
Các cơ quan, đơn vị nghiêm túc thực hiện, không phô trương hình thức, không làm phát sinh thêm thủ tục; kết
quả phải đo đếm được bằng mức độ hài lòng của tổ chức, doanh nghiệp và người dân.

II. NỘI DUNG THỰC HIỆN
1. Rà soát, cắt giảm thủ tục hành chính
Mỗi sở, ngành lập danh mục thủ tục thuộc lĩnh vực quản lý, đề xuất phương án đơn giản hóa, gửi Văn phòng
Ủy ban nhân dân tỉnh tổng hợp trước ngày 15/6 hằng năm.
2. Đổi mới bộ phận một cửa
Bố trí chỗ ngồi chờ, nước uống, quạt mát, biển chỉ dẫn rõ ràng; ưu tiên người cao tuổi, người khuyết tật,
phụ nữ mang thai và trẻ nhỏ. Khuyến khích nộp hồ sơ qua mạng, trả kết quả tại nhà qua bưu chính công ích.
3. Ứng dụng công nghệ số
Kết nối cơ sở dữ liệu dân cư, đất đai, hộ tịch; sử dụng lại dữ liệu đã số hóa, không yêu cầu người dân nộp
lại giấy tờ đã có. “Dữ liệu đi thay người” là nguyên tắc xuyên suốt; mọi bước xử lý đều để lại dấu vết.

III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Chủ trì, phối hợp với các cơ quan liên quan hướng dẫn, kiểm tra, đôn đốc việc thực hiện Kế hoạch này.
- Tham mưu khen thưởng những tập thể, cá nhân có cách làm hay, sáng tạo; đề nghị xử lý nghiêm trường hợp
nhũng nhiễu, gây phiền hà.
2. Sở Khoa học và Công nghệ
- Bảo đảm hạ tầng kỹ thuật, an toàn thông tin cho các hệ thống dùng chung của tỉnh.
- Phổ biến kỹ năng số cho người dân qua tổ công nghệ số cộng đồng ở thôn, ấp, khu phố.
3. Sở Tài chính
Cân đối, bố trí kinh phí thực hiện trong dự toán hằng năm theo phân cấp ngân sách.
4. Ủy ban nhân dân các xã, phường
- Niêm yết công khai thủ tục, lệ phí, số điện thoại của người có trách nhiệm.
- Tổ chức gặp gỡ, đối thoại với người dân ít nhất hai lần mỗi năm; lắng nghe, ghi nhận đầy đủ ý kiến.
đ) Định kỳ trước ngày 20/11, gửi báo cáo về Sở Nội vụ để tổng hợp.

Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị kịp thời phản ánh về Sở Nội vụ
để báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định./.

Nơi nhận:
- Như trên;
- Thường trực Tỉnh ủy, Thường trực HĐND tỉnh;
- Lưu: VT, NĐ.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
"""
