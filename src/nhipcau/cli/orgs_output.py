"""The answers of `nhipcau orgs resolve`, as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from nhipcau.core.places import Answer, Reading, Status, Units, Version

WORDS = {
    "vi": {
        "code": "mã",
        "from": "từ",
        "until": "đến hết",
        "is": "là",
        "then": "khi đó",
        "now": "nay là",
        "one of": "nay là một trong",
        "parts": "các xã của nơi này nay là",
        "by": "căn cứ",
        "several": "Có {n} đơn vị cùng khớp:",
        "missing": "Không tìm thấy: {what}",
        "near": "Có phải là:",
        "unread": "không đọc",
    },
    "en": {
        "code": "code",
        "from": "from",
        "until": "until",
        "is": "is",
        "then": "then",
        "now": "now",
        "one of": "now one of",
        "parts": "its communes are now",
        "by": "by",
        "several": "{n} units fit equally:",
        "missing": "Not found: {what}",
        "near": "Perhaps:",
        "unread": "not read",
    },
}


def _d(day: date) -> str:
    """As people here write a day: 05/6/2027."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def _path(units: Units, unit: Version, day: date | None = None) -> list[Version]:
    return [unit, *units.parents(unit, day if day and unit.on(day) else None)]


def _acts(units: Units, reading: Reading) -> list[str]:
    """The documents by which the unit became what it is today."""
    seen: dict[str, None] = {}
    waiting = [reading.unit.key]
    for key in waiting:
        for edge in units.after(key):
            seen.setdefault(units.acts.get(edge.act, edge.act))
            if edge.successor not in waiting:
                waiting.append(edge.successor)
    if not seen:
        here = {edge.act for edge in units.edges if edge.predecessor == reading.unit.key}
        seen = dict.fromkeys(units.acts.get(act, act) for act in sorted(here))
    return list(seen)


def unit_as_dict(units: Units, unit: Version) -> dict[str, Any]:
    """One unit as of its own time."""
    return {
        "key": unit.key,
        "name": unit.name,
        "tier": unit.tier,
        "type": unit.type,
        "code": unit.code,
        "within": [above.name for above in _path(units, unit)[1:]],
        "from": unit.since.isoformat() if unit.since else None,
        "until": unit.until.isoformat() if unit.until else None,
    }


def as_dict(answer: Answer, units: Units, on: date | None) -> dict[str, Any]:
    """`until` is the first day on which the name no longer held."""
    return {
        "text": answer.text,
        "on": on.isoformat() if on else None,
        "status": answer.status.value,
        "readings": [
            {
                "unit": unit_as_dict(units, reading.unit),
                "then": [unit_as_dict(units, unit) for unit in reading.then],
                "now": [unit_as_dict(units, unit) for unit in reading.now],
                "legal_basis": _acts(units, reading),
            }
            for reading in answer.readings
        ],
        "missing": answer.missing,
        "unread": answer.unread,
        "near": [unit_as_dict(units, unit) for unit in answer.near],
    }


def as_lines(answer: Answer, units: Units, language: str) -> Iterator[str]:
    """For the eye: what it is, what it was then, what it is now."""
    words = WORDS[language]
    yield " ".join(answer.text.split())
    if answer.status is Status.UNKNOWN:
        yield "  " + words["missing"].format(what="; ".join(answer.missing) or "-")
        if answer.near:
            yield f"  {words['near']}"
            yield from (f"    {_line(units, unit, words)}" for unit in answer.near)
        return
    if answer.status is Status.AMBIGUOUS:
        yield "  " + words["several"].format(n=len(answer.readings))
    for reading in answer.readings:
        yield from _reading(reading, units, words)
    if answer.unread:
        yield f"  ({words['unread']}: {'; '.join(answer.unread)})"


def _reading(reading: Reading, units: Units, words: dict[str, str]) -> Iterator[str]:
    yield f"  {words['is']} {_line(units, reading.unit, words)}"
    if reading.then not in ([reading.unit], reading.now):
        for unit in reading.then:
            yield f"    {words['then']} {_line(units, unit, words)}"
    if reading.now == [reading.unit]:
        return
    abolished = reading.unit.tier == "district" and units.at(reading.unit.key, date.max) is None
    label = "parts" if abolished and len(reading.now) > 1 else "one of" if len(reading.now) > 1 else "now"
    for unit in reading.now:
        yield f"    {words[label]} {_line(units, unit, words)}"
    for act in _acts(units, reading):
        yield f"    {words['by']}: {act}"


def _line(units: Units, unit: Version, words: dict[str, str]) -> str:
    name = ", ".join(each.name for each in _path(units, unit))
    facts = [f"{words['code']} {unit.code}"]
    if unit.since:
        facts.append(f"{words['from']} {_d(unit.since)}")
    if unit.until:
        facts.append(f"{words['until']} {_d(unit.until - timedelta(days=1))}")
    return f"{name} ({', '.join(facts)})"
