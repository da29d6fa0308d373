"""How the synthetic province's agencies are getting on: a report that waits, one that came back, one that is
stuck, one that asks for more time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.plans.actions import (
    Said,
    ask_extension,
    comment_task,
    escalate_obstacle,
    follow_task,
    raise_obstacle,
    return_report,
    send_update,
    set_agency_steps,
    set_target,
)
from nhipcau.apps.plans.models import Assignment, Document, Update

RETURNED = "II.2.c"
REPORTED = "II.3.b"
STUCK = "II.4.b"
LATE = "II.6.a"
PRODUCTS = "Mật ong rừng Lam Giang\nBột gừng sấy\nTrà hoa vàng\nNấm hương khô\n"


def load_life(plan: Document, people: Sequence[User]) -> None:
    """Doing it twice changes nothing. `people` as province.load_people gives them."""
    by_name = {user.email.partition("@")[0]: user for user in people}
    if Update.objects.filter(created_by=by_name["congthuong"]).exists():
        return
    _returned(_part(plan, RETURNED), by_name["khcn"], by_name["dieuphoi"])
    _reported(_part(plan, REPORTED), by_name["congthuong"], by_name["dieuphoi"])
    _stuck(_part(plan, STUCK), by_name["taichinh"])
    _late(_part(plan, LATE), by_name["congan"], by_name["dieuphoi"])
    agency = _part(plan, RETURNED).organisation
    if agency is not None:
        set_agency_steps(agency, receives=False, assigns=False, approves=True, actor=by_name["dieuphoi"])


def _part(plan: Document, path: str) -> Assignment:
    """The part of whoever is charged with the task."""
    return Assignment.objects.filter(task__document=plan, task__path=path, partner=False).earliest("pk")


def _reported(part: Assignment, officer: User, coordinator: User) -> None:
    """Counted against a target, with a list for evidence."""
    set_target(part.task, Decimal(30), "sản phẩm", actor=coordinator)
    listed = attach_file(BytesIO(PRODUCTS.encode()), "danh-muc-ocop.txt", actor=officer)
    said = Said(
        "Đã lập danh mục 34 sản phẩm OCOP đạt từ 4 sao, gửi kèm danh mục.",
        count=Decimal(34),
        done=True,
        files=[(listed, "danh-muc-ocop.txt")],
    )
    send_update(part, said, actor=officer)


def _returned(part: Assignment, officer: User, coordinator: User) -> None:
    said = Said("Đã kết nối được một số doanh nghiệp; kết quả tốt.", done=True)
    send_update(part, said, actor=officer)
    part.refresh_from_db()
    reason = "Báo cáo chưa nêu số doanh nghiệp đã kết nối và kết quả ký kết. Đề nghị bổ sung số liệu."
    return_report(part, reason=reason, version=part.version, actor=coordinator)


def _stuck(part: Assignment, officer: User) -> None:
    send_update(part, Said("Đã tổng hợp 7 kiến nghị của nhà đầu tư kiều bào.", percent=60), actor=officer)
    obstacle = raise_obstacle(
        part,
        "Hai dự án vướng thủ tục chuyển mục đích sử dụng đất rừng, vượt thẩm quyền của Sở.",
        clearer_words="Ủy ban nhân dân tỉnh",
        actor=officer,
    )
    escalate_obstacle(obstacle, "Chủ tịch Ủy ban nhân dân tỉnh", actor=officer)


def _late(part: Assignment, officer: User, coordinator: User) -> None:
    send_update(
        part, Said("Đã soạn tờ hướng dẫn, đang lấy ý kiến các xã, phường.", percent=70), actor=officer
    )
    raise_obstacle(
        part, "Chưa có người dịch tài liệu sang tiếng Anh.", clearer_words="Sở Ngoại vụ", actor=officer
    )
    until = timezone.localdate() + timedelta(days=21)
    ask_extension(part, until, reason="Chờ ý kiến của các xã, phường về tờ hướng dẫn.", actor=officer)
    follow_task(part.task, actor=coordinator)
    comment_task(part.task, "Đề nghị gửi bản dự thảo để Sở Ngoại vụ cùng góp ý.", actor=coordinator)
