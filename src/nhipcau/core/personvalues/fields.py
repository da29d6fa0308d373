"""What a column of a list of people can hold, and what is never taken.

The fields are those that the register keeps and no others; what people write beside them is told and left
out.
The words that head columns are in `data/headings.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from nhipcau.core.personvalues.name_words import listed


@dataclass(frozen=True, slots=True)
class Field:
    """`code` is what a layout stores; `vi`, `en` what a page calls it."""

    code: str
    vi: str
    en: str


FIELDS = (
    Field("row_number", "Số thứ tự", "Number in the list"),
    Field("old_id", "Mã trong sổ của nơi gửi", "Identifier at the sender"),
    Field("name", "Họ và tên", "Full name"),
    Field("family_and_middle", "Họ và chữ đệm", "Family and middle name"),
    Field("given_name", "Tên", "Given name"),
    Field("other_name", "Tên khác, tên nước ngoài", "Other or foreign name"),
    Field("sex", "Giới tính", "Sex"),
    Field("sex_male", "Cột đánh dấu Nam", "Tick for men"),
    Field("sex_female", "Cột đánh dấu Nữ", "Tick for women"),
    Field("birth", "Ngày, tháng, năm sinh", "Birth"),
    Field("birth_day", "Ngày sinh (cột ngày)", "Day of birth"),
    Field("birth_month", "Tháng sinh (cột tháng)", "Month of birth"),
    Field("birth_year", "Năm sinh (cột năm)", "Year of birth"),
    Field("birth_male", "Năm sinh, cột Nam", "Birth, men's column"),
    Field("birth_female", "Năm sinh, cột Nữ", "Birth, women's column"),
    Field("identity_number", "Số CCCD, CMND", "Identity number"),
    Field("passport_number", "Số hộ chiếu", "Passport number"),
    Field("nationality", "Quốc tịch", "Nationality"),
    Field("nationality_since", "Năm nhập quốc tịch nước ngoài", "Year of naturalisation"),
    Field("nationality_lost", "Năm thôi quốc tịch Việt Nam", "Gave up Vietnamese nationality"),
    Field("country", "Nước đang cư trú", "Country of residence"),
    Field("city", "Thành phố, bang ở nước ngoài", "City or state abroad"),
    Field("address_abroad", "Địa chỉ ở nước ngoài", "Address abroad"),
    Field("left", "Năm xuất cảnh", "Left the country"),
    Field("returned", "Năm về nước", "Came back"),
    Field("stay", "Thời gian cư trú", "Time of residence"),
    Field("group", "Nhóm người", "Group"),
    Field("group_former_national", "Cột đánh dấu Việt kiều", "Tick: former nationals"),
    Field("group_settled", "Cột đánh dấu di cư, định cư", "Tick: settled"),
    Field("group_married", "Cột đánh dấu kết hôn", "Tick: married"),
    Field("group_worker", "Cột đánh dấu lao động", "Tick: workers"),
    Field("group_student", "Cột đánh dấu học tập", "Tick: students"),
    Field("group_since", "Thuộc nhóm từ (kết hôn, hợp đồng, nhập học)", "In the group since"),
    Field("group_until", "Thuộc nhóm đến (hết hợp đồng, tốt nghiệp)", "In the group until"),
    Field("commune", "Xã, phường trước khi đi", "Commune of origin"),
    Field("district", "Huyện, quận trước khi đi", "District of origin"),
    Field("province", "Tỉnh, thành phố trước khi đi", "Province of origin"),
    Field("origin", "Nơi ở trước khi xuất cảnh", "Residence before leaving"),
    Field("relative_name", "Họ tên thân nhân", "Relative's name"),
    Field("relative_relation", "Quan hệ với thân nhân", "Relation to the relative"),
    Field("relative_phone", "Điện thoại thân nhân", "Relative's telephone"),
    Field("relative_address", "Địa chỉ thân nhân", "Relative's address"),
    Field("phone", "Điện thoại", "Telephone"),
    Field("other_phone", "Điện thoại khác", "Other telephone"),
    Field("email", "Thư điện tử", "E-mail"),
    Field("occupation", "Nghề nghiệp", "Occupation"),
    Field("education", "Trình độ học vấn", "Education"),
    Field("skills", "Chuyên môn, kỹ năng", "Skills"),
    Field("languages", "Ngoại ngữ", "Languages"),
    Field("contribution", "Nguyện vọng đóng góp", "Will to contribute"),
)
BY_CODE = {field.code: field for field in FIELDS}

LEFT_OUT: dict[str, tuple[str, str]] = {
    "ethnicity": ("dân tộc", "ethnicity"),
    "belief": ("tôn giáo, tín ngưỡng", "belief"),
    "opinion": ("chính trị, đảng, quan điểm", "politics and opinion"),
    "assessment": ("nhận xét, vi phạm", "assessments and violations"),
    "wealth": ("tài sản, thu nhập, tài khoản", "wealth, income, bank accounts"),
    "health": ("sức khỏe", "health"),
    "body": ("ảnh, nhận dạng", "pictures and marks of the body"),
    "private": ("tình trạng hôn nhân", "private life"),
    "note": ("ghi chú", "notes"),
    "other-person": ("thông tin của người khác", "particulars of somebody else"),
}
"""Kinds of columns that are never taken, in Vietnamese and English: sensitive by Law 91/2025/QH15, free words
that may be, and what is of another person.
"""

SENSITIVE = frozenset(LEFT_OUT) - {"note", "other-person"}
"""Sensitive by law: not even given back to who sent it."""


@cache
def headings() -> dict[str, tuple[str, str]]:
    """Words of a heading → (field, kind that is left out); one of the two is empty."""
    found: dict[str, tuple[str, str]] = {}
    for field in FIELDS:
        for name in (field.vi, field.en):
            found[name] = (field.code, "")
    of = ("", "")
    for line in listed("headings"):
        mark, _, code = line.partition(" ")
        if mark in ("=", "!"):
            of = (code, "") if mark == "=" else ("", code)
            continue
        for words in line.split("|"):
            if words.strip() and (of[1] or words.strip() not in found):
                found[words.strip()] = of
    return found
