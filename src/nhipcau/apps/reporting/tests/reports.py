"""Reports to test with: a form of every kind of section, an open period, each unit's obligation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import AgencySteps, Assignment, Document, Task
from nhipcau.apps.reporting.answering import Answers, Figure, Text
from nhipcau.apps.reporting.models import Form, FormVersion, Obligation, Period, Section, SectionIndicator
from nhipcau.core.workdays import end_of

KINDS = ("narrative", "tasks", "indicators", "difficulties", "attachments")
WORDS = "Đã gặp mặt 120 kiều bào dịp Tết; lập danh sách chuyên gia ở 11 nước."


@dataclass(frozen=True, slots=True)
class Reports:
    cast: Cast
    version: FormVersion
    period: Period
    of_a: Obligation
    of_b: Obligation
    of_commune: Obligation

    def section(self, kind: str) -> Section:
        return self.version.sections.get(kind=kind)

    def asked(self, at: int = 1) -> SectionIndicator:
        return SectionIndicator.objects.get(section__version=self.version, position=at)


def make_indicator(cast: Cast, name: str, **more: Any) -> IndicatorVersion:
    found = Indicator.objects.create(code=f"i{Indicator.objects.count() + 1}", topic="people")
    values = {"number": 1, "definition": name, "unit": "người", "splits": ["sex", "group"]} | more
    version = IndicatorVersion.objects.create(
        indicator=found, name=name, created_by=cast.coordinator, **values
    )
    IndicatorVersion.objects.filter(pk=version.pk).update(state="in_use", in_use_at=timezone.now())
    return IndicatorVersion.objects.get(pk=version.pk)


def make_version(
    cast: Cast,
    *,
    indicators: int = 2,
    required: bool = True,
    add: Sequence[IndicatorVersion] = (),
    **more: Any,
) -> FormVersion:
    """A form in use; the first section must be answered, and every figure; `add` are asked without splits."""
    form = Form.objects.create(title="Báo cáo công tác kiều bào", created_by=cast.coordinator)
    version = FormVersion.objects.create(form=form, number=1, created_by=cast.coordinator)
    for position, kind in enumerate(KINDS, start=1):
        section = Section.objects.create(
            version=version,
            key=kind,
            position=position,
            kind=kind,
            title=f"Mục {kind}",
            required=required and kind in ("narrative", "indicators"),
            most_chars=2000 if kind == "narrative" else None,
        )
        if kind == "indicators":
            for at in range(1, indicators + 1):
                SectionIndicator.objects.create(
                    section=section,
                    indicator=make_indicator(cast, f"Số người nhóm {at}", **more),
                    position=at,
                    required=required,
                    splits=["sex"] if at == 1 else [],
                )
            for at, indicator in enumerate(add, start=indicators + 1):
                SectionIndicator.objects.create(
                    section=section, indicator=indicator, position=at, required=required
                )
    FormVersion.objects.filter(pk=version.pk).update(state="in_use", put_in_use_at=timezone.now())
    return FormVersion.objects.get(pk=version.pk)


def make_period(version: FormVersion, cast: Cast, *, due_in: int = 10, **more: Any) -> Period:
    due_on = timezone.localdate() + timedelta(days=due_in)
    year = timezone.localdate().year
    values: dict[str, Any] = {
        "kind": "half",
        "year": year,
        "title": f"6 tháng năm {year}",
        "state": "open",
        "window_first": timezone.localdate() - timedelta(days=120),
        "window_last": timezone.localdate() + timedelta(days=5),
        "opens_on": timezone.localdate(),
        "due_stated_on": due_on,
        "due_on": due_on,
        "due_at": end_of(due_on),
        "created_by": cast.coordinator,
    }
    return Period.objects.create(form_version=version, **values | more)


def make_reports(cast: Cast, **more: Any) -> Reports:
    """The commune reports through Sở A."""
    version = make_version(cast)
    period = make_period(version, cast, **more)
    return Reports(
        cast,
        version,
        period,
        Obligation.objects.create(period=period, organisation=cast.department_a),
        Obligation.objects.create(period=period, organisation=cast.department_b),
        Obligation.objects.create(period=period, organisation=cast.commune, through=cast.department_a),
    )


def make_task(cast: Cast, organisation: Organisation, text: str, due_on: date | None = None) -> Assignment:
    """A task of an approved plan, due today unless said."""
    document = Document.objects.filter(title="Kế hoạch kiều bào").first() or Document.objects.create(
        title="Kế hoạch kiều bào", state="approved", created_by=cast.coordinator
    )
    due = due_on or timezone.localdate()
    task = Task.objects.create(document=document, text=text, due_on=due, created_by=cast.coordinator)
    return Assignment.objects.create(task=task, organisation=organisation, role="lead", due_on=due)


def steps_inside(organisation: Organisation) -> None:
    AgencySteps.objects.create(organisation=organisation, approves=True)


def answers(found: Reports, words: str = WORDS, total: int = 10, **more: Any) -> Answers:
    """Complete: nothing in it is stopped."""
    first, second = found.asked(1), found.asked(2)
    values: dict[str, Any] = {
        "texts": (Text(found.section("narrative").pk, words),),
        "figures": (
            Figure(first.pk, amount=Decimal(total)),
            Figure(first.pk, "sex", "male", Decimal(total)),
            Figure(second.pk, no_data=True),
        ),
    }
    return Answers(**values | more)


def fresh(user: User) -> User:
    """Without what was found out about her before."""
    return User.objects.get(pk=user.pk)
