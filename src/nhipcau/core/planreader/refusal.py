"""Why a file was not read: a code for programs, a sentence for people, in both languages of the product."""

from __future__ import annotations

from nhipcau.core.filegate.rejection import GATE_REASONS, Message

REASONS: dict[str, Message] = {
    **GATE_REASONS,
    "too-heavy": Message(
        "Đọc tệp vượt quá thời gian hoặc bộ nhớ cho phép. "
        "Hãy chia nhỏ tệp, hoặc lưu lại thành .docx hay PDF mới.",
        "Reading the file took more time or memory than allowed. Split it, or save it as a new .docx or PDF.",
    ),
    "too-long": Message(
        "Văn bản dài hơn {limit} {unit}. Hãy tách phần kế hoạch thành tệp riêng rồi tải lên.",
        "The document is longer than {limit} {unit}. Save the plan itself as a file of its own and "
        "upload that.",
    ),
    "needs-ocr": Message(
        "Đây là bản quét (ảnh), máy chủ chưa có phần mềm nhận dạng chữ. Người quản trị cài bằng lệnh: "
        "apt-get install tesseract-ocr tesseract-ocr-vie. Hoặc hãy tải lên bản Word.",
        "This is a scan and the server has no text recognition. The administrator installs it with: "
        "apt-get install tesseract-ocr tesseract-ocr-vie. Or upload the Word file.",
    ),
    "needs-office": Message(
        "Máy chủ chưa có LibreOffice để đọc tệp .doc, .rtf. Người quản trị cài bằng lệnh: "
        "apt-get install libreoffice-writer-nogui. Hoặc hãy lưu tệp thành .docx rồi tải lên.",
        "The server has no LibreOffice to read .doc and .rtf files. The administrator installs it with: "
        "apt-get install libreoffice-writer-nogui. Or save the file as .docx and upload that.",
    ),
    "office-failed": Message(
        "LibreOffice không mở được tệp này. Hãy mở bằng Word, lưu thành .docx rồi tải lên.",
        "LibreOffice could not open this file. Open it in Word, save it as .docx and upload that.",
    ),
    "missing": Message("Không mở được tệp {name}.", "The file {name} cannot be opened."),
    "not-a-plan": Message(
        "Không tìm thấy chữ nào đọc được trong tệp. Hãy tải lên bản Word hoặc bản PDF có chữ.",
        "No readable text was found in the file. Upload the Word file or a PDF with text.",
    ),
    "secret": Message(
        "Văn bản mang dấu độ mật “{mark}”. Hệ thống không nhận tài liệu mật và không giữ lại "
        "nội dung; hãy xử lý theo quy định bảo vệ bí mật nhà nước.",
        "The document bears the secrecy mark “{mark}”. Classified documents are not accepted and "
        "nothing of it was kept; handle it under the rules on state secrets.",
    ),
}


class Refusal(Exception):
    """A file that is not read. `code` is a key of REASONS; `values` fill the sentence."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def message(self, language: str = "vi") -> str:
        """The reason as one plain line in `language` ("vi" or "en")."""
        reason = REASONS[self.code]
        return (reason.vi if language.startswith("vi") else reason.en).format(**self.values)
