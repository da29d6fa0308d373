"""What an act would touch, counted: facts as JSON, kept with the revision they were counted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from nhipcau.apps.orgs.carrying import Carried, Rule, declared
from nhipcau.apps.orgs.models import Appointment, Fate, Restructuring, RowChange
from nhipcau.apps.orgs.restructuring.faults import faults
from nhipcau.apps.orgs.restructuring.items import open_rows
from nhipcau.apps.orgs.restructuring.outline import Kind, Outline, outline_of
from nhipcau.apps.orgs.restructuring.working import Worked, work_out

Verb = RowChange.Verb
COUNTED = (Rule.MOVES, Rule.DATED, Rule.CHILD, Rule.ASKED)
APPOINTMENTS = "orgs.appointment.organisation"


def preview_of(act: Restructuring) -> dict[str, Any]:
    """Counts by relation and by body, the old structure and the new, what forbids it, what to know."""
    outline = outline_of(act)
    wrong = faults(outline)
    if wrong:
        return {"faults": wrong, "warnings": [], "bodies": _bodies(outline, {}, Counter()), "relations": []}
    worked = work_out(outline)
    counts = {carried.key: _by_body(outline, carried, worked) for carried in declared(*COUNTED)}
    missing = Counter(item.old for _key, item in worked.unallotted())
    return {
        "faults": [] if keeps_an_administrator(worked) else [NO_ADMINISTRATOR],
        "warnings": _warnings(outline, worked, counts),
        "relations": [_relation(carried, counts[carried.key], worked) for carried in declared(*COUNTED)],
        "bodies": _bodies(outline, counts, missing),
        "renamed": [
            [each.organisation, outline.name_of(each.organisation), each.unit.name]
            for each in outline.renamings
        ],
        "made": [[unit.name, unit.kind] for unit in outline.made],
        "unallotted": sum(missing.values()),
        "open": sum(sum(counts[carried.key].values()) for carried in declared(Rule.MOVES)),
    }


def _by_body(outline: Outline, carried: Carried, worked: Worked) -> dict[int, int]:
    """Open items by old body."""
    if carried.key in worked.items:
        return dict(Counter(item.old for item in worked.items[carried.key]))
    rows = open_rows(outline, carried, outline.olds()).order_by()
    return dict(Counter(rows.values_list(carried.column, flat=True)))


def _relation(carried: Carried, counts: dict[int, int], worked: Worked) -> dict[str, Any]:
    items = worked.items.get(carried.key, [])
    verbs = Counter(line.verb for line in worked.lines.get(carried.key, ()))
    return {
        "key": carried.key,
        "open": sum(counts.values()),
        "given": sum(item.fate == Fate.GIVE for item in items),
        "stays": sum(item.fate == Fate.STAY for item in items),
        "ends": sum(item.fate == Fate.END for item in items),
        "unallotted": sum(not item.fate for item in items),
        "joined": verbs.get(Verb.JOINED, 0),
    }


def _bodies(
    outline: Outline, counts: dict[str, dict[int, int]], missing: Counter[int]
) -> list[dict[str, Any]]:
    return [
        {
            "pk": pk,
            "name": outline.name_of(pk),
            "ends": passage.ends,
            "kinds": sorted(passage.kinds),
            "targets": [[target.owner, target.name, target.to_be_made] for target in passage.targets],
            "open": {key: each[pk] for key, each in counts.items() if each.get(pk)},
            "unallotted": missing.get(pk, 0),
        }
        for pk, passage in sorted(outline.passages.items(), key=lambda pair: outline.name_of(pair[0]))
    ]


def _warnings(outline: Outline, worked: Worked, counts: dict[str, dict[int, int]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def warn(code: str, number: int = 0, **values: Any) -> None:
        found.append({"code": code, "values": {"n": number, **values}})

    joined = sum(line.verb == Verb.JOINED for lines in worked.lines.values() for line in lines)
    ended = sum(item.fate == Fate.END for items in worked.items.values() for item in items)
    asked = sum(sum(counts[carried.key].values()) for carried in declared(Rule.ASKED))
    idle = left_with_nothing(worked)
    if joined:
        warn("collisions", joined)
    if ended:
        warn("ending", ended)
    if asked:
        warn("asked", asked)
    if idle:
        warn("idle-users", len(idle))
    if outline.day > outline.today:
        warn("future")
    if outline.day < outline.today:
        warn("past")
    for pk, passage in outline.passages.items():
        if passage.kinds == {Kind.MOVE_FUNCTION} and not _gives(worked, pk):
            warn("nothing-moves", name=outline.name_of(pk))
    return found


def _gives(worked: Worked, old: int) -> bool:
    return any(
        item.old == old and item.fate == Fate.GIVE for items in worked.items.values() for item in items
    )


NO_ADMINISTRATOR: dict[str, Any] = {"code": "last-administrator", "step": 0, "values": {}}


def keeps_an_administrator(worked: Worked) -> bool:
    """Somebody must be able to appoint the next one: the act must not end the last one's appointment."""
    lines = worked.lines.get(APPOINTMENTS, [])
    ended = [int(line.row) for line in lines if line.verb != Verb.MADE and line.new_owner is None]
    mine = Appointment.objects.filter(role=Appointment.Role.SYSTEM_ADMIN, user__is_active=True)
    if not mine.filter(pk__in=ended).exists():
        return True
    day = max(worked.outline.day, worked.outline.today)
    return mine.filter(valid__contains=day).exclude(pk__in=ended).exists()


def left_with_nothing(worked: Worked) -> list[int]:
    """Users whose last appointment ends with the act: they could sign in and see nothing."""
    lines = worked.lines.get(APPOINTMENTS, [])
    ended = {int(line.row) for line in lines if line.verb in (Verb.ENDED, Verb.TAKEN) and line.row}
    heirs: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.verb == Verb.MADE:
            heirs[line.fresh.user_id] += 1  # type: ignore[attr-defined]
    rows = Appointment.objects.filter(pk__in=ended, user__is_active=True)
    users = set(rows.values_list("user_id", flat=True)) - set(heirs)
    touched = [int(line.row) for line in lines if line.verb != Verb.MADE]
    others = Appointment.objects.filter(
        user_id__in=users, valid__contains=max(worked.outline.day, worked.outline.today)
    ).exclude(pk__in=touched)
    return sorted(users - set(others.values_list("user_id", flat=True)))
