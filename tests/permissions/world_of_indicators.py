"""Indicators for the permission tests: one in use, one that is a draft alone, a goal, a cut-over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.indicators.models import CutOver, Goal, Indicator, IndicatorVersion, Topic


class Grown(Protocol):
    cast: Cast
    objects: dict[str, dict[str, Any]]


def make_indicators(world: Grown) -> None:
    """Five inserts and their versions."""
    used = make_indicator("nguoi-o-nuoc-ngoai", "Người ở nước ngoài", state="in_use")
    draft = make_indicator("chi-tieu-nhap", "Chỉ tiêu đang soạn", state="draft")
    goal = Goal.objects.create(
        indicator=used.indicator,
        kind=Goal.Kind.TARGET,
        organisation=world.cast.department_a,
        year=2030,
        value=Decimal(12),
        source="Kế hoạch mẫu",
    )
    cut = CutOver.objects.create(
        indicator=used.indicator, named_count="", from_day=date(2026, 1, 1), reason="Bắt đầu"
    )
    Goal.objects.create(
        indicator=draft.indicator, kind=Goal.Kind.BASELINE, year=2025, value=Decimal(1), source="Mẫu"
    )
    world.objects |= {
        "indicator": {"code": used.indicator.code, "number": used.number, "pk": used.indicator_id},
        "draft indicator": {"code": draft.indicator.code, "number": draft.number, "pk": draft.indicator_id},
        "goal": {"pk": goal.pk},
        "cut-over": {"pk": cut.pk},
    }


def make_indicator(code: str, name: str, *, state: str = "in_use", **more: Any) -> IndicatorVersion:
    """An indicator with its first version."""
    indicator = Indicator.objects.create(code=code, topic=more.pop("topic", Topic.PEOPLE))
    return IndicatorVersion.objects.create(
        indicator=indicator,
        number=1,
        name=name,
        definition=more.pop("definition", "Đếm người cư trú ở nước ngoài vào ngày chốt số liệu."),
        unit=more.pop("unit", "người"),
        state=state,
        in_use_at=timezone.now() if state == "in_use" else None,
        **more,
    )
