"""Reading the chain again.

What was edited, deleted, inserted, reordered, cut off; and what was erased on request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import connection, transaction

from nhipcau.apps.audit import chain, heads, seal

PORTION = 20_000
# The longest a transaction may have been open between writing its event and being sealed.
PATIENCE = timedelta(hours=1)

Kind = Literal[
    "edited", "deleted", "inserted", "reordered", "cut", "rewritten", "emptied", "backdated", "headless"
]

_ROWS = f"""
select s.position, s.event_id, s.payload_digest, s.link, e.id, {chain.HEADER}, {chain.PAYLOAD}, e.salt,
       e.erased_under, e.at, e.verb, e.data
from audit_seal s left join audit_event e on e.id = s.event_id
where s.position > %s order by s.position limit %s
"""  # noqa: S608  # the parts are constants


@dataclass(frozen=True, slots=True)
class Problem:
    """`position` in the chain and `event` (id) where there is one; `noted` is a head's time."""

    kind: Kind
    position: int | None = None
    event: int | None = None
    noted: str = ""


@dataclass(slots=True)
class Report:
    """The outcome: `checked` events, `waiting` ones not yet sealed, `erased` event → request."""

    checked: int = 0
    waiting: int = 0
    oldest_waiting: datetime | None = None
    erased: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


@dataclass(slots=True)
class _Walk:
    report: Report
    link: bytes = chain.START
    position: int = 0
    links: dict[int, bytes] = field(default_factory=dict)
    requested: dict[int, str] = field(default_factory=dict)


def _rows() -> Iterator[tuple[Any, ...]]:
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_ROWS, [last, PORTION])
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < PORTION:
                return
            last = rows[-1][0]


def _check(walk: _Walk, row: tuple[Any, ...]) -> None:
    position, sealed, digest, link, event, header, payload, salt, erased_under, _at, verb, data = row
    digest, link = bytes(digest), bytes(link)
    problems = walk.report.problems
    gap = position != walk.position + 1
    if gap:
        problems.append(Problem("deleted", position=walk.position + 1))
    walk.position = position
    if event is None:
        problems.append(Problem("deleted", position, sealed))
    elif salt is None:
        walk.report.erased[event] = erased_under
    elif chain.digest(bytes(salt), payload) != digest:
        problems.append(Problem("edited", position, event))
    elif verb == "audit.erase":
        facts = json.loads(data)
        walk.requested.update(dict.fromkeys(facts.get("events", []), str(facts.get("request"))))
    # After a gap the link before is unknown, so this one cannot be told; the gap was.
    if event is not None and not gap and chain.link(walk.link, position, header, digest) != link:
        _blame(walk, position, event)
    walk.link = link


def _blame(walk: _Walk, position: int, event: int) -> None:
    """A link that does not fit: an edit of this event that was found already, or a wrong place."""
    known = Problem("edited", position, event)
    if known not in walk.report.problems:
        walk.report.problems.append(Problem("reordered", position, event))


def _check_heads(walk: _Walk) -> None:
    known: dict[int, heads.Head] = {}
    for head in heads.read():
        if head.restored:
            known = {position: kept for position, kept in known.items() if position <= head.position}
            walk.report.restored.append(head.noted_at)
        known[head.position] = head
    if not known and walk.position:
        walk.report.problems.append(Problem("headless"))
    for position, head in sorted(known.items()):
        if position > walk.position:
            walk.report.problems.append(Problem("cut", position, noted=head.noted_at))
        elif walk.links.get(position, head.link) != head.link:
            walk.report.problems.append(Problem("rewritten", position, noted=head.noted_at))


def _check_unsealed(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with last as (select coalesce(max(horizon), 0) as horizon from audit_batch),
                 open as (select e.id, e.xid, e.at from audit_event e
                          where not exists (select from audit_seal s where s.event_id = e.id))
            select (select count(*) from open), (select min(at) from open),
                   array(select id from open, last where open.xid < last.horizon order by id limit 1000)
            """
        )
        report.waiting, report.oldest_waiting, inserted = cursor.fetchone() or (0, None, [])
    report.waiting -= len(inserted)
    report.problems += [Problem("inserted", event=event) for event in inserted]


def _batches() -> list[tuple[int, datetime | None]]:
    """The last position of each, and the earliest time that what comes after it may bear.

    A full portion left what was waiting with it for the next one, however long that had waited: it moves no
    bound.
    """
    with connection.cursor() as cursor:
        cursor.execute("select last_position, sealed_at from audit_batch order by last_position")
        rows = cursor.fetchall()
    found: list[tuple[int, datetime | None]] = []
    before, floor = 0, None
    for position, sealed_at in rows:
        if position - before < seal.PORTION:
            floor = sealed_at - PATIENCE
        found.append((position, floor))
        before = position
    return found


def verify() -> Report:
    """Walk the whole chain, in portions; memory does not grow with its length but for the noted heads."""
    with transaction.atomic():
        seal.name_itself()
        return _verify()


def _verify() -> Report:
    walk = _Walk(Report())
    noted = {head.position for head in heads.read()}
    batches = _batches()
    current, floor = 0, None
    for row in _rows():
        while current < len(batches) and row[0] > batches[current][0]:
            floor = batches[current][1]
            current += 1
        before = len(walk.report.problems)
        _check(walk, row)
        if floor and row[4] is not None and row[9] < floor and len(walk.report.problems) == before:
            walk.report.problems.append(Problem("backdated", row[0], row[4]))
        walk.report.checked += 1
        if row[0] in noted:
            walk.links[row[0]] = bytes(row[3])
    _check_heads(walk)
    _check_unsealed(walk.report)
    for event, request in walk.report.erased.items():
        if not request or walk.requested.get(event) != request:
            walk.report.problems.append(Problem("emptied", event=event))
    return walk.report
