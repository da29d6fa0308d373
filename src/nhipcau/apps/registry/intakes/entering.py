"""Rows become records, each with its person: in one transaction, set by set. And back, exactly."""

from __future__ import annotations

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import ManyToOneRel

from nhipcau.apps.registry.deriving import SAID, derive, make_first
from nhipcau.apps.registry.entering import words_of_countries, words_of_places
from nhipcau.apps.registry.linking.undoing import SINCE, unlink
from nhipcau.apps.registry.models import Intake, Membership, Person, SourceRecord

TEXTS = ("outside_number", "surname", "given", *SAID, "name_sort", "likeness")
# What is new or says something new, and what is known already but not yet said in this round or source. With
# the cells and what they mean: nothing that follows asks for the rows once more, behind row security.
_ENTERING = """
    create temp table entering on commit drop as
    select f.*, f.known is null as fresh,
        nextval(pg_get_serial_sequence('registry_sourcerecord', 'id')) as record_id,
        coalesce(f.known, nextval(pg_get_serial_sequence('registry_person', 'id'))) as person_id
    from (
        select r.id as row_id, r.sheet, r.number, r.cells, r.meaning,
            case when r.finding in ('changed', 'known') then coalesce(p.merged_into_id, p.id) end as known
        from registry_intakerow r left join registry_person p on p.id = r.person_id
        where r.intake_id = %(intake)s and (
            r.finding in ('new', 'changed', 'probable')
            or (r.finding = 'known' and p.id is not null and not exists (
                select from registry_membership m join registry_sourcerecord s on s.id = m.record_id
                where m.person_id = coalesce(p.merged_into_id, p.id) and m.until is null
                    and s.sender_id = %(sender)s and s.round_id is not distinct from %(round)s
                    and s.running_source_id is not distinct from %(running_source)s
            ))
        )
        order by r.sheet, r.number
    ) f
"""
_RECORDS = f"""
    insert into registry_sourcerecord (
        id, origin, round_id, running_source_id, sender_id, intake_id, sheet, row, stated_on, made_by_id,
        made_at, reason, written, place_id, groups, basis, words, {", ".join(TEXTS)}
    )
    select e.record_id, 'list', %(round)s, %(running_source)s, %(sender)s, %(intake)s, e.sheet, e.number,
        %(stated_on)s, %(made_by)s, now(), '',
        coalesce((
            select jsonb_object_agg(h.names[c.at], c.cell)
            from jsonb_array_elements_text(e.cells) with ordinality c(cell, at)
            where c.cell <> '' and h.names[c.at] <> ''
        ), '{{}}'),
        (e.meaning ->> 'place_id')::bigint,
        coalesce(array(select jsonb_array_elements_text(e.meaning -> 'groups')), '{{}}'),
        'unverified',
        concat_ws(' ', e.meaning ->> 'words', k.words, l.words),
        {", ".join(f"coalesce(e.meaning ->> '{column}', '')" for column in TEXTS)}
    from entering e join headings h on h.sheet = e.sheet
    left join country_words k on k.code = e.meaning ->> 'country'
    left join place_words l on l.id = (e.meaning ->> 'place_id')::bigint
"""  # noqa: S608  # only names of columns, all of them above
_MEMBERSHIPS = """
    insert into registry_membership (person_id, record_id, by, since)
    select person_id, record_id, case when fresh then 'first' else 'sure' end, now() from entering
"""
# Facts hold from when to when where the row tells it (`meaning._facts`).
_GROUPS = """
    insert into registry_groupspell (record_id, "group", since, until)
    select e.record_id, g,
        coalesce(e.meaning -> 'spells' -> g ->> 0, ''), coalesce(e.meaning -> 'spells' -> g ->> 1, '')
    from entering e, jsonb_array_elements_text(e.meaning -> 'groups') g
"""
_RESIDENCES = """
    insert into registry_residence (record_id, country, city, since, until)
    select e.record_id, e.meaning ->> 'country', coalesce(e.meaning ->> 'city', ''),
        coalesce(e.meaning -> 'stay' ->> 0, ''), coalesce(e.meaning -> 'stay' ->> 1, '')
    from entering e where e.meaning ? 'country'
"""
_NATIONALITIES = """
    insert into registry_nationality (record_id, country, status, since, until)
    select e.record_id, n.key, n.value ->> 0, n.value ->> 1, ''
    from (select record_id, meaning from entering where meaning ? 'nationalities') e,
        jsonb_each(e.meaning -> 'nationalities') n
"""
# The row leads to its person from now on.
_LED = "update registry_intakerow r set person_id = e.person_id from entering e where e.row_id = r.id"


