"""Units that owe a report, for `load_reports.py` and `bench_reports.py`."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Unit:
    """One unit: who sends, its obligation, the sections of the form, and what it sent."""

    person: str
    obligation: int
    sections: list[int]
    cookie: str = ""
    text: str = ""
    took: float = 0.0
    tries: int = 0
    acknowledged: bool = False


def prepare(count: int, figures: int = 0) -> list[Unit]:
    """A form in use, a period that is open, and `count` units that owe a report; Django is ready.

    `figures` are indicators by country that the form asks for.
    """
    from datetime import timedelta

    from django.utils import timezone

    from nhipcau.apps.access.actors import System
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.accounts.models import User
    from nhipcau.apps.orgs.models import Appointment
    from nhipcau.apps.reporting.models import Form, FormVersion, Obligation, Period, Section

    with acting(System("load")):
        author = User.objects.get(email="dieuphoi@lamgiang.example.vn")
        form = Form.objects.create(title=f"Đo tải {uuid.uuid4().hex[:6]}", created_by=author)
        version = FormVersion.objects.create(form=form, number=1, created_by=author)
        sections = [
            Section.objects.create(version=version, key=f"muc-{at}", position=at, title=f"Mục {at}").pk
            for at in range(1, 7)
        ]
        if figures:
            ask_figures(version, figures)
        FormVersion.objects.filter(pk=version.pk).update(state="in_use")
        today = timezone.localdate()
        due = today + timedelta(days=5)
        now = timezone.now()
        period = Period.objects.create(
            form_version=version,
            kind="once",
            year=today.year,
            title=f"Đo tải {now:%H:%M}",
            state="open",
            window_first=today - timedelta(days=90),
            window_last=today,
            opens_on=today,
            due_stated_on=due,
            due_on=due,
            due_at=now + timedelta(days=5),
            opened_at=now,
            created_by=author,
        )
        roles = (Appointment.Role.OFFICER, Appointment.Role.COMMUNE_OFFICER)
        held = Appointment.objects.filter(
            role__in=roles, valid__contains=today, post="", user__is_active=True
        )
        people: dict[int, str] = {}
        for organisation, email in held.order_by("pk").values_list("organisation", "user__email"):
            people.setdefault(organisation, email)
        chosen = sorted(people)[:count]
        owed = Obligation.objects.bulk_create(Obligation(period=period, organisation_id=pk) for pk in chosen)
    return [Unit(people[row.organisation_id], row.pk, sections) for row in owed]


def ask_figures(version: Any, count: int) -> None:
    """So many indicators, each by country."""
    from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
    from nhipcau.apps.reporting.models import Section, SectionIndicator

    section = Section.objects.create(
        version=version, key="so-lieu", position=9, kind="indicators", title="Số liệu", required=False
    )
    mark = uuid.uuid4().hex[:6]
    for at in range(count):
        indicator = Indicator.objects.create(code=f"do-tai-{mark}-{at}", topic="people")
        made = IndicatorVersion.objects.create(
            indicator=indicator,
            number=1,
            name=f"Chỉ tiêu đo tải {mark} {at}",
            definition="Chỉ để đo tải.",
            unit="người",
            splits=["country"],
            state="in_use",
        )
        SectionIndicator.objects.create(
            section=section, indicator=made, position=at, required=False, splits=["country"]
        )


def cookies(units: list[Unit]) -> None:
    from load import session_of

    for unit in units:
        unit.cookie = session_of(unit.person)


def slowest(units: list[Unit]) -> float:
    """The 95th percentile of the answers that came, in seconds."""
    ranked = sorted(unit.took for unit in units if unit.acknowledged)
    return ranked[min(len(ranked) - 1, int(len(ranked) * 0.95))] if ranked else float("inf")
