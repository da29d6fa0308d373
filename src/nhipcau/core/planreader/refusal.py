"""Why a file was not read: a code for programs, a sentence for people, in both languages of the product."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One reason in both languages; `{name}` places are filled from the refusal's values."""

    vi: str
    en: str


REASONS: dict[str, Message] = {
    "empty": Message(
        "Tệp trống. Hãy chọn đúng tệp kế hoạch rồi tải lại.",
        "The file is empty. Choose the plan's file and upload again.",
    ),
    "not-a-plan": Message(
        "Không tìm thấy chữ nào đọc được trong tệp. Hãy tải lên bản Word hoặc bản PDF có chữ.",
        "No readable text was found in the file. Upload the Word file or a PDF with text.",
    ),
    "secret": Message(
        "Văn bản mang dấu độ mật “{mark}”. Hệ thống không nhận tài liệu mật và không giữ lại nội dung; hãy xử lý theo quy định bảo vệ bí mật nhà nước.",
        "The document bears the secrecy mark “{mark}”. Classified documents are not accepted and nothing of it was kept; handle it under the rules on state secrets.",
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
