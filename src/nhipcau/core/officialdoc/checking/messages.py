"""Sentences of findings, Vietnamese and English: elements, codes, and special pairs of both."""

from __future__ import annotations

Words = tuple[str, str]

ELEMENTS: dict[str, Words] = {
    "page": ("trang giấy", "the page"),
    "page-number": ("số trang", "the page number"),
    "font": ("phông chữ", "the font"),
    "text": ("chữ của văn bản", "the text"),
    "nation": ("Quốc hiệu", "the national title"),
    "motto": ("Tiêu ngữ", "the motto"),
    "parent": ("tên cơ quan chủ quản trực tiếp", "the parent body's name"),
    "issuer": ("tên cơ quan ban hành văn bản", "the issuer's name"),
    "number": ("số, ký hiệu", "the number and symbol"),
    "date": ("địa danh và thời gian ban hành", "the place and date"),
    "type": ("tên loại văn bản", "the type of the document"),
    "subject": ("trích yếu nội dung", "the subject"),
    "bases": ("căn cứ ban hành", "the legal bases"),
    "order": ("dòng thẩm quyền, quyết định", "the line that decides"),
    "body": ("nội dung văn bản", "the text of the document"),
    "signature": ("chức vụ, họ tên người ký", "the signature"),
    "greeting": ("“Kính gửi”", "“Kính gửi”"),
    "recipients": ("nơi nhận", "the recipients"),
    "annex": ("phụ lục", "the annex"),
}

CODES: dict[str, Words] = {
    "missing": ("Không tìm thấy {element}.", "{element} was not found."),
    "words": ("{element} phải ghi đúng là “{wanted}”.", "{element} has to read “{wanted}”."),
    "size": (
        "{element}: cỡ chữ {found}, phải là {wanted}.",
        "{element}: the size is {found}, it has to be {wanted}.",
    ),
    "bold": ("{element} phải là chữ đậm.", "{element} has to be bold."),
    "not-bold": ("{element} phải là chữ không đậm.", "{element} must not be bold."),
    "italic": ("{element} phải là chữ nghiêng.", "{element} has to be in italics."),
    "upright": ("{element} phải là chữ đứng.", "{element} has to be upright, not in italics."),
    "capitals": ("{element} phải là chữ in hoa.", "{element} has to be in capitals."),
    "lower-case": (
        "{element} phải là chữ in thường, không in hoa toàn bộ.",
        "{element} has to be in ordinary letters, not all in capitals.",
    ),
    "centred": ("{element} phải canh giữa.", "{element} has to be centred."),
    "rule": (
        "{element}: phía dưới phải có đường kẻ ngang, nét liền, dài bằng {wanted} dòng chữ.",
        "{element}: below it there has to be a rule, {wanted} of the words' length.",
    ),
    "rule-length": (
        "{element}: đường kẻ phía dưới dài khoảng {found} % dòng chữ, phải dài bằng {wanted} dòng chữ.",
        "{element}: the rule below is about {found} % of the words' length, it has to be {wanted}.",
    ),
    "underlined": (
        "{element} đang gạch chân; nên kẻ đường ngang nét liền phía dưới dòng chữ.",
        "{element} is underlined; a rule below the words is the form.",
    ),
    "colon": ("{element}: thiếu dấu hai chấm.", "{element}: the colon is missing."),
}

