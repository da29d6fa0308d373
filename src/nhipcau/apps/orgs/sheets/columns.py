"""The columns that are understood, by the heads that offices give them; and the words for roles and kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nhipcau.apps.orgs.models import AGENCIES, Appointment, ArrivalRow, OrganisationVersion
from nhipcau.core.text import fold


@dataclass(frozen=True, slots=True)
class Column:
    """`head` stands in the template; `others` are further ways to write it. `longest` in characters."""

    key: str
    head: str
    others: tuple[str, ...] = ()
    required: bool = False
    longest: int = 200

    def heads(self) -> set[str]:
        return {fold(head) for head in (self.head, *self.others)}


AGENCY = (
    Column(
        "name",
        "Tên cơ quan",
        ("Tên đơn vị", "Tên cơ quan, đơn vị", "Tên xã, phường", "Tên", "Agency", "Name", "Organisation"),
        required=True,
    ),
    Column("abbreviation", "Tên viết tắt", ("Viết tắt", "Ký hiệu", "Abbreviation"), longest=40),
    Column("code", "Mã", ("Mã cơ quan", "Mã đơn vị", "Mã định danh", "Code"), longest=20),
    Column("kind", "Loại", ("Loại cơ quan", "Loại đơn vị", "Kind", "Type"), required=True),
    Column("parent", "Cơ quan cấp trên", ("Trực thuộc", "Đơn vị cấp trên", "Cơ quan chủ quản", "Parent")),
    Column("aliases", "Tên gọi khác", ("Tên khác", "Other names", "Aliases"), longest=1000),
    Column("since", "Có từ ngày", ("Từ ngày", "Ngày thành lập", "Ngày hoạt động", "Exists since")),
)
PERSON = (
    Column("full_name", "Họ và tên", ("Họ tên", "Full name", "Name", "Tên"), required=True, longest=120),
    Column(
        "email",
        "Thư điện tử",
        ("Email", "E-mail", "Thư công vụ", "Hộp thư", "Địa chỉ thư điện tử", "Thư điện tử công vụ", "Mail"),
        required=True,
        longest=254,
    ),
    Column("role", "Vai trò", ("Quyền", "Phân vai", "Role"), required=True),
    Column(
        "agency",
        "Cơ quan",
        ("Đơn vị", "Cơ quan, đơn vị", "Cơ quan công tác", "Đơn vị công tác", "Tên cơ quan", "Agency"),
        required=True,
    ),
    Column("post", "Vị trí", ("Vị trí công việc", "Phần việc", "Post")),
    Column("since", "Từ ngày", ("Ngày bắt đầu", "From", "From the day")),
    Column("until", "Đến ngày", ("Ngày kết thúc", "To", "Until")),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    ArrivalRow.Kind.AGENCY: AGENCY,
    ArrivalRow.Kind.PERSON: PERSON,
}
# What tells the two kinds of sheets apart: both may have a column "Cơ quan".
TELLING = {ArrivalRow.Kind.PERSON: "email", ArrivalRow.Kind.AGENCY: "name"}

_Role, _Kind = Appointment.Role, OrganisationVersion.Kind
KINDS = (*AGENCIES, _Kind.COMMUNE)
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    _Role.SYSTEM_ADMIN: ("quản trị hệ thống", "system administrator"),
    _Role.COORDINATOR: ("người điều phối", "điều phối", "coordinator"),
    _Role.LEADER: ("lãnh đạo", "leader"),
    _Role.OFFICER: ("chuyên viên cơ quan", "chuyên viên", "cán bộ", "officer of an agency", "officer"),
    _Role.COMMUNE_OFFICER: (
        "cán bộ cấp xã",
        "công chức cấp xã",
        "cán bộ xã",
        "công chức xã",
        "commune officer",
    ),
    _Role.READER: ("người xem", "người đọc", "reader"),
}
_Post = Appointment.Post
POST_WORDS: dict[str, tuple[str, ...]] = {
    _Post.CLERK: ("văn thư", "clerk"),
    _Post.HEAD: (
        "thủ trưởng cơ quan",
        "thủ trưởng",
        "lãnh đạo cơ quan",
        "lãnh đạo đơn vị",
        "head of the agency",
    ),
    _Post.SPECIALIST: ("chuyên viên thụ lý", "chuyên viên", "specialist"),
}
KIND_WORDS: dict[str, tuple[str, ...]] = {
    _Kind.PEOPLES_COMMITTEE: ("Ủy ban nhân dân", "UBND", "people's committee"),
    _Kind.DEPARTMENT: ("sở, ban, ngành", "sở", "ban", "sở, ngành", "department"),
    _Kind.PARTY: ("cơ quan Đảng", "ban Đảng", "party body"),
    _Kind.ASSOCIATION: (
        "Mặt trận, đoàn thể, hội",
        "hội",
        "đoàn thể",
        "Mặt trận",
        "front, union or association",
    ),
    _Kind.FORCE: ("công an, quân sự", "công an", "quân sự", "biên phòng", "police or military"),
    _Kind.UNIT: ("đơn vị sự nghiệp", "trung tâm", "public service unit"),
    _Kind.COMMUNE: ("cấp xã", "xã", "phường", "đặc khu", "xã, phường", "commune"),
    _Kind.OTHER: ("cơ quan khác", "khác", "other body", "other"),
}
# The template's example is told by this and is never entered.
EXAMPLE = "(ví dụ)"
_MARKS = re.compile(r"[(\[].*?[)\]]|[*:]")


def head_key(text: str) -> str:
    """A head as it is compared: without marks, brackets, stars."""
    return fold(" ".join(_MARKS.sub(" ", text).split()))


def word_table(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Folded word → value; a value itself is understood too."""
    return {fold(word): value for value, known in words.items() for word in (value, *known)}


def places(cells: Iterable[str], kind: str) -> dict[str, int]:
    """Which column (from 0) of a head row bears which key; the first that fits holds."""
    heads = [head_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for column in COLUMNS[kind]:
        # The template's own head before the looser ones.
        for wanted in ({fold(column.head)}, column.heads()):
            at = next((n for n, head in enumerate(heads) if head in wanted and n not in found.values()), None)
            if at is not None:
                found[column.key] = at
                break
    return found
