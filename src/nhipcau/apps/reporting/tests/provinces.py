"""A period with as many units as a test wants, and their reports, without the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone
from tests.cast import Cast, make_organisation
from tests.permissions.world_of_indicators import make_indicator
from tests.permissions.world_of_reports import make_period

from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.plans.models import Document, Task
from nhipcau.apps.reporting.answering import likeness
from nhipcau.apps.reporting.models import (
    Form,
    FormVersion,
    Obligation,
    Passage,
    Period,
    Section,
    SectionIndicator,
    Submission,
    Value,
)

KINDS = ("narrative", "tasks", "indicators", "difficulties")
TITLES = {
    "narrative": "Kết quả chung",
    "tasks": "Kết quả thực hiện nhiệm vụ",
    "indicators": "Số liệu",
    "difficulties": "Khó khăn, kiến nghị",
}
_numbers = count(1)


@dataclass(slots=True)
class Province:
    """`sections` by kind, `units` by name, `asked` by the indicator's code."""

    cast: Cast
    period: Period
    sections: dict[str, Section]
    asked: dict[str, SectionIndicator]
    units: dict[str, Obligation] = field(default_factory=dict)

    def unit(self, name: str, kind: str = "commune", **more: Any) -> Obligation:
        """A unit that owes a report of the period."""
        found = Obligation.objects.create(
            period=self.period, organisation=make_organisation(name, kind, more.pop("short", "")), **more
        )
        self.units[name] = found
        return found

    def report(self, unit: Obligation | str, **answers: Any) -> Submission:
        """As `report`, of a unit of this period."""
        return report(self, self.units[unit] if isinstance(unit, str) else unit, **answers)


def province(
    cast: Cast, definitions: Sequence[IndicatorVersion] = (), *, splits: Sequence[str] = (), **fields: Any
) -> Province:
    """A form of four sections that asks for the indicators, and an open period of it."""
    form = Form.objects.create(
        title="Báo cáo công tác người Việt Nam ở nước ngoài", created_by=cast.coordinator
    )
    version = FormVersion.objects.create(form=form, number=1, created_by=cast.coordinator)
    sections = {
        kind: Section.objects.create(
            version=version, key=kind, position=at, kind=kind, title=TITLES[kind], required=False
        )
        for at, kind in enumerate(KINDS, start=1)
    }
    asked = {
        each.indicator.code: SectionIndicator.objects.create(
            section=sections["indicators"], indicator=each, position=at, splits=list(splits)
        )
        for at, each in enumerate(definitions, start=1)
    }
    FormVersion.objects.filter(pk=version.pk).update(state="in_use", put_in_use_at=timezone.now())
    version.refresh_from_db()
    period = make_period(version, cast)
    if fields:
        Period.objects.filter(pk=period.pk).update(**fields)
        period.refresh_from_db()
    return Province(cast, period, sections, asked)


def indicator(code: str, **more: Any) -> IndicatorVersion:
    return make_indicator(code, more.pop("name", code.capitalize()), **more)


def report(
    found: Province,
    obligation: Obligation,
    *,
    values: Mapping[str, Decimal | int | str | None] | None = None,
    parts: Mapping[tuple[str, str, str], Decimal | int] | None = None,
    texts: Sequence[Mapping[str, Any]] = (),
    text: str = "",
    nothing: bool = False,
    state: str = "sent",
    number: int = 1,
) -> Submission:
    """A version that was sent. A value of None says that there are no figures; `parts` by (code, split,
    category); `texts` are fields of passages with `kind` of their section, `text` one of the narrative.
    """
    version = Submission.objects.create(
        obligation=obligation,
        organisation=obligation.organisation,
        number=number,
        nothing=nothing,
        created_by=found.cast.officer,
    )
    for code, amount in (values or {}).items():
        Value.objects.create(
            submission=version,
            asked=found.asked[code],
            amount=None if amount is None else Decimal(amount),
            no_data=amount is None,
        )
    for (code, split, category), amount in (parts or {}).items():
        Value.objects.create(
            submission=version,
            asked=found.asked[code],
            split=split,
            category=category,
            amount=Decimal(amount),
        )
    said = [{"kind": "narrative", "text": text}] if text else []
    for at, fields in enumerate([*said, *texts]):
        rest = {key: value for key, value in fields.items() if key != "kind"}
        Passage.objects.create(
            submission=version,
            section=found.sections[fields["kind"]],
            position=at,
            likeness=likeness(rest.get("text", "")),
            **rest,
        )
    sent_as(version, found.cast, state)
    return version


def sent_as(version: Submission, cast: Cast, state: str) -> None:
    """The version as sent, and the obligation in the state that follows."""
    now = timezone.now()
    inner = {"below": "sent"}.get(state, state)
    Submission.objects.filter(pk=version.pk).update(
        state=inner,
        sent_at=now,
        sent_by=cast.officer,
        received_number=f"TN-{next(_numbers)}",
        digest="0" * 64,
    )
    version.refresh_from_db()
    Obligation.objects.filter(pk=version.obligation_id).update(
        state=state, received_at=now, nothing=version.nothing
    )
    version.obligation.refresh_from_db()


def task(cast: Cast, text: str, path: str = "I.1") -> Task:
    document = Document.objects.filter(number="15/KH-UBND").first() or Document.objects.create(
        number="15/KH-UBND", title="Kế hoạch mẫu", created_by=cast.coordinator, issued_on=date(2026, 1, 5)
    )
    position = document.tasks.count() + 1
    return Task.objects.create(
        document=document, position=position, path=path, text=text, created_by=cast.coordinator
    )
