"""From records to persons: each value from the record that knows best, with that record and its day beside.

One statement for one person or a hundred thousand. The order in which records are believed stands here and
nowhere else: an officer's correction first, then who vouches (the person, a document, a relative, nobody),
then the later day. Of dates of birth a whole one comes before a year of the same standing. A name that has no
mark at all gives way to the same name with its marks, which says more and contradicts nothing, unless an
officer corrected it. How sure a person is as a whole: by her surest verification that stands, or by the
record that is believed first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from nhipcau.apps.access.identity import as_part

# What a record says in words, one value a field.
SAID = (
    "name",
    "foreign_name",
    "sex",
    "birth",
    "place_text",
    "country",
    "city",
    "address_abroad",
    "left_in",
    "education",
    "occupation",
    "skills",
    "languages",
    "wants_to_contribute",
    "phone",
    "other_phones",
    "email",
    "relative_name",
    "relative_relation",
    "relative_phone",
    "relative_address",
)
# Fields of a record that a person has one value of; a commune stands before the words it was written in.
FIELDS = (*SAID[:4], "place_id", *SAID[4:])
_BELIEVED = """
    (r.origin = 'correction') desc,
    {rank},
    {first}r.stated_on desc, r.id desc
"""


_RANK = "array_position(array['person', 'document', 'relative', 'unverified'], {}::text)"


def _believed(first: str = "") -> str:
    return _BELIEVED.format(rank=_RANK.format("r.basis"), first=first)


def _best(field: str) -> str:
    """The value, its record and its day, as one JSON object; null where no record says anything."""
    said = f"r.{field} is not null" if field == "place_id" else f"r.{field} <> ''"
    order = _believed("length(r.birth) desc, " if field == "birth" else "")
    said_by = f"jsonb_build_object('value', r.{field}, 'record', r.id, 'on', r.stated_on)"
    return f"(array_agg({said_by} order by {order}) filter (where {said}))[1] as {field}"


_ORDER = _believed()
# The name believed has no mark, another record gives the same name with some: that one, and who says so.
_SPELT = f"""
        select distinct on (b.person_id) b.person_id, r.name_sort as sort,
            jsonb_build_object('value', r.name, 'record', r.id, 'on', r.stated_on) as name
        from believed b
        join registry_sourcerecord best on best.id = (b.name ->> 'record')::bigint
        join registry_membership m on m.person_id = b.person_id and m.until is null
        join registry_sourcerecord r on r.id = m.record_id and r.erased_at is null
        where b.records > 1 and best.origin <> 'correction'
            and lower(best.name) = registry_fold(best.name)
            and lower(r.name) <> registry_fold(r.name) and registry_fold(r.name) = registry_fold(best.name)
        order by b.person_id, {_ORDER}
