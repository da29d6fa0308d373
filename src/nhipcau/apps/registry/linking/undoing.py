"""Joins that linking made are taken back to the letter, when the list goes that they came of.

Unlike an officer's taking apart this leaves no trace in the memberships and forbids nothing: the list was
never there. What was joined after the list and beside its records goes apart too, and is compared anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection

# Joins without an officer that were made since the list came, in the persons where its records stand. They
# are asked for by `built_on` too.
SINCE = """
    with recursive came as (
        select min(made_at) as at from registry_sourcerecord where intake_id = %(intake)s
    ), tree(person) as (
        select m.person_id from registry_membership m join registry_sourcerecord s on s.id = m.record_id
        where s.intake_id = %(intake)s and m.until is null
        union
        select g.gone_id from registry_merge g join tree t on g.kept_id = t.person, came
        where g.state = 'done' and g.asked_by_id is null and g.asked_at >= came.at
    )
    select g.id, g.kept_id, g.gone_id, g.moved from registry_merge g, came
    where g.kept_id in (select person from tree)
        and g.state = 'done' and g.asked_by_id is null and g.asked_at >= came.at
"""
# All of them in these persons.
_WITHIN = """
    with recursive tree(person) as (
        select unnest(%(persons)s::bigint[])
        union
        select g.gone_id from registry_merge g join tree t on g.kept_id = t.person
        where g.state = 'done' and g.asked_by_id is null
    )
    select g.id, g.kept_id, g.gone_id, g.moved from registry_merge g
    where g.kept_id in (select person from tree) and g.state = 'done' and g.asked_by_id is null
"""
_APART = (
    """
    create temp table freed on commit drop as
    select d.id, d.kept_id, d.gone_id, record from dissolving d cross join unnest(d.moved) as record
    """,
    "analyze dissolving",
    "analyze freed",
    # A record that went with several joins came from where the first of them found it.
    """
    create temp table going_back on commit drop as
    select distinct on (f.record) f.record, f.gone_id as home from freed f
    join registry_membership m on m.record_id = f.record and m.until is null
    where m.person_id in (select kept_id from dissolving)
    order by f.record, f.id
    """,
    "analyze going_back",
    """
    delete from registry_membership m using freed f
    where m.record_id = f.record and m.person_id = f.kept_id and m.by = 'sure' and m.actor_id is null
        and f.record in (select record from going_back)
    """,
    """
    update registry_membership m set until = null from going_back b
    where m.id = (
        select max(o.id) from registry_membership o where o.record_id = b.record and o.person_id = b.home
    )
    """,
    # Pairs that an officer's join had settled wait again where the two are not one any more.
    """
    update registry_pair p set within = false where p.within
        and (p.left_id in (select record from going_back) or p.right_id in (select record from going_back))
        and (select person_id from registry_membership where record_id = p.left_id and until is null)
            is distinct from
            (select person_id from registry_membership where record_id = p.right_id and until is null)
    """,
    "update registry_person set merged_into_id = null where id in (select gone_id from dissolving)",
    "delete from registry_merge where id in (select id from dissolving)",
    # Why they were joined says nothing any more; of those still joined it stays.
    """
    delete from registry_pair p where p.state = 'linked'
        and (p.left_id in (select record from going_back) or p.right_id in (select record from going_back))
        and not exists (select from registry_merge g where g.pair_id = p.id)
        and (select person_id from registry_membership where record_id = p.left_id and until is null)
            is distinct from
            (select person_id from registry_membership where record_id = p.right_id and until is null)
    """,
)
_ANEW = (
    """
    delete from registry_unlinked u using registry_sourcerecord s
    where s.id = u.record and s.intake_id = %(intake)s
    """,
    """
    insert into registry_unlinked (record)
    select b.record from going_back b join registry_sourcerecord s on s.id = b.record
    where s.intake_id is distinct from %(intake)s
    on conflict do nothing
    """,
)


def unlink(intake: int) -> list[int]:
    """Take back what linking joined since this list came; the persons (ids) that are to be derived anew."""
    touched = _dissolve(SINCE, {"intake": intake})
    with connection.cursor() as cursor:
        for step in _ANEW:
            cursor.execute(step, {"intake": intake})
    return touched


def tree_of(persons: Collection[int]) -> set[int]:
    """These persons and those whom linking joined to them."""
    with connection.cursor() as cursor:
        cursor.execute(_WITHIN, {"persons": list(persons)})
        return {
            *persons,
            *(person for _id, kept, gone, _moved in cursor.fetchall() for person in (kept, gone)),
        }


def part_linked(persons: Collection[int]) -> list[int]:
    """Take all apart that linking joined in these persons; those that are to be derived anew."""
    return _dissolve(_WITHIN, {"persons": list(persons)})


def _dissolve(which: str, values: Mapping[str, int | list[int]]) -> list[int]:
    with connection.cursor() as cursor:
        for table in ("dissolving", "freed", "going_back"):
            cursor.execute(f"drop table if exists {table}")
        cursor.execute(f"create temp table dissolving on commit drop as {which}", values)
        for step in _APART:
            cursor.execute(step)
        cursor.execute("select kept_id from dissolving union select gone_id from dissolving")
        return [person for (person,) in cursor.fetchall()]
