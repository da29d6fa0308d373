"""Rows that wait: brought into their table at once, then compared with what the register has.

Row security takes no COPY into the register's tables, so the rows come into a table of this transaction
first. Everything is one statement a question, for a hundred rows or a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from nhipcau.apps.registry.deriving import SAID
from nhipcau.apps.registry.intakes.packed import ReadRow
from nhipcau.apps.registry.models import Intake

_WAITING = """
    create temp table waiting_row (
        sheet smallint, number integer, wrong boolean, cells jsonb, meaning jsonb, remarks jsonb
    ) on commit drop
"""
_KEEP = """
    insert into registry_intakerow (intake_id, sheet, number, finding, cells, meaning, remarks)
    select %s, sheet, number, case when wrong then 'wrong' else 'new' end, cells, meaning, remarks
    from waiting_row
"""
# The same words in a row above: it is brought in once.
_TWICE = """
    with said as (
        select id, sheet, number,
            first_value(id) over same as first, first_value(number) over same as first_number
        from registry_intakerow
        where intake_id = %(intake)s and finding = 'new'
        window same as (partition by md5(meaning::text) order by sheet, number)
    )
    update registry_intakerow r set finding = 'known',
        remarks = r.remarks || jsonb_build_array(jsonb_build_object(
            'column', -1, 'code', 'twice', 'values', jsonb_build_object('row', said.first_number)))
    from said where said.id = r.id and said.first <> r.id
"""
# Whether the record says all of what the row says: words, groups, and what is dated.
_WORDS = " and ".join(f"s.{column} = coalesce(r.meaning ->> '{column}', '')" for column in SAID)
_FACTS = """
    (r.meaning -> 'groups' is null
        or s.groups::text[] = array(select jsonb_array_elements_text(r.meaning -> 'groups')))
    and (r.meaning -> 'spells' is null or not exists (
        select from jsonb_each(r.meaning -> 'spells') w where not exists (
            select from registry_groupspell f where f.record_id = s.id
                and f."group" = w.key and f.since = w.value ->> 0 and f.until = w.value ->> 1)))
    and (r.meaning -> 'stay' is null or exists (
        select from registry_residence f where f.record_id = s.id
            and f.since = r.meaning -> 'stay' ->> 0 and f.until = r.meaning -> 'stay' ->> 1))
    and (r.meaning -> 'nationalities' is null or not exists (
        select from jsonb_each(r.meaning -> 'nationalities') w where not exists (
            select from registry_nationality f where f.record_id = s.id
                and f.country = w.key and f.status = w.value ->> 0 and f.since = w.value ->> 1)))
"""
_SAME = f"{_WORDS} and {_FACTS}"
# Of the sender's own: by her number for the person, else by name, birth and origin; one person or none. What
# is compared lies in tables with statistics, or each row would be held against each record.
_HERS = (
    "drop table if exists standing, asked, met",
    """
    create temp table standing on commit drop as
    select s.id as record, m.person_id as person, s.likeness, s.outside_number as number, s.place_id as place
    from registry_sourcerecord s join registry_membership m on m.record_id = s.id and m.until is null
    where s.sender_id = %(sender)s and s.erased_at is null and s.origin <> 'correction'
    """,
    """
    create temp table asked on commit drop as
    select r.id, r.meaning ->> 'likeness' as likeness, coalesce(r.meaning ->> 'outside_number', '') as number,
        (r.meaning ->> 'place_id')::bigint as place
    from registry_intakerow r where r.intake_id = %(intake)s and r.finding = 'new'
    """,
    "analyze standing, asked",
    """
    create temp table met on commit drop as
    select id, count(distinct person) as persons, min(person) as person, max(record) as record from (
        select a.id, s.person, s.record from asked a join standing s on s.number = a.number
        where a.number <> ''
        union all
        select a.id, s.person, s.record from asked a join standing s on s.likeness = a.likeness
            and s.place is not distinct from a.place
        where a.number = '' and a.likeness not like '%|'
    ) found group by id
    """,
    "analyze met",
    f"""
    update registry_intakerow r set person_id = met.person,
        finding = case when met.persons > 1 then 'probable' when {_SAME} then 'known' else 'changed' end
    from met join registry_sourcerecord s on s.id = met.record where met.id = r.id
    """,  # noqa: S608  # only names of columns, all of them above
)
# Of others: the same name and year of birth, and nothing that speaks against it.
_PROBABLE = (
    "drop table if exists asked",
    """
    create temp table asked on commit drop as
    select r.id, r.meaning ->> 'likeness' as likeness, r.meaning ->> 'sex' as sex,
        coalesce(r.meaning ->> 'birth', '') as birth, (r.meaning ->> 'place_id')::bigint as place
    from registry_intakerow r where r.intake_id = %(intake)s and r.finding = 'new'
    """,
    "analyze asked",
    """
    with told as (
        select distinct on (a.id) a.id, m.person_id
        from asked a
        join registry_sourcerecord s on s.likeness = a.likeness and s.erased_at is null
        join registry_membership m on m.record_id = s.id and m.until is null
        where a.likeness not like '%|'
            and (s.sex = '' or coalesce(a.sex, s.sex) = s.sex)
            and (length(s.birth) < 10 or length(a.birth) < 10 or s.birth = a.birth)
        order by a.id, (s.place_id is not distinct from a.place) desc, s.id
    )
    update registry_intakerow r set person_id = told.person_id, finding = 'probable'
    from told where told.id = r.id
    """,
)


# What linking found of the rows that are still new: the person whose record is like it.
_LIKELY = """
    update registry_intakerow r set finding = 'probable', person_id = m.person_id
    from (select unnest(%(sheets)s) as sheet, unnest(%(numbers)s) as number, unnest(%(records)s) as record) l
    join registry_membership m on m.record_id = l.record and m.until is null
    where r.intake_id = %(intake)s and r.sheet = l.sheet and r.number = l.number and r.finding = 'new'
"""


def store(
    intake: Intake, rows: Iterable[ReadRow], likely: Mapping[tuple[int, int], int] | None = None
) -> None:
    """The rows of the intake anew, each with what was found of it. `likely`: sheet and number of a row → the
    record of the register that linking found it to be most like.
    """
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists waiting_row")
        cursor.execute(_WAITING)
        with cursor.copy("copy waiting_row from stdin") as copy:
            for row in rows:
                copy.write_row((row.sheet, row.number, row.wrong, row.cells, row.meaning, row.remarks))
        cursor.execute("delete from registry_intakerow where intake_id = %s", [intake.pk])
        cursor.execute(_KEEP, [intake.pk])
        told = likely or {}
        values: dict[str, int | list[int]] = {
            "intake": intake.pk,
            "sender": intake.sender_id,
            "sheets": [sheet for sheet, _number in told],
            "numbers": [number for _sheet, number in told],
            "records": list(told.values()),
        }
        for question in (_TWICE, *_HERS, *([_LIKELY] if told else []), *_PROBABLE):
            cursor.execute(question, values if "%(" in question else None)


def counts(intake: Intake) -> dict[str, int]:
    """How many rows of each finding."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select finding, count(*) from registry_intakerow where intake_id = %s group by 1", [intake.pk]
        )
        return {str(finding): int(number) for finding, number in cursor.fetchall()}
