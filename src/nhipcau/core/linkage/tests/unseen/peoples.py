"""Peoples and how they are named: data, decided before any of it was linked. Everything is invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """Names of one people: surnames with weights, middle and given names by sex ("_" joins words)."""

    surnames: str
    middle_f: str
    middle_m: str
    given_f: str
    given_m: str
    patronymic: bool = False
    """The last word is the father's given name; there is no surname."""

    def weighted(self) -> tuple[list[str], list[float]]:
        """Surnames and weights."""
        pairs = [word.split(":") for word in self.surnames.split()]
        return [name.replace("_", " ") for name, _ in pairs], [float(weight) for _, weight in pairs]

    def words(self, kind: str) -> list[str]:
        """The names of a kind ("-" stands for none)."""
        return ["" if word == "-" else word.replace("_", " ") for word in getattr(self, kind).split()]


SOUTH = People(
    "Nguyễn:31 Trần:11 Lê:9 Phạm:6 Huỳnh:7 Võ:6 Phan:4.5 Đặng:2.5 Bùi:2 Trương:2.5 Hồ:2 Dương:1.5 Ngô:1.5"
    " Đỗ:1.2 Mai:1 Lâm:1 Cao:1 Đoàn:.8 Tạ:.5 Kiều:.5 Lương:.6 Châu:.5 Trịnh:.4 Nguyễn_Huỳnh:.3 Lê_Trần:.2",
    "Thị Thị Thị Thị Thị Thị_Kim Thị_Mỹ Thị_Ngọc Thị_Bé Kim Mỹ Ngọc Cẩm Hồng Bích Thúy Thanh Diễm"
    " Huỳnh Tường",
    "Văn Văn Văn Văn Hữu Minh Hoàng Thanh Quốc Phước Tấn Nhựt Chí Công Ngọc Bá Trường Thành - Phú Khắc",
    "Lan Hoa Hồng Cúc Huệ Mai Đào Loan Phượng Phụng Yến Oanh Thu Xuân Hạnh Nga Nguyệt Ánh Tuyết"
    " Sương Kiều Trang"
    " Trinh Trâm Thơ Thi Tiên Ngân Nhi Như Vy Quyên Diệu Thắm Thùy Liễu Lựu Mận Bưởi Út Bé Ba Tư Năm"
    " Sáu Chín Mười"
    " Gái Hường Hiếu Đẹp Giàu Sang Lài Nhàn Lượm Xinh Tươi Thoa Thảo Tâm Dung Linh Ly Quí Muội"
    " Anh_Thư Cẩm_Tú"
    " Kim_Ngân Ngọc_Hân Thùy_Dương Mỹ_Duyên Bảo_Trân Yến_Nhi Tường_Vi Kim_Thoa",
    "Hùng Dũng Tuấn Minh Hải Sơn Long Lân Thành Tâm Phong Bình Thắng Cường Nam Tài Đức Hưng Phúc"
    " Phước Khang Huy"
    " Hoàng Tú Vinh Trí Nghĩa Hiếu Trung Tín Lợi Phát Lộc Thọ Khánh Tùng Việt Bảo Duy Đạt Thịnh Kiệt"
    " Luân Toàn Sang"
    " Giàu Quý Nhân Hậu Lượng Út Bé Ba Tư Năm Sáu Tám Chín Mười Tèo Đực Cu Mừng Bền Đủ Dư Hên Rớt"
    " Lành Nhơn Sanh"
    " Chánh Nhựt Kiên Khoa Thiện Đệ Điền Quốc_Bảo Gia_Huy Minh_Khôi Thanh_Bình Hoài_Nam Anh_Tuấn Chí_Thanh",
)
KHMER = People(
    "Thạch:20 Sơn:14 Danh:18 Kim:10 Lâm:8 Châu:6 Chau:12 Lý:4 Trần:4 Kiên:3 Tăng:2 Đào:2 Thị:3",
    "Thị Thị Thị - Sa Sóc Néang Thị_Sa",
    "- - - Sóc Sa Minh Văn Hoàng",
    "Sa_Rây Sô_Phia Chanh_Tha Sóc_Kha Da_Ni Sa_Mol Phi_Rum Sô_Khum Ra_Vy Sà_Vét Thu_Na Cha_Ri_Ya"
    " Bô_Pha Sa_Rươne"
    " Sóc_Phia Lươl Phên Som_Bô Rết Sà_Mách Đa_Ni Chanh_Đa Sô_Pheap Ri_Na",
    "Sóc_Kha Đa_Ra Rích_Thi Sa_Vươne Sà_Rích Dương Phi_Rum Xuyên Bươl Đết Sa_Rinh Vi_Sal Chane_Đa"
    " Sô_Phone Phol Kưng"
    " Sươl Rết Tha Ngọc_Lợi Sà_Bươl Chanh_Tha Som_Nang Ra_Thươne Thuôl",
)
CHAM = People(
    "Mohamad:1",
    "- - - Ro Sa",
    "- - - Mách Ha",
    "Fatimah Ro_Ki_Dah Sa_Li_Mah Maryam Ai_Sah Khodijah Ha_Li_Mah Sofiyah Ro_Hi_Mah Zai_Nab A_Mi_Nah"
    " Na_Di_Yah"
    " Sô_Ki_Nah Ma_Ri_Dam Hafsoh",
    "Mohamad Amin Zakaria Ysa Ibrahim A_Mát Sa_Lim Yousof Ka_Rim Is_Mael Sa_Lay_Man Ha_San Zukry"
    " Ro_Phi_Ét Ab_Đol_Lah"
    " Musa Ali Tol_Ib Mách_Dares Ha_Lim Sa_Lế",
    patronymic=True,
)
HOA = People(
    "Trần:14 Lâm:12 Lý:9 Quách:5 Huỳnh:8 Tăng:5 Lưu:5 Vương:6 Thái:5 Tô:4 Hứa:4 Khưu:4 Ngô:6 Mã:3"
    " Châu:4 Trịnh:4"
    " Diệp:3 Từ:3 Ông:2 Trang:2 La:3 Phùng:2 Ôn:1 Giang:2",
    "Mỹ Lệ Huệ Bội Tú Ngọc Tuyết Bửu Thục Gia Kim A Xí Cẩm Nguyệt",
    "Chấn Vĩ Gia Kiến Quốc Vĩnh Chí A Diệu Trạch Bỉnh Cẩm Thế Minh Hán",
    "Linh San Phân Mẫn Quân Hoa Châu Phương Nghi Trân Bình Anh Liên Múi Muối Dung Hà Hương Trinh Nga"
    " Quyên Phụng Dân",
    "Hưng Cường Hào Hoa Minh Quyền Long Thành Phong Nguyên Đức Sìn Cẩu Lìn Hùng Kiệt Nghiệp Bang Tài"
    " Xương Lương Huy",
)
CENTRE = People(
    "Nguyễn:30 Lê:12 Trần:10 Phan:8 Hồ:7 Võ:6 Đặng:4 Hoàng:5 Bùi:3 Trương:3 Đinh:2 Thái:2 Dương:2"
    " Tôn_Nữ:1 Tôn_Thất:1"
    " Châu:.8 Hà:1 Cao:1 Phạm:4",
    "Thị Thị Thị Thị Thị_Thanh Thị_Thu Diệu Quỳnh Khánh Hoài Như Ánh Nữ Thị_Như Thị_Minh",
    "Văn Văn Đình Viết Xuân Hữu Đăng Trọng Sỹ Bá Ngọc Quang Công Thanh Quốc Phước",
    "Thương Nhạn Lành Diệu Sen Lý Hà Hoài Thanh Nhàn Lài Xuân Hiền Nở Thuận Liễu Nguyện Ái Bông Huê"
    " Mùi Tịnh Phước"
    " Trâm Uyên Ngọc_Trâm Thảo_Nguyên Bảo_Châu Hoài_An Lưu Ni Na Ny Thủy Chung Vỹ",
    "Ái Cảm Chiến Diện Đông Hà Hiệp Khởi Lai Lãm Mẫn Nghị Ninh Pháp Phúc Quảng Rin Sỹ Tịnh Tri Ty"
    " Thuận Thược Vỹ Viễn"
    " Xê Hạ Thiên Thôi Trực Túc Thanh_Tịnh Quốc_Anh Đăng_Khoa",
)
# --- held out: scored once, when everything else was done ------------------------------------------------
UPLAND = People(
    "Lò:12 Giàng:10 Vàng:9 Hoàng:12 Nông:9 Lường:7 Quàng:5 Sùng:6 Thào:5 Vi:6 Lộc:3 Ma:4 Bế:3 Niê:4"
    " Ksor:3 Lương:6 Hà:5",
    "Thị Thị Thị Thị - H' Mỷ",
    "Văn Văn Văn A A - Y Seo",
    "Páo Mỷ Chư Dở Pà Xía Mai Ín Ón Hặc Thoong Piêng Đôi Chăn Xuân Nhinh Hương Lả Yên Niềng Nhình Sua Dợ Xay",
    "Páo Chá Dình Sử Lử Pó Tủa Phủ Sình Hặc Ương Phương Inh Thắng Biên Páng Lềnh Nhìa Chinh Xuân"
    " Tếnh Khua Lau",
)
NORTH = People(
    "Nguyễn:36 Phạm:11 Trần:11 Vũ:8 Lê:7 Hoàng:5 Đỗ:4 Bùi:4 Ngô:3 Đào:3 Đinh:2 Phùng:1.5 Tạ:1"
    " Khúc:.5 Giáp:1 Ngọ:.3 Chử:.3",
    "Thị Thị Thị Thu Minh Phương Thùy Mai Hà Thị_Thu Thị_Mai Ngọc Bảo",
    "Văn Văn Đức Tiến Mạnh Anh Minh Ngọc Thế Duy Huy Trung Tuấn",
    "Thoa Chinh Nụ Nhài Hường Thêm Tuyến Miến Luyến Tơ Lụa Ngoan Hiên Dịu Quỳnh Giang Vân Ngà Anh"
    " Linh Chi Hoài"
    " Phương_Anh Mai_Chi Khánh_Linh Minh_Anh Thùy_Linh",
    "Hoạch Toản Duân Khải Tuân Quyền Thuyết Vịnh Ngợi Bắc Đoàn Sự Thao Nhuận Trình Hoành Đông Tuyên"
    " Chính Luyện"
    " Tuấn_Anh Đức_Anh Việt_Anh Minh_Đức Quang_Huy",
)
