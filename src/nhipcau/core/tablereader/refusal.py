"""Why a table was not read: a code for programs, a sentence for people that says what to do."""

from __future__ import annotations

from nhipcau.core.filegate.rejection import GATE_REASONS, Message

REASONS: dict[str, Message] = {
    **GATE_REASONS,
    "damaged": Message(
        "Không đọc được bảng trong tệp. Hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi tải lên lần nữa.",
        "The table in the file cannot be read. Open it in Excel, save it as .xlsx and upload it once more.",
    ),
    "zip-unsafe": Message(
        "Cấu trúc bên trong tệp không an toàn ({what}). Hãy mở bằng Excel, lưu thành tệp mới rồi tải lên.",
        "The file's inner structure is not safe ({what}). Open it in Excel, save it as a new file and "
        "upload that.",
    ),
    "zip-bomb": Message(
        "Tệp bung ra quá lớn nên không được nhận. Hãy mở bằng Excel, xóa các hàng, cột thừa, "
        "lưu lại rồi tải lên.",
        "The file unpacks to far too much. Open it in Excel, delete the superfluous rows and columns, "
        "save and upload again.",
    ),
    "dtd": Message(
        "Tệp chứa khai báo DTD mà phần mềm văn phòng không bao giờ ghi. Hãy lưu lại bằng Excel rồi tải lên.",
        "The file has a DTD, which office programs never write. Save it again with Excel and upload that.",
    ),
    "external-link": Message(
        "Tệp kéo nội dung từ nơi khác ({what}). Hãy ngắt liên kết (Dữ liệu > Sửa liên kết), lưu lại rồi "
        "tải lên.",
        "The file pulls content from elsewhere ({what}). Break the link (Data > Edit Links), save it and "
        "upload again.",
    ),
    "embedded-object": Message(
        "Tệp có đối tượng nhúng ({what}). Hãy xóa đối tượng đó, lưu lại rồi tải lên.",
        "The file has an embedded object ({what}). Delete it, save the file and upload again.",
    ),
    "too-heavy": Message(
        "Đọc tệp vượt quá thời gian hoặc bộ nhớ cho phép. Hãy chép riêng phần bảng cần nhập sang tệp mới "
        "rồi tải lên.",
        "Reading the file took more time or memory than allowed. Copy the table alone into a new file and "
        "upload that.",
    ),
    "too-many-rows": Message(
        "Bảng có hơn {limit} hàng. Hãy chia thành nhiều tệp rồi tải lên từng tệp.",
        "The table has more than {limit} rows. Split it into several files and upload each.",
    ),
    "too-many-columns": Message(
        "Bảng rộng hơn {limit} cột. Hãy dùng tệp mẫu, hoặc xóa các cột thừa rồi tải lên.",
        "The table is wider than {limit} columns. Use the template, or delete the superfluous columns.",
    ),
    "too-many-sheets": Message(
        "Tệp có hơn {limit} trang tính. Hãy giữ lại các trang cần nhập rồi tải lên.",
        "The file has more than {limit} sheets. Keep those that are needed and upload it again.",
    ),
    "no-table": Message(
        "Không tìm thấy dòng tiêu đề của bảng. Hãy dùng tệp mẫu, giữ nguyên tên các cột rồi tải lên.",
        "The table's head row was not found. Use the template, keep the names of its columns and upload it.",
    ),
    "no-rows": Message(
        "Tệp không có hàng nào để nhập. Hãy điền vào tệp mẫu rồi tải lên.",
        "The file has no row to import. Fill in the template and upload it.",
    ),
}


class Refusal(Exception):
    """A file that is not read as a table. `code` is a key of REASONS; `values` fill the sentence."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def message(self, language: str = "vi") -> str:
        """The reason as one plain line in `language` ("vi" or "en")."""
        reason = REASONS[self.code]
        return (reason.vi if language.startswith("vi") else reason.en).format(**self.values)