SPECIAL: dict[tuple[str, str], Words] = {
    ("page", "paper"): (
        "Khổ giấy {found} mm, phải là A4 (210 × 297 mm).",
        "The paper is {found} mm, it has to be A4 (210 × 297 mm).",
    ),
    ("page", "margin-top"): (
        "Lề trên {found} mm, phải từ {wanted} mm.",
        "The top margin is {found} mm, it has to be {wanted} mm.",
    ),
    ("page", "margin-bottom"): (
        "Lề dưới {found} mm, phải từ {wanted} mm.",
        "The bottom margin is {found} mm, it has to be {wanted} mm.",
    ),
    ("page", "margin-left"): (
        "Lề trái {found} mm, phải từ {wanted} mm.",
        "The left margin is {found} mm, it has to be {wanted} mm.",
    ),
    ("page", "margin-right"): (
        "Lề phải {found} mm, phải từ {wanted} mm.",
        "The right margin is {found} mm, it has to be {wanted} mm.",
    ),
    ("page", "landscape"): (
        "Nội dung chính phải trình bày theo chiều dài của khổ A4; chỉ bảng, biểu của phụ lục mới xoay ngang.",
        "The main text goes upright on A4; only tables of an annex may lie across.",
    ),
    ("page-number", "missing"): (
        "Không tìm thấy số trang; từ trang 2 phải có số trang ở giữa lề trên.",
        "There are no page numbers; from page 2 on they stand in the middle of the top margin.",
    ),
    ("page-number", "bottom"): (
        "Số trang đặt ở lề dưới, phải đặt canh giữa trong lề trên.",
        "The page number stands at the bottom, it has to stand centred in the top margin.",
    ),
    ("page-number", "centred"): (
        "Số trang không canh giữa, phải đặt canh giữa trong lề trên.",
        "The page number is not centred, it has to stand centred in the top margin.",
    ),
    ("page-number", "first-page"): (
        "Số trang hiện ở trang thứ nhất; trang thứ nhất không hiển thị số trang.",
        "The page number is shown on page 1, where none is printed.",
    ),
    ("page-number", "digits"): (
        "Số trang phải là chữ số Ả Rập (1, 2, 3).",
        "Page numbers have to be Arabic figures (1, 2, 3).",
    ),
    ("page-number", "start"): (
        "Số trang bắt đầu từ {found}, phải bắt đầu từ 1.",
        "Page numbers begin with {found}, they have to begin with 1.",
    ),
    ("page-number", "alone"): (
        "Số trang ghi kèm chữ khác (“{found}”); chỉ ghi chữ số.",
        "Other words stand with the page number (“{found}”); only the figure is printed.",
    ),
    ("page-number", "plain"): (
        "Số trang phải là chữ đứng, không đậm.",
        "The page number has to be upright and not bold.",
    ),
    ("font", "name"): (
        "Phông chữ “{found}”, phải là Times New Roman.",
        "The font is “{found}”, it has to be Times New Roman.",
    ),
    ("font", "colour"): (
        "Chữ màu #{found}, phải là màu đen.",
        "The text has the colour #{found}, it has to be black.",
    ),
    ("text", "tcvn3"): (
        "Chữ theo bảng mã cũ TCVN3 (ABC), phải là Unicode (TCVN 6909:2001).",
        "Text in the old encoding TCVN3 (ABC), it has to be Unicode (TCVN 6909:2001).",
    ),
    ("text", "vni"): (
        "Chữ theo bảng mã cũ VNI, phải là Unicode (TCVN 6909:2001).",
        "Text in the old encoding VNI, it has to be Unicode (TCVN 6909:2001).",
    ),
    ("text", "decomposed"): (
        "Chữ Unicode tổ hợp (dấu tách rời), nên chuyển thành Unicode dựng sẵn.",
        "Letters and marks are apart (decomposed Unicode); composed Unicode is what others can search.",
    ),
    ("motto", "words"): (
        "Tiêu ngữ phải ghi “{wanted}”, chữ cái đầu của mỗi cụm từ viết hoa, gạch nối có cách chữ.",
        "The motto has to read “{wanted}”: a capital at the head of each phrase, spaces around the hyphens.",
    ),
    ("number", "colon"): (
        "Sau từ “Số” phải có dấu hai chấm: “Số: …”.",
        "A colon has to stand behind “Số”: “Số: …”.",
    ),
    ("number", "word"): (
        "Từ “Số” phải viết đúng là “Số”, chữ in thường.",
        "The word has to be “Số”, in ordinary letters.",
    ),
    ("number", "leading-zero"): (
        "Số “{found}” nhỏ hơn 10 phải thêm số 0 phía trước: “{wanted}”.",
        "The number “{found}” is below 10 and takes a leading 0: “{wanted}”.",
    ),
    ("number", "letter"): (
        "Công văn không ghi “CV” trong số, ký hiệu: “{wanted}”.",
        "A letter's number never bears “CV”: “{wanted}”.",
    ),
    ("number", "stroke"): (
        "Giữa số và ký hiệu phải có dấu gạch chéo, giữa các nhóm chữ có dấu gạch nối không cách chữ: "
        "“Số: 05/BC-SNgV”.",
        "A stroke stands between number and symbol, a hyphen without spaces between groups of the symbol: "
        "“Số: 05/BC-SNgV”.",
    ),
    ("number", "type-of-title"): (
        "Ký hiệu ghi “{found}” nhưng tên loại là “{title}”; phải ghi “{wanted}”.",
        "The symbol says “{found}” but the type is “{title}”; it has to say “{wanted}”.",
    ),
    ("number", "unknown-type"): (
        "“{found}” không phải chữ viết tắt tên loại văn bản; “{title}” viết tắt là “{wanted}”.",
        "“{found}” is no abbreviation of a type; that of “{title}” is “{wanted}”.",
    ),
    ("number", "spelling"): (
        "Chữ viết tắt tên loại “{found}” phải viết là “{wanted}”.",
        "The abbreviation “{found}” has to be written “{wanted}”.",
    ),
    ("number", "letter-type"): (
        "Ký hiệu công văn không ghi tên loại (“{found}”): chỉ ghi chữ viết tắt cơ quan và đơn vị.",
        "The symbol of a letter names no type (“{found}”): only the issuer and its unit.",
    ),
    ("number", "year"): (
        "Số của văn bản hành chính không ghi năm ban hành (“{found}”).",
        "The number of an administrative document bears no year (“{found}”).",
    ),
    ("date", "comma"): (
        "Sau địa danh phải có dấu phẩy: “…, ngày … tháng … năm …”.",
        "A comma stands behind the place: “…, ngày … tháng … năm …”.",
    ),
    ("date", "words"): (
        "Thời gian ban hành phải ghi “ngày … tháng … năm …”.",
        "The date has to be written “ngày … tháng … năm …”.",
    ),
    ("date", "day-zero"): (
        "Ngày {found} nhỏ hơn 10 phải thêm số 0 phía trước: “ngày {wanted}”.",
        "Day {found} is below 10 and takes a leading 0: “ngày {wanted}”.",
    ),
    ("date", "month-zero"): (
        "Tháng {found} phải thêm số 0 phía trước: “tháng {wanted}”.",
        "Month {found} takes a leading 0: “tháng {wanted}”.",
    ),
    ("date", "month-plain"): (
        "Chỉ tháng 1 và tháng 2 thêm số 0 phía trước: ghi “tháng {wanted}”.",
        "Only months 1 and 2 take a leading 0: write “tháng {wanted}”.",
    ),
    ("date", "impossible"): ("Không có ngày {found}.", "There is no day {found}."),
    ("type", "missing"): (
        "Không tìm thấy tên loại văn bản (“BÁO CÁO”, “KẾ HOẠCH” …), cũng không có “V/v” của công văn.",
        "Neither the type (“BÁO CÁO”, “KẾ HOẠCH” …) nor a letter's “V/v” was found.",
    ),
    ("subject", "missing"): (
        "Không tìm thấy trích yếu nội dung (dưới tên loại; với công văn là “V/v …” dưới số, ký hiệu).",
        "The subject was not found (below the type; in a letter “V/v …” below the number).",
    ),
    ("subject", "words"): (
        "Trích yếu của công văn bắt đầu bằng “V/v”.",
        "A letter's subject begins with “V/v”.",
    ),
    ("subject", "apart"): (
        "Trích yếu phải ở dòng riêng, ngay dưới tên loại.",
        "The subject stands on a line of its own, right below the type.",
    ),
    ("bases", "missing"): (
        "Văn bản loại này phải có căn cứ ban hành.",
        "A document of this type has to name its legal bases.",
    ),
    ("bases", "semicolon"): (
        "Cuối mỗi căn cứ (trừ căn cứ cuối cùng) phải là dấu chấm phẩy.",
        "Each basis but the last ends with a semicolon.",
    ),
    ("bases", "full-stop"): (
        "Cuối căn cứ cuối cùng phải là dấu chấm.",
        "The last basis ends with a full stop.",
    ),
    ("order", "missing"): (
        "Sau các căn cứ phải có dòng “{wanted}”.",
        "Behind the bases stands the line “{wanted}”.",
    ),
    ("body", "justified"): (
        "Đoạn nội dung chưa canh đều cả hai lề.",
        "The paragraph is not justified at both sides.",
    ),
    ("body", "first-line"): (
        "Dòng đầu của đoạn lùi vào {found} cm, phải là 1 cm hoặc 1,27 cm.",
        "The first line is indented by {found} cm, it has to be 1 cm or 1.27 cm.",
    ),
    ("body", "between"): (
        "Khoảng cách giữa các đoạn {found} pt, tối thiểu là 6 pt.",
        "The space between paragraphs is {found} pt, it has to be 6 pt or more.",
    ),
    ("body", "line-spacing"): (
        "Khoảng cách dòng {found}, phải từ dòng đơn đến 1,5 dòng.",
        "The line spacing is {found}, it has to be between single and 1.5 lines.",
    ),
    ("signature", "prefix"): (
        "Quyền hạn ký ghi “{found}”, phải ghi “{wanted}”.",
        "The authority to sign is written “{found}”, it has to be “{wanted}”.",
    ),
    ("signature", "name"): ("Chưa có họ tên người ký.", "The signer's name is missing."),
    ("signature", "titles"): (
        "Trước họ tên người ký không ghi học hàm, học vị, danh hiệu (“{found}”).",
        "No academic or honorary title stands before the signer's name (“{found}”).",
    ),
    ("signature", "name-bold"): ("Họ tên người ký phải là chữ đậm.", "The signer's name has to be bold."),
    ("signature", "name-case"): (
        "Họ tên người ký phải là chữ in thường.",
        "The signer's name is not written in capitals.",
    ),
    ("greeting", "missing"): (
        "Văn bản loại này phải có “Kính gửi: …”.",
        "A document of this type has to name whom it is sent to: “Kính gửi: …”.",
    ),
    ("greeting", "punctuation"): (
        "Danh sách sau “Kính gửi:” mỗi dòng kết thúc bằng dấu chấm phẩy, dòng cuối bằng dấu chấm.",
        "In the list behind “Kính gửi:” each line ends with a semicolon, the last with a full stop.",
    ),
    ("recipients", "heading"): (
        "Từ “Nơi nhận:” phải là chữ cỡ 12, nghiêng, đậm.",
        "“Nơi nhận:” has to be of size 12, bold and in italics.",
    ),
    ("recipients", "dash"): (
        "Mỗi dòng nơi nhận bắt đầu bằng gạch đầu dòng.",
        "Each line of the recipients begins with a dash.",
    ),
    ("recipients", "semicolon"): (
        "Mỗi dòng nơi nhận (trừ dòng cuối) kết thúc bằng dấu chấm phẩy.",
        "Each line of the recipients but the last ends with a semicolon.",
    ),
    ("recipients", "full-stop"): (
        "Dòng cuối của nơi nhận kết thúc bằng dấu chấm.",
        "The last line of the recipients ends with a full stop.",
    ),
    ("recipients", "archive"): (
        "Dòng cuối của nơi nhận phải là “- Lưu: VT, ….”.",
        "The last line of the recipients has to be “- Lưu: VT, ….”.",
    ),
    ("recipients", "archive-form"): (
        "Sau từ “Lưu” phải có dấu hai chấm rồi “VT”: “- Lưu: VT, ….”.",
        "Behind “Lưu” stand a colon and “VT”: “- Lưu: VT, ….”.",
    ),
    ("recipients", "as-above"): (
        "Văn bản có “Kính gửi” thì dòng đầu của nơi nhận là “- Như trên;”.",
        "With “Kính gửi” the first line of the recipients is “- Như trên;”.",
    ),
    ("annex", "label"): (
        "Từ “Phụ lục” phải là chữ in thường, đậm, cỡ 14, canh giữa, trên dòng riêng.",
        "“Phụ lục” has to be in ordinary letters, bold, of size 14, centred, on a line of its own.",
    ),
    ("annex", "roman"): (
        "Văn bản có từ hai phụ lục trở lên thì đánh số La Mã: “Phụ lục {wanted}”.",
        "Several annexes bear Roman numbers: “Phụ lục {wanted}”.",
    ),
    ("annex", "title"): ("Phụ lục chưa có tên.", "The annex has no title."),
    ("annex", "page"): ("Phụ lục phải bắt đầu ở trang mới.", "An annex begins on a new page."),
    ("annex", "page-number"): (
        "Số trang của phụ lục phải đánh riêng, bắt đầu từ 1.",
        "The pages of an annex are numbered apart, from 1.",
    ),
}
