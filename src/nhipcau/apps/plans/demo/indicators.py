"""Indicators of the demo: some drawn from the system, targets, a second definition in the making."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.actions import Wanted, set_cut_over, set_goal, start_version
from nhipcau.apps.indicators.content import Content
from nhipcau.apps.indicators.models import CutOver, Goal, Indicator, IndicatorVersion

DRAWN = {
    "lop-boi-duong": "plans.courses",
    "luot-can-bo-boi-duong": "plans.course_participants",
    "buoi-pho-bien": "plans.sessions",
    "luot-nguoi-duoc-pho-bien": "plans.people_reached",
    "van-ban-ra-soat": "plans.laws_reviewed",
    "thu-tuc-ra-soat": "plans.procedures_reviewed",
    "nhiem-vu-co-han": "plans.tasks_due",
    "nhiem-vu-dung-han": "plans.tasks_done_in_time",
}
REASON = "Nhiệm vụ và hồ sơ đã theo dõi đủ trong hệ thống"
SOURCE = "Kế hoạch của tỉnh Lam Giang (không có thật)"
# Code, kind, years after this one, value.
GOALS = (
    ("nguoi-trong-co-so-du-lieu", "baseline", -1, 12_480),
    ("nguoi-trong-co-so-du-lieu", "target", 4, 20_000),
    ("ty-le-y-kien-tra-loi", "target", 0, 95),
    ("lop-boi-duong", "target", 0, 6),
    ("vien-tro-giai-ngan", "target", 0, 30_000),
)


def load_indicators(coordinator: User) -> None:
    """Once; the library is there already."""
    if CutOver.objects.exists() or Goal.objects.exists():
        return
    year = timezone.localdate().year
    known = {row.code: row for row in Indicator.objects.filter(ended_at=None)}
    for code, count in DRAWN.items():
        set_cut_over(known[code], count, date(year - 1, 12, 15), reason=REASON, actor=coordinator)
    for code, kind, ahead, value in GOALS:
        wanted = Wanted(kind=kind, year=year + ahead, value=Decimal(value), source=SOURCE)
        set_goal(known[code], wanted, actor=coordinator)
    _redefine(known["su-kien"], coordinator)


def _redefine(indicator: Indicator, coordinator: User) -> None:
    used = IndicatorVersion.objects.in_use().get(indicator=indicator)
    words = f"{used.definition} Sự kiện trực tuyến tính khi có từ 30 người dự."
    start_version(
        indicator,
        Content(
            name=used.name,
            name_en=used.name_en,
            definition=words,
            definition_en=used.definition_en,
            unit=used.unit,
            source=used.source,
        ),
        change_note="Tính cả sự kiện trực tuyến từ 30 người dự, các đơn vị trước đây tính khác nhau.",
        comparable=False,
        actor=coordinator,
    )
