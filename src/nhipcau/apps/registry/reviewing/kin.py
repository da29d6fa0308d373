"""Brothers and sisters: a surname, a commune, a relative in common, and another given name."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.apps.registry.models import SourceRecord
from nhipcau.core.personvalues import Name, read_name
from nhipcau.core.text import fold


@dataclass(frozen=True, slots=True)
class Kin:
    """What two records share that a family shares."""

    place: bool
    relative: bool
    phone: bool
    twins: bool


def kin(left: SourceRecord, right: SourceRecord) -> Kin | None:
    """None where nothing looks like brothers and sisters."""
    ours, theirs = _parts(left), _parts(right)
    if not ours[0] or ours[0] != theirs[0] or not ours[1] or not theirs[1] or ours[1] == theirs[1]:
        return None
    place = left.place_id is not None and left.place_id == right.place_id
    place = place or bool(left.place_text and fold(left.place_text) == fold(right.place_text))
    relative = bool(left.relative_name and fold(left.relative_name) == fold(right.relative_name))
    phone = bool(left.relative_phone and left.relative_phone == right.relative_phone)
    twins = bool(len(left.birth) == 10 and left.birth == right.birth)
    return Kin(place, relative, phone, twins) if place or relative or phone else None


def _parts(record: SourceRecord) -> tuple[str, str]:
    """Surname and given name, folded; read from the name where the record does not say them apart."""
    if record.surname and record.given:
        return fold(record.surname), fold(record.given)
    read = read_name(record.name) if record.name else None
    return (fold(read.family), fold(read.given)) if isinstance(read, Name) else ("", "")
