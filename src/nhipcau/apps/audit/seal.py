"""Sealing: committed events, in the order in which they became visible, get their place in the chain.

A transaction that is still open is left for the next run, so nobody waits for anybody. Within a run the
order is by transaction and id. `horizon` is the oldest transaction that was open: all before it are sealed
for good, so the next run looks only at what came after.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from nhipcau.apps.audit import chain, heads

PORTION = 10_000

_NEXT = f"""
with edge as materialized (
    select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon
), next as materialized (
    select u.id from audit_event u
    where u.xid >= %s and u.salt is not null
      and not exists (select from audit_seal s where s.event_id = u.id)
    order by u.xid, u.id
    limit %s
)
select e.id, e.xid, {chain.HEADER}, {chain.PAYLOAD}, e.salt, edge.horizon
from edge, next join audit_event e on e.id = next.id
order by e.xid, e.id
"""  # noqa: S608  # the parts are constants

_INSERT = """
insert into audit_seal (position, event_id, payload_digest, link)
select * from unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[])
"""


@dataclass(frozen=True, slots=True)
class _Last:
    position: int
    link: bytes
    horizon: int


def _last() -> _Last:
    with connection.cursor() as cursor:
        cursor.execute("select position, link from audit_seal order by position desc limit 1")
        position, link = cursor.fetchone() or (0, chain.START)
        cursor.execute(
            "select horizon, pg_snapshot_xmax(pg_current_snapshot())::text::bigint "
            "from audit_batch order by last_position desc limit 1"
        )
        horizon, now = cursor.fetchone() or (0, 0)
    # A backup restored into another server: transactions there are numbered anew.
    return _Last(position, bytes(link), horizon if horizon <= now else 0)


def name_itself() -> None:
    """Row security hides some events from who may not read them; what seals and checks them is the system.

    For the rest of the running transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.system', 'audit', true)")


def seal_portion() -> int:
    """Seal up to PORTION events in one transaction; how many. Then note the head outside."""
    with transaction.atomic(durable=not connection.in_atomic_block), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('audit.seal'))")
        name_itself()
        last = _last()
        cursor.execute(_NEXT, [last.horizon, PORTION])
        rows = cursor.fetchall()
        if not rows:
            return 0
        link, positions, digests, links = last.link, [], [], []
        for position, row in enumerate(rows, start=last.position + 1):
            digest = chain.digest(bytes(row[4]), row[3])
            link = chain.link(link, position, row[2], digest)
            positions.append(position)
            digests.append(digest)
            links.append(link)
        cursor.execute(_INSERT, [positions, [row[0] for row in rows], digests, links])
        # When more is waiting, only the transactions before the last one are known to be sealed whole.
        horizon = rows[0][5] if len(rows) < PORTION else min(rows[0][5], rows[-1][1])
        now = timezone.now()
        cursor.execute(
            "insert into audit_batch (last_position, horizon, sealed_at) values (%s, %s, %s)",
            [positions[-1], horizon, now],
        )
    heads.append(positions[-1], link, now)
    return len(rows)


def seal_all() -> int:
    """Seal everything that is committed; how many events."""
    total = 0
    while count := seal_portion():
        total += count
    if not total:
        _note_what_a_crash_left_out()
    return total


def _note_what_a_crash_left_out() -> None:
    """The process may have died between the commit and the line outside."""
    last, noted = _last(), heads.last()
    if last.position and (noted is None or noted.position < last.position):
        heads.append(last.position, last.link, timezone.now())


def note_restored() -> None:
    """After a backup was restored: tell the outside record that the chain goes on from an earlier head."""
    last, noted = _last(), heads.last()
    if noted and noted.position != last.position:
        heads.append(last.position, last.link, timezone.now(), restored=True)
