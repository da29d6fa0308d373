"""Why the gate sends a file back: a code for programs, a sentence for people that says what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One reason in both languages; `{name}` places are filled from the refusal's values."""

    vi: str
    en: str


GATE_REASONS: dict[str, Message] = {
    "empty": Message(
        "Tệp trống. Hãy chọn đúng tệp rồi tải lại.",
        "The file is empty. Choose the right file and upload again.",
    ),
    "too-large": Message(
        "Tệp lớn hơn {limit} MB. Hãy nén ảnh hoặc chia nhỏ tệp rồi tải lại.",
        "The file is larger than {limit} MB. Compress its pictures or split it, then upload again.",
    ),
    "type": Message(
        "Loại tệp này không được nhận. Hãy tải lên tệp thuộc một trong các loại: {allowed}.",
        "This type of file is not accepted. Upload one of these types: {allowed}.",
    ),
    "damaged": Message(
        "Tệp bị hỏng hoặc chưa tải xong. Hãy mở tệp trên máy, lưu lại rồi tải lên lần nữa.",
        "The file is damaged or incomplete. Open it on your computer, save it again and upload it once more.",
    ),
    "encrypted": Message(
        "Tệp có mật khẩu. Hãy gỡ mật khẩu, lưu lại rồi tải lên.",
        "The file is protected by a password. Remove the password, save it and upload it again.",
    ),
    "polyglot": Message(
        "Tệp là hai loại tệp ghép vào nhau nên không được nhận. Hãy lưu lại thành tệp mới rồi tải lên.",
        "The file is two kinds of file in one and is not accepted. Save it as a new file and upload that.",
    ),
    "zip-unsafe": Message(
        "Cấu trúc bên trong tệp không an toàn ({what}). Hãy mở bằng Word, lưu thành tệp mới rồi tải lên.",
        "The file's inner structure is not safe ({what}). Open it in Word, save it as a new file and "
        "upload that.",
    ),
    "zip-bomb": Message(
        "Tệp bung ra quá lớn nên không được nhận. Hãy mở bằng Word, bỏ bớt phần thừa, lưu lại rồi tải lên.",
        "The file unpacks to far too much. Open it in Word, remove what is not needed, save and "
        "upload again.",
    ),
    "dtd": Message(
        "Tệp chứa khai báo DTD mà phần mềm văn phòng không bao giờ ghi. Hãy lưu lại bằng Word rồi tải lên.",
        "The file has a DTD, which office programs never write. Save it again with Word and upload that.",
    ),
    "macros": Message(
        "Tệp có macro. Hãy lưu thành loại không có macro (.docx, .xlsx) hoặc PDF rồi tải lên.",
        "The file has macros. Save it as a type without macros (.docx, .xlsx) or as PDF and upload that.",
    ),
    "external-link": Message(
        "Tệp kéo nội dung từ nơi khác ({what}). Hãy ngắt liên kết (Tệp > Thông tin > Sửa liên kết tới tệp) "
        "hoặc lưu thành PDF rồi tải lên.",
        "The file pulls content from elsewhere ({what}). Break the link (File > Info > Edit Links to Files) "
        "or save it as PDF and upload that.",
    ),
    "embedded-object": Message(
        "Tệp có đối tượng nhúng ({what}). Hãy xóa đối tượng đó hoặc lưu thành PDF rồi tải lên.",
        "The file has an embedded object ({what}). Delete it or save the file as PDF and upload that.",
    ),
    "active-content": Message(
        "Tệp PDF có lệnh tự chạy ({what}). Hãy in ra tệp PDF mới rồi tải lên.",
        "The PDF has commands that run by themselves ({what}). Print it to a new PDF and upload that.",
    ),
    "virus": Message(
        "Phần mềm diệt vi-rút báo tệp có mã độc. Tệp không được nhận; hãy quét lại máy đã tạo ra tệp.",
        "The virus scanner reports malware. The file was not accepted; scan the computer it came from.",
    ),
    "scanner-down": Message(
        "Chưa quét vi-rút được nên chưa nhận tệp. Hãy thử lại sau ít phút hoặc báo người quản trị.",
        "The virus scanner does not answer, so the file was not accepted. Try again in a few minutes or tell "
        "the administrator.",
    ),
}


class Rejected(Exception):
    """A file the gate sends back. `code` is a key of GATE_REASONS; `values` fill the sentence."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def message(self, language: str = "vi") -> str:
        """The reason as one plain line in `language` ("vi" or "en")."""
        reason = GATE_REASONS[self.code]
        return (reason.vi if language.startswith("vi") else reason.en).format(**self.values)
