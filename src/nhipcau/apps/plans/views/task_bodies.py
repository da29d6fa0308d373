"""Who is charged with tasks, for showing: a body named itself, or a group with how many of its members are
done. And what stands in their way.

A group of a hundred communes is a hundred assignments; here it is one line, counted by the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from nhipcau.apps.audit.editions import Editions
from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.plans.models import Status
from nhipcau.apps.plans.stages import OPEN


@dataclass(frozen=True, slots=True)
class Body:
    """`total` is the number of organisations behind it: 1, of a group its members, 0 when it is not known.
    `changed_at` is when one of them last said how far it is.
    """

    name: str
    short: str
    partner: bool
    role: str
    total: int
    done: int
    set_id: int | None = None
    changed_at: datetime | None = None


@dataclass(slots=True)
class Charged:
    """`bodies`: those charged before partners. `held`: whether something stands in the way, and whether that
    waits for a body above.
    """

    bodies: list[Body] = field(default_factory=list)
    held: bool | None = None


# One query for a page of tasks: single bodies in the order of the document, then groups, then obstacles.
_PARTS = """
    with part as materialized (
        select id, task_id, phrase, partner, role, organisation_id, set_id, status,
               case when changed_by_id is not null then changed_at end as said_at
        from plans_assignment where task_id = any(%(tasks)s) and ended_at is null
    )
    select task_id, id, organisation_id, phrase, partner, role, (organisation_id is not null)::int,
           (organisation_id is not null and status = %(done)s)::int, null::bigint, said_at, null::boolean
    from part where set_id is null
    union all
    select part.task_id, min(part.id), null, named.name, part.partner, part.role, count(organisation_id),
           count(*) filter (where organisation_id is not null and status = %(done)s),
           set_id, max(said_at), null
    from part join orgs_organisationset named on named.id = part.set_id
    group by part.task_id, set_id, named.name, part.partner, part.role
    union all
    select task_id, null, null, null, null, null, null, null, null, null,
           bool_or(escalated_to <> '' and decided_on is null)
    from part join plans_obstacle on assignment_id = part.id and cleared_at is null
    where status = any(%(open)s) and (%(own)s::bigint[] is null or organisation_id = any(%(own)s::bigint[]))
    group by task_id
    order by 9 nulls first, 2
"""


def charged_with(
    tasks: Collection[int], day: date, own: Collection[int] = (), seen: Editions | None = None
) -> dict[int, Charged]:
    """The bodies of each task (ids), and what holds them up; of an officer what holds up her own agencies.

    One query, and one for names that are not kept yet.
    """
    asked = {"tasks": list(tasks), "done": Status.ACCEPTED, "open": list(OPEN), "own": list(own) or None}
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, asked)
        rows = cursor.fetchall()
    known = named_on({row[2] for row in rows if row[2]}, day, seen)
    found: dict[int, Charged] = defaultdict(Charged)
    for task, pk, organisation, phrase, partner, role, total, done, group, said_at, beyond in rows:
        if pk is None:
            found[task].held = beyond
            continue
        named = known.get(organisation)
        name, short = (named.name, named.short) if named else (phrase, phrase)
        found[task].bodies.append(Body(name, short, partner, role, total, done, group, said_at))
    for each in found.values():
        each.bodies.sort(key=lambda body: body.partner)
    return found
