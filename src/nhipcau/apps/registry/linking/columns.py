"""The register's standing records as the columns of core.linkage, carried by ADBC as Arrow, never as text.

The connection is one of its own: a transaction that reads and acts as the linker, so that row security shows
it everything. It sees what was committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import adbc_driver_postgresql.dbapi as adbc
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from psycopg.conninfo import make_conninfo

from nhipcau.apps.access.actors import System
from nhipcau.apps.registry.linking.places import Places, read_places
from nhipcau.apps.registry.models import Group
from nhipcau.core.linkage.reading import in_form

LINKER = System("linking")
PART = 50_000
_LOGIN = ("host", "port", "user", "password", "dbname")
# A number of a document is known by its keyed digest alone. What core.linkage tells by the form of a number
# is kept: a citizen's has twelve digits (the fourth a 9, which no true one has, so that no year of birth is
# read out of it), an older card another count of digits, a passport letters.
_DIGITS = "lpad((('x' || right(encode(n.digest, 'hex'), 15))::bit(60)::bigint % {ten})::text, {size}, '0')"
_CITIZEN = _DIGITS.format(ten=10**11, size=11)
_DOCUMENT = f"""
    select distinct on (n.record_id) n.record_id, case n.kind
        when 'citizen' then left({_CITIZEN}, 3) || '9' || right({_CITIZEN}, 8)
        when 'former' then {_DIGITS.format(ten=10**15, size=18)}
        else 'P' || right(encode(n.digest, 'hex'), 24) end as number
    from registry_identitynumber n where n.kind <> 'other'
    order by n.record_id, array_position(array['citizen', 'passport', 'former'], n.kind::text), n.id
"""  # noqa: S608  # only constants
_FOREIGN = "split_part(r.foreign_name, ';', 1)"
GROUPS = tuple(Group.values)
_GROUPS = ", ".join(f"'{value}'" for value in GROUPS)
_STANDING = f"""
    select r.id as record_id,
        case when {_FOREIGN} = '' or position(lower({_FOREIGN}) in lower(r.name)) > 0 then r.name
            else r.name || ' ' || {_FOREIGN} end as name,
        case when w.kind = 'labour' then 'labour' when w.kind = 'education' then 'educ'
            when w.kind = 'commune' or o.realm = 'place' then 'commune' else '' end as source,
        r.sex as sex, r.birth as birth, r.place_id as place_id, r.place_text as place_text,
        r.relative_name as rel_name, r.relative_phone as rel_phone, r.country as country, d.number as doc_no,
        r.phone as phone, r.email as email,
        case when cardinality(r.groups) = 1
            then array_position(array[{_GROUPS}], r.groups[1]::text) - 1 end as grp,
        nullif(left(r.left_in, 4), '')::int as arrival_year
    from registry_sourcerecord r
    join orgs_organisation o on o.id = r.sender_id
    left join registry_runningsource w on w.id = r.running_source_id
    left join ({_DOCUMENT}) d on d.record_id = r.id
    where r.erased_at is null and r.origin <> 'correction' and r.name <> ''
"""  # noqa: S608  # only names of columns and groups


def read_standing(today: date) -> tuple[pa.Table, Places]:
    """All records that speak for themselves, in the form of core.linkage, and the places they name."""
    places = read_places(today)
    with adbc.connect(_login()) as carrier, carrier.cursor() as cursor:
        cursor.execute(f"select set_config('app.system', '{LINKER.name}', true)")
        cursor.fetchall()
        cursor.execute(_STANDING)
        # Part by part as they come, so that nothing stands twice.
        read = _parts(cursor.fetch_record_batch())
        parts = [in_form(with_places(part, places), "register") for part in read]
        carrier.rollback()
    return pa.concat_tables(parts), places


def _parts(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Of some ten thousands of rows; one empty part where there are none."""
    wait: list[pa.RecordBatch] = []
    for batch in reader:
        wait.append(batch)
        if sum(map(len, wait)) >= PART:
            yield pa.Table.from_batches(wait)
            wait = []
    yield pa.Table.from_batches(wait, reader.schema)


def source_of(kind: str, realm: str) -> str:
    """The same of a list that waits: `kind` of its running source ("" for a round), `realm` of its sender."""
    known = {"labour": "labour", "education": "educ", "commune": "commune"}
    return known.get(kind, "commune" if realm == "place" else "")


def _login() -> str:
    """As Django's connection logs in."""
    known = connection.get_connection_params()
    return make_conninfo(**{key: known[key] for key in _LOGIN if known.get(key)})


def with_places(read: pa.Table, places: Places) -> pa.Table:
    """`place_id` and `place_text` as province, commune and district; each distinct pair is looked at once."""
    numbers = pc.fill_null(read["place_id"].cast(pa.string()), "")
    both = pc.binary_join_element_wise(numbers, pc.fill_null(read["place_text"], ""), "\x1f")
    coded = both.combine_chunks().dictionary_encode()
    asked = []
    for text in coded.dictionary.to_pylist():
        number, _, written = text.partition("\x1f")
        asked.append(places.written(int(number) if number else None, written))
    for at, name in enumerate(("prov", "commune", "district")):
        column = pa.array([each[at] for each in asked], pa.string()).take(coded.indices)
        read = read.append_column(name, column)
    return read.drop_columns(["place_id", "place_text"])