"""  # noqa: S608  # only names of columns
# Who vouches best: by the records, or by a verification of the person herself.
_BASIS = f"""case
            when b.person_id is null then 'unverified'
            when {_RANK.format("c.by")} <= {_RANK.format("b.basis")} then c.by
            else b.basis end"""
_NAME = "coalesce(n.name, b.name)"
_ALL = ", ".join(f"'{field}', {_NAME if field == 'name' else f'b.{field}'}" for field in FIELDS)
# The days after which what a relative said, and nobody confirmed, counts no more stand in the settings.
_DERIVE = f"""
    with recursive family(root, person_id) as (
        select id, id from unnest(%(persons)s::bigint[]) as wanted(id)
        union all
        select family.root, p.id from family join registry_person p on p.merged_into_id = family.person_id
    ), confirmed as (
        select f.root, (array_agg(v.by order by {_RANK.format("v.by")}))[1] as by
        from family f join registry_verification v on v.person_id = f.person_id
        where v.ended_at is null and (v.expires_on is null or v.expires_on > %(today)s)
        group by f.root
    ), restricted as (
        select f.root, min(s.since) as since
        from family f join registry_restriction s on s.person_id = f.person_id
        where s.lifted_at is null
        group by f.root
    ), believed as (
        select m.person_id, {", ".join(_best(field) for field in FIELDS)},
            (array_agg(r.name_sort order by {_ORDER}) filter (where r.name <> ''))[1] as sort,
            (array_agg(
                case when r.basis = 'relative' and r.made_at < %(relatives_since)s then 'unverified'
                    else r.basis end order by {_ORDER}
            ))[1] as basis,
            string_agg(concat_ws(' ', r.name, r.foreign_name), ' ') as names,
            string_agg(r.words, ' ') as words,
            string_agg(concat_ws(';', r.phone, r.other_phones), ';') as phones,
            count(*) as records
        from registry_membership m join registry_sourcerecord r on r.id = m.record_id
        where m.until is null and r.erased_at is null and m.person_id = any (%(persons)s)
        group by m.person_id
    ), spelt as ({_SPELT}), grouped as (
        select m.person_id, array_agg(distinct g order by g) as groups
        from registry_membership m join registry_sourcerecord r on r.id = m.record_id, unnest(r.groups) as g
        where m.until is null and r.erased_at is null and m.person_id = any (%(persons)s)
        group by m.person_id
    )
    update registry_person p set
        name = coalesce({_NAME} ->> 'value', ''), name_sort = coalesce(n.sort, b.sort, ''),
        foreign_name = coalesce(b.foreign_name ->> 'value', ''),
        sex = coalesce(b.sex ->> 'value', ''), birth = coalesce(b.birth ->> 'value', ''),
        place_id = (b.place_id ->> 'value')::bigint, country = coalesce(b.country ->> 'value', ''),
        groups = coalesce(g.groups, '{{}}'), basis = {_BASIS}, restricted_at = s.since,
        records = coalesce(b.records, 0),
        words = registry_words(
            coalesce(b.names, ''), coalesce(b.words, ''), coalesce(b.phones, ''),
            coalesce(b.country ->> 'value', ''), coalesce(g.groups::text[], '{{}}'), {_BASIS}
        ),
        derived = jsonb_strip_nulls(jsonb_build_object({_ALL})),
        changed_at = now()
    from unnest(%(persons)s::bigint[]) as wanted(id)
    left join believed b on b.person_id = wanted.id
    left join spelt n on n.person_id = wanted.id
    left join grouped g on g.person_id = wanted.id
    left join confirmed c on c.root = wanted.id
    left join restricted s on s.root = wanted.id
    where p.id = wanted.id
"""  # noqa: S608  # only names of columns, all of them above


def _says(field: str) -> str:
    """As `_best`, where there is one record."""
    said = f"r.{field} is not null" if field == "place_id" else f"r.{field} <> ''"
    said_by = f"jsonb_build_object('value', r.{field}, 'record', r.id, 'on', r.stated_on)"
    return f"'{field}', case when {said} then {said_by} end"


# The same for persons of whom the first record has just come, a tenth of the work. Nobody has vouched for
# them or asked anything yet.
_FIRST = f"""
    insert into registry_person (
        id, name, name_sort, foreign_name, sex, birth, place_id, country, groups, basis, records, words,
        derived, changed_at
    )
    select e.person_id, r.name, case when r.name <> '' then r.name_sort else '' end, r.foreign_name, r.sex,
        r.birth, r.place_id, r.country, array(select distinct g from unnest(r.groups) g order by g), r.basis,
        1, registry_words(
            concat_ws(' ', r.name, r.foreign_name), r.words, concat_ws(';', r.phone, r.other_phones),
            r.country, array(select distinct g::text from unnest(r.groups) g order by 1), r.basis
        ),
        jsonb_strip_nulls(jsonb_build_object({", ".join(_says(field) for field in FIELDS)})), now()
    from entering e join registry_sourcerecord r on r.id = e.record_id where e.fresh
"""  # noqa: S608  # only names of columns, all of them above


def make_first(cursor: CursorWrapper) -> None:
    """The persons of the table `entering` (person_id, record_id, fresh) who are new, from their records."""
    cursor.execute(_FIRST)


def derive(persons: Iterable[int]) -> None:
    """Make the columns of these persons (ids) anew from their records.

    A person depends on all her records, also on those that who acts may not read, and what she becomes may be
    out of their reach: so a part of the system does it.
    """
    ids = sorted(set(persons))
    if not ids:
        return
    with as_part("deriving"), connection.cursor() as cursor:
        today = timezone.localdate()
        since = timezone.now() - timedelta(days=settings.RELATIVE_DAYS)
        cursor.execute(_DERIVE, {"persons": ids, "today": today, "relatives_since": since})