def enter_rows(intake: Intake) -> int:
    """All rows that are not wrong, as records of the register; returns how many were made."""
    values = {
        "intake": intake.pk,
        "sender": intake.sender_id,
        "round": intake.round_id,
        "running_source": intake.running_source_id,
        "stated_on": intake.stated_on,
        "made_by": intake.confirmed_by_id or intake.created_by_id,
    }
    with connection.cursor() as cursor:
        for table in ("entering", "headings", "country_words", "place_words"):
            cursor.execute(f"drop table if exists {table}")
        _lookups(cursor, intake)
        for step in (_ENTERING, "analyze entering", _RECORDS):
            cursor.execute(step, values if "%(" in step else None)
        make_first(cursor)
        for step in (_MEMBERSHIPS, _GROUPS, _RESIDENCES, _NATIONALITIES, _LED):
            cursor.execute(step)
        cursor.execute("select distinct person_id from entering where not fresh")
        persons = [person for (person,) in cursor.fetchall()]
        cursor.execute("select count(*) from entering")
        (made,) = cursor.fetchone()
    derive(persons)
    return int(made)


def _lookups(cursor: CursorWrapper, intake: Intake) -> None:
    """Headings by sheet and column; the words of the countries and places that the rows name."""
    ask = cursor.execute
    ask("create temp table headings (sheet smallint, names text[]) on commit drop")
    ask("create temp table country_words (code text, words text) on commit drop")
    ask("create temp table place_words (id bigint, words text) on commit drop")
    for sheet in intake.sheets:
        ask("insert into headings values (%s, %s)", [sheet["index"], list(sheet["headings"])])
    ask("select distinct meaning ->> 'country' from registry_intakerow where intake_id = %s", [intake.pk])
    codes = [code for (code,) in cursor.fetchall() if code]
    ask(
        "select distinct (meaning ->> 'place_id')::bigint from registry_intakerow where intake_id = %s",
        [intake.pk],
    )
    places = [place for (place,) in cursor.fetchall() if place]
    for code, words in words_of_countries(codes).items():
        ask("insert into country_words values (%s, %s)", [code, words])
    for place, words in words_of_places(places).items():
        ask("insert into place_words values (%s, %s)", [place, words])
    ask("analyze headings, country_words, place_words")


