"""Why a value was not understood: a code for programs, a sentence for people that says what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from nhipcau.core.filegate.rejection import Message

REASONS: dict[str, Message] = {
    # names
    "no-name": Message(
        "Không có chữ nào đọc được là họ tên. Hãy ghi họ và tên.",
        "Nothing here can be read as a name. Write the full name.",
    ),
    "name-digits": Message(
        "Họ tên có chữ số. Hãy xóa chữ số, chỉ để họ và tên.",
        "The name has digits. Delete them and leave the name alone.",
    ),
    "name-too-long": Message(
        "Ô họ tên quá dài. Hãy chỉ để họ và tên, phần khác ghi sang cột ghi chú.",
        "The cell of the name is too long. Leave the name alone; the rest belongs into the notes.",
    ),
    "nobody": Message(
        "Đây là tên đơn vị, dòng cộng, tiêu đề hoặc chữ ký, không phải họ tên. Hãy xóa hàng này.",
        "This is a unit, a sum, a heading or a signature. Delete the row.",
    ),
    "two-names": Message(
        "Ô ghi tên của hai người trở lên: {one}; {other}. Hãy ghi mỗi người một hàng.",
        "The cell names two people or more: {one}; {other}. Write one person a row.",
    ),
    # days and years
    "date-unread": Message(
        "Không đọc được ngày. Hãy ghi như 05/6/1970, 6/1970 hoặc 1970.",
        "The date cannot be read. Write it as 05/6/1970, 6/1970 or 1970.",
    ),
    "no-such-day": Message(
        "Không có ngày {day}. Hãy kiểm tra lại ngày và tháng.",
        "There is no day {day}. Check the day and the month.",
    ),
    "future": Message(
        "Ngày {day} chưa tới. Hãy kiểm tra lại năm.",
        "The day {day} has not come yet. Check the year.",
    ),
    "too-long-ago": Message(
        "Năm {year} quá xa. Hãy kiểm tra lại năm.",
        "The year {year} is too long ago. Check it.",
    ),
    "lunar": Message(
        "Ngày âm lịch, năm can chi không đổi được chắc chắn. Hãy ghi dương lịch, không rõ thì chỉ ghi năm.",
        "A day of the lunar calendar cannot be told for certain. Write the solar date, or the year alone.",
    ),
    "other-calendar": Message(
        "Năm {year} có thể là Phật lịch. Hãy ghi theo dương lịch.",
        "The year {year} may be of the Buddhist calendar. Write the solar year.",
    ),
    "age": Message(
        "Ô ghi tuổi, không phải năm sinh. Hãy ghi năm sinh.",
        "The cell has an age, not a birth. Write the year of birth.",
    ),
    "age-or-year": Message(
        "Số {number} có thể là tuổi, cũng có thể là hai số cuối của năm. Hãy ghi đủ bốn chữ số của năm.",
        "{number} may be an age or the end of a year. Write the year with four digits.",
    ),
    "two-ways": Message(
        "Đọc được theo hai cách: {one} hoặc {other}. Hãy ghi như 05/6/1970.",
        "It can be read in two ways: {one} or {other}. Write it as 05/6/1970.",
    ),
    "several-years": Message(
        "Ô ghi nhiều năm: {one}, {other}. Hãy để lại một năm.",
        "The cell has several years: {one}, {other}. Leave one.",
    ),
    "open-ended": Message(
        "Chỉ ghi trước hoặc sau một năm. Hãy ghi năm, không rõ thì ghi khoảng năm nào.",
        "It only says before or after a year. Write the year, or about which year.",
    ),
    "wrong-order": Message(
        "Ngày bắt đầu {one} sau ngày kết thúc {other}. Hãy kiểm tra lại.",
        "It begins on {one}, after its end on {other}. Check both.",
    ),
    # numbers
    "scientific": Message(
        "Excel đã làm tròn số này ({text}), chữ số cuối bị mất. Hãy định dạng cột là văn bản rồi ghi lại.",
        "Excel has rounded this number ({text}); digits are lost. Make the column text and type it again.",
    ),
    "phone-unread": Message(
        "Không đọc được số điện thoại. Hãy chỉ ghi chữ số, có mã nước nếu là số ở nước ngoài.",
        "The phone number cannot be read. Write digits only, with the country's code for a number abroad.",
    ),
    "phone-length": Message(
        "Số điện thoại có {count} chữ số, không đúng độ dài. Hãy kiểm tra lại.",
        "The phone number has {count} digits, which cannot be right. Check it.",
    ),
    "phone-prefix": Message(
        "Ở Việt Nam không có số điện thoại bắt đầu bằng {prefix} với độ dài này. Hãy kiểm tra lại.",
        "No Vietnamese telephone number of this length begins with {prefix}. Check it.",
    ),
    "phone-country": Message(
        "Không có nước nào có mã điện thoại bắt đầu như +{code}. Hãy kiểm tra mã nước.",
        "No country's code begins as +{code}. Check the country's code.",
    ),
    "identity-unread": Message(
        "Không đọc được số giấy tờ. CCCD có 12 chữ số, CMND có 9 chữ số, hộ chiếu có từ 6 đến 12 chữ và số.",
        "The number cannot be read. A card has 12 or 9 digits, a passport 6 to 12 letters and digits.",
    ),
    "identity-length": Message(
        "Số giấy tờ có {count} chữ số. CCCD phải có 12, CMND phải có 9 chữ số.",
        "The number has {count} digits. A citizen's card has 12 digits, the earlier card 9.",
    ),
    "cccd-impossible": Message(
        "Số CCCD không thể có: chữ số thứ tư đến thứ sáu chỉ năm sinh {year}. Hãy kiểm tra lại.",
        "There can be no such number: its fourth to sixth digits say born in {year}. Check it.",
    ),
    "placeholder": Message(
        "Số ghi cho đủ ô, không phải số thật. Hãy ghi số đúng hoặc để trống.",
        "This is not a real number. Write the right one or leave the cell empty.",
    ),
    # the rest
    "email-unread": Message(
        "Không đúng dạng địa chỉ thư điện tử. Hãy ghi như ten@vidu.vn.",
        "This is not an e-mail address. Write it as name@example.vn.",
    ),
    "sex-unread": Message(
        "Không đọc được giới tính. Hãy ghi Nam hoặc Nữ.",
        "The sex cannot be read. Write Nam (male) or Nữ (female).",
    ),
    "country-unread": Message(
        "Không có nước nào tên như vậy. Hãy ghi tên nước, thành phố ghi sang cột khác.",
        "No country has this name. Write the country; the city belongs into another column.",
    ),
    "country-near": Message(
        "Không có nước nào tên như vậy, có thể là {near}. Hãy kiểm tra lại.",
        "No country has this name; perhaps {near} is meant. Check it.",
    ),
    "country-gone": Message(
        "{name} không còn là một nước. Hãy ghi tên nước hiện nay.",
        "{name} is no country any more. Write the country of today.",
    ),
    "several-countries": Message(
        "Ô ghi nhiều nước: {one}, {other}. Hãy để lại nước đang ở.",
        "The cell names several countries: {one}, {other}. Leave the one of residence.",
    ),
    "group-unread": Message(
        "Không đọc được nhóm. Hãy ghi một trong các nhóm: Việt kiều, di cư, kết hôn, lao động, học tập.",
        "The group cannot be read. Write one of: former nationals, settled, married, workers, students.",
    ),
    "place-unread": Message(
        "Không có đơn vị hành chính nào tên như vậy: {missing}. Hãy kiểm tra lại tên xã, huyện, tỉnh.",
        "No administrative unit has this name: {missing}. Check the commune, district and province.",
    ),
    "place-near": Message(
        "Không có đơn vị hành chính nào tên {missing}, có thể là {near}. Hãy kiểm tra lại.",
        "No administrative unit is called {missing}; perhaps {near} is meant. Check it.",
    ),
    "no-mark": Message(
        "Hai cột cùng có dấu hoặc cùng trống. Hãy đánh dấu một cột.",
        "Two columns are both marked. Mark one of them.",
    ),
    "disagree": Message(
        "Hai ô nói khác nhau: {one} và {other}. Hãy sửa cho khớp.",
        "Two cells do not agree: {one} and {other}. Make them agree.",
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is a key of REASONS; `values` fill its sentence."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)

    def message(self, language: str = "vi") -> str:
        """The reason as one plain line in `language` ("vi" or "en")."""
        reason = REASONS[self.code]
        return (reason.vi if language.startswith("vi") else reason.en).format(**self.values)
