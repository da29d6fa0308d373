"""The province's report as report/1: everything that is frozen when it is signed off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from nhipcau.apps.reporting.consolidated import Consolidated, OutcomeRow, ParagraphOut
from nhipcau.apps.reporting.figures import Figure, IndicatorTotal, Unit
from nhipcau.core.reportfile import sealed

# The way in which `document` lays a report out; counted up when that changes.
TEMPLATE = {"name": "BC", "version": 1}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the text. `signature`: {"authority": [...], "title", "name"}."""

    agency: str
    parent_body: str
    symbol: str
    place: str
    province: str
    subject: str
    bases: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version it is, after which, why, made when and by whom."""

    version: int
    previous: str | None
    reason: str
    at: datetime
    by: str


def content_of(found: Consolidated, head: Head, edition: Edition) -> dict[str, Any]:
    """report/1 with its digest. What a unit wrote is quoted as it was sent."""
    return sealed(
        {
            "format": "report/1",
            "sender": {"province": head.province, "agency": head.agency},
            "report": _report(found, head, edition),
            "period": _period(found),
            "form": {"title": found.form_title, "version": found.form_version},
            "template": dict(TEMPLATE),
            "units": [_unit(found, unit) for unit in found.units],
            "indicators": [_indicator(found, each) for each in found.indicators],
            "sections": [
                {
                    "key": section.key,
                    "label": section.label,
                    "level": section.level,
                    "kind": section.kind,
                    "title": section.title,
                    "paragraphs": [_paragraph(each) for each in section.paragraphs],
                }
                for section in found.sections
            ],
            "difficulties": [
                {"addressee": row.addressee, "paragraphs": [_paragraph(each) for each in row.paragraphs]}
                for row in found.difficulties
            ],
            "not_taken": [
                {
                    "unit": _name(each.unit),
                    "section": each.section_key,
                    "text": each.text,
                    "reason": each.reason,
                }
                for each in found.not_taken
            ],
            "outcomes": {"by_agency": _outcomes(found.by_agency), "by_task": _outcomes(found.by_task)},
        }
    )


def _report(found: Consolidated, head: Head, edition: Edition) -> dict[str, Any]:
    return {
        "title": found.title,
        "subject": head.subject,
        "version": edition.version,
        "previous": edition.previous,
        "reason": edition.reason,
        "frozen_at": timezone.localtime(edition.at).isoformat(timespec="seconds"),
        "frozen_by": edition.by,
        "parent_body": head.parent_body,
        "symbol": head.symbol,
        "place": head.place,
        "bases": list(head.bases),
        "addressed_to": list(head.addressed_to),
        "recipients": list(head.recipients),
        "signature": dict(head.signature),
    }


def _period(found: Consolidated) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "year": found.year,
        "number": found.number,
        "title": found.title,
        "first": found.window.first.isoformat(),
        "last": found.window.last.isoformat(),
        "window_by": found.window.by,
        "due_on": found.due_on.isoformat(),
        "plan": found.plan,
    }


def _name(unit: int) -> str:
    return f"u{unit}"


def _unit(found: Consolidated, unit: Unit) -> dict[str, Any]:
    at = unit.received_at
    row: dict[str, Any] = {
        "id": _name(unit.pk),
        "name": unit.name,
        "group": str(found.groups.get(unit.group, unit.group)),
        "state": unit.state,
        "nothing": unit.nothing,
        "received_number": unit.received_number,
        "received_at": timezone.localtime(at).isoformat(timespec="seconds") if at else "",
        "late": unit.late,
        "digest": unit.digest,
    }
    return row if unit.within is None else {**row, "with": _name(unit.within)}


def amount(value: Decimal | None) -> str | None:
    """Digits without an exponent or trailing zeros."""
    if value is None:
        return None
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _indicator(found: Consolidated, each: IndicatorTotal) -> dict[str, Any]:
    sections = {section.pk: section.key for section in found.sections}
    before = each.before
    return {
        "code": each.code,
        "version": each.version_number,
        "name": each.name,
        "name_en": each.name_en,
        "definition": each.definition,
        "unit": each.unit,
        "kind": each.kind,
        "decimals": each.decimals,
        "over_units": each.over_units,
        "over_time": each.over_time,
        "section": sections.get(each.section, ""),
        "total": _total(each.total, each.by_unit),
        "parts": [
            {
                "split": part.split,
                "split_label": str(part.split_label),
                "category": part.category,
                "label": str(part.label),
                "total": _total(part.figure, part.by_unit),
            }
            for part in each.parts
        ],
        "before": None
        if before is None
        else {"title": before.title, "amount": amount(before.value), "comparable": before.comparable},
    }


def _total(figure: Figure, by_unit: Mapping[int, Decimal | None]) -> dict[str, Any]:
    silent = {*figure.missing, *figure.no_data}
    answered: Iterable[int] = (unit for unit in by_unit if unit not in silent)
    return {
        "amount": amount(figure.value),
        "answered": figure.answered,
        "of": figure.expected,
        "missing": [_name(unit) for unit in figure.missing],
        "no_data": [_name(unit) for unit in figure.no_data],
        "by_unit": [{"unit": _name(unit), "amount": amount(by_unit[unit])} for unit in answered],
    }


def _paragraph(each: ParagraphOut) -> dict[str, Any]:
    sources = [
        {"unit": _name(source.unit), "received_number": source.received_number, "text": source.text}
        for source in each.sources
    ]
    return {"text": each.text, "task": each.task_text, "item": each.item, "sources": sources}


def _outcomes(rows: Iterable[OutcomeRow]) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "done_in_time": row.done_in_time,
            "done_late": row.done_late,
            "open_in_time": row.open_in_time,
            "open_overdue": row.open_overdue,
        }
        for row in rows
    ]