# Why an intake cannot be taken back: what was done since with the people that it made or added to. What
# linking joined by itself is no reason: it goes apart again (linking.undoing).
_BUILT = f"""
    with dissolving as ({SINCE}), mine as (
        select m.record_id, m.person_id, s.made_at, m.until
        from registry_membership m join registry_sourcerecord s on s.id = m.record_id
        where s.intake_id = %(intake)s
    ), freed as (select unnest(moved) as record from dissolving)
    select
        (select count(distinct o.person_id) from registry_membership o
            join mine on mine.person_id = o.person_id and mine.until is null
            join registry_sourcerecord s on s.id = o.record_id
            where o.until is null and s.intake_id is distinct from %(intake)s
                and o.since > mine.made_at
                and o.record_id not in (select record from freed)),
        (select count(*) from registry_pair p where p.state not in ('open', 'linked') and (
            p.left_id in (select record_id from mine) or p.right_id in (select record_id from mine))),
        (select count(*) from registry_merge g where g.id not in (select id from dissolving)
            and (g.kept_id in (select person_id from mine) or g.gone_id in (select person_id from mine))
            and g.asked_at > (select min(made_at) from mine)),
        (select count(*) from registry_membership m join registry_sourcerecord s on s.id = m.record_id
            where s.intake_id = %(intake)s and m.by = 'apart'),
        (select count(*) from registry_sourcerecord s
            where s.intake_id = %(intake)s and s.erased_at is not null)
"""  # noqa: S608  # a constant of linking
_LEAVING = (
    """
    create temp table leaving on commit drop as
    select s.id as record_id, m.person_id from registry_sourcerecord s
    join registry_membership m on m.record_id = s.id where s.intake_id = %(intake)s
    """,
    "analyze leaving",
    # What was written in this hour may have no statistics yet, and looking through a whole table for each row
    # that goes would take for ever.
    "set local enable_seqscan = off",
    "update registry_intakerow set person_id = null where intake_id = %(intake)s",
    "delete from registry_pair p using leaving l where p.left_id = l.record_id",
    "delete from registry_pair p using leaving l where p.right_id = l.record_id",
    "delete from registry_groupspell f using leaving l where f.record_id = l.record_id",
    "delete from registry_residence f using leaving l where f.record_id = l.record_id",
    "delete from registry_nationality f using leaving l where f.record_id = l.record_id",
    "delete from registry_identitynumber f using leaving l where f.record_id = l.record_id",
    "delete from registry_membership m using leaving l where m.record_id = l.record_id",
    "delete from registry_sourcerecord s using leaving l where s.id = l.record_id",
    """
    update registry_intakerow r set person_id = null
    from leaving l where r.person_id = l.person_id
        and not exists (select from registry_membership m where m.person_id = l.person_id)
    """,
    """
    delete from registry_person p using leaving l where p.id = l.person_id
        and not exists (select from registry_membership m where m.person_id = p.id)
    """,
    "set local enable_seqscan = on",
)


# What goes with a record or a person, or is counted by itself.
_GOING = frozenset(
    {
        *("membership", "intakerow", "merge", "person", "pair"),
        *("groupspell", "residence", "nationality", "identitynumber"),
    }
)


def built_on(intake: Intake) -> dict[str, int]:
    """What stands on its records: later records of its people, decisions, joins, partings, erasures, and
    whatever else is kept of them (requests, consents, who vouches).
    """
    with connection.cursor() as cursor:
        cursor.execute(_BUILT, {"intake": intake.pk})
        found = cursor.fetchone()
    names = ("records", "decisions", "joins", "apart", "erased")
    standing = {name: int(number) for name, number in zip(names, found, strict=True) if number}
    kept = _kept_of(intake)
    return standing | ({"kept": kept} if kept else {})


def _kept_of(intake: Intake) -> int:
    """Rows of other tables that name its records or people, whatever table comes."""
    mine = Membership.objects.filter(record__intake=intake, until=None).order_by()
    count = 0
    for model, column in ((Person, "person"), (SourceRecord, "record")):
        for relation in model._meta.get_fields(include_hidden=True):
            if isinstance(relation, ManyToOneRel) and relation.related_model._meta.model_name not in _GOING:
                wanted = {f"{relation.field.name}__in": mine.values(column)}
                count += relation.related_model._base_manager.filter(**wanted).count()
    return count


def take_back(intake: Intake) -> None:
    """Its records, and the people that nobody else speaks of; those who stay are derived anew."""
    parted = unlink(intake.pk)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists leaving")
        for step in _LEAVING:
            cursor.execute(step, {"intake": intake.pk} if "%(" in step else None)
        cursor.execute(
            "select distinct l.person_id from leaving l join registry_person p on p.id = l.person_id"
        )
        staying = [person for (person,) in cursor.fetchall()]
    derive([*staying, *parted])
