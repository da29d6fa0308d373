"""The minutes of a handover in the form of Decree 30/2020/NĐ-CP: what stands in them, and as a Word file.

Minutes are a document of the office and so in Vietnamese, whatever language the reader's pages are in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone, translation

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names, versions
from nhipcau.apps.orgs.models import Appointment, Handover
from nhipcau.apps.webkit.formats import format_date, format_moment
from nhipcau.core.officialdoc import (
    Block,
    Bullets,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    Table,
    write_docx,
)

SUBJECT = "Bàn giao công việc"
HEADS = ("TT", "Nội dung công việc", "Thời hạn", "Tình trạng, ghi chú")
WIDTHS = (12, 82, 28, 38)
WHY = {
    Handover.Why.LEAVES: "nghỉ việc",
    Handover.Why.MOVES: "chuyển công tác",
    Handover.Why.SHARES: "phân công lại công việc",
}


@dataclass(frozen=True, slots=True)
class Party:
    """One side: name, and "role, agency" for each appointment of that day."""

    name: str
    roles: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    words: str
    due: str
    remark: str


@dataclass(frozen=True, slots=True)
class Minutes:
    agency: str
    symbol: str
    place: str
    day: date
    giver: Party
    receiver: Party
    why: str
    remark: str
    lines: list[Line]
    said: list[str]
    training: bool

    @property
    def opening(self) -> str:
        day = self.day
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        place = f", tại {self.agency}" if self.agency else ""
        return f"Hôm nay, ngày {day.day:02d} tháng {month} năm {day.year}{place}, chúng tôi gồm:"


def minutes_of(handover: Handover) -> Minutes:
    """A few queries; names of agencies are those of the day of the minutes."""
    moment = handover.done_at or handover.created_at
    day = timezone.localtime(moment).date()
    with translation.override("vi"):
        found = versions([handover.organisation_id], day) if handover.organisation_id else {}
        agency = found.get(handover.organisation_id or 0)
        lines = [
            Line(number, item.words, format_date(item.due_on), _remark(item.remark, item.moved))
            for number, item in enumerate(handover.items.all(), start=1)
        ]
        return Minutes(
            agency=agency.name if agency else "",
            symbol=agency.abbreviation if agency else "",
            place=settings.PROVINCE_NAME.removeprefix("tỉnh ").removeprefix("thành phố "),
            day=day,
            giver=_party(handover.giver, day),
            receiver=_party(handover.receiver, day),
            why=WHY[Handover.Why(handover.why)],
            remark=handover.remark,
            lines=lines,
            said=_said(handover),
            training=settings.TRAINING,
        )


def _remark(remark: str, moved: bool | None) -> str:
    if moved is False:
        return "; ".join(filter(None, [remark, "không chuyển: đã xong hoặc đã giao người khác"]))
    return remark


def _party(user: User, day: date) -> Party:
    rows = list(Appointment.objects.filter(user=user, valid__contains=day))
    called = names({row.organisation_id for row in rows}, day)
    roles = [f"{Appointment.Role(row.role).label}, {called.get(row.organisation_id, '')}" for row in rows]
    return Party(user.full_name, roles)


def _said(handover: Handover) -> list[str]:
    said = []
    if handover.given_at:
        by = handover.given_by
        other = f" ({by.full_name} xác nhận thay)" if by and by.pk != handover.giver_id else ""
        said.append(f"Bên bàn giao xác nhận lúc {format_moment(handover.given_at)}{other}.")
    if handover.received_at:
        said.append(f"Bên nhận bàn giao xác nhận lúc {format_moment(handover.received_at)}.")
    return said


def as_word(minutes: Minutes) -> bytes:
    """The minutes as DOCX; their number comes from the document-management system."""
    return write_docx(official(minutes))


def official(minutes: Minutes) -> OfficialDocument:
    """The minutes as an official document."""
    return OfficialDocument(
        kind="BB",
        issuer=minutes.agency,
        symbol=minutes.symbol,
        place=minutes.place,
        day=minutes.day,
        subject=SUBJECT,
        body=list(_blocks(minutes)),
        signature=Signature((), "BÊN NHẬN BÀN GIAO", minutes.receiver.name),
        co_signatures=(
            Signature((), "XÁC NHẬN CỦA CƠ QUAN"),
            Signature((), "BÊN BÀN GIAO", minutes.giver.name),
        ),
        recipients=("Hai bên bàn giao",),
    )


def _blocks(minutes: Minutes) -> Iterator[Block]:
    if minutes.training:
        yield Paragraph([Run("BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ", bold=True)], align="center")
    yield Paragraph(minutes.opening)
    for head, party in (("Bên bàn giao", minutes.giver), ("Bên nhận bàn giao", minutes.receiver)):
        yield Paragraph([Run(f"{head}: ", bold=True), Run(f"Ông (bà) {party.name}")])
        yield Bullets([f"Chức vụ, đơn vị: {role}" for role in party.roles])
    yield Paragraph(f"Lý do bàn giao: {minutes.why}.")
    if minutes.remark:
        yield Paragraph(f"Ghi chú: {minutes.remark}")
    yield Paragraph("Hai bên thống nhất bàn giao các công việc sau:")
    rows = [(str(line.number), line.words, line.due, line.remark) for line in minutes.lines]
    yield Table(HEADS, rows, align=("center", "left", "center", "left"), widths=WIDTHS)
    yield Paragraph(
        "Kể từ thời điểm hai bên xác nhận, bên nhận bàn giao chịu trách nhiệm thực hiện các công việc "
        "nêu trên. Biên bản này được lập thành 02 bản, mỗi bên giữ 01 bản."
    )
    for line in minutes.said:
        yield Paragraph(line)
